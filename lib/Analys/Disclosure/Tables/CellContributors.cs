using System.Globalization;
using Analys.Load;

namespace Analys.Disclosure;

/// <summary>The households behind every cell, totals too: a household with members in two cells is one contributor to their total.</summary>
internal sealed class CellContributors
{
    private readonly Dictionary<string, Dictionary<string, double>> byCell = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> counts = new(StringComparer.Ordinal);

    private CellContributors(bool hasAmounts) => HasAmounts = hasAmounts;

    /// <summary>Whether contributors are known one by one.</summary>
    public bool HasAmounts { get; }

    /// <summary>Gathers the contributors.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="name">The column: a household's id, or beside a count a number of households.</param>
    /// <param name="count">The counts; null where rows are counted.</param>
    /// <param name="leaves">The cell of each row; null for rows that are left out.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="amount">Whether the count is an amount.</param>
    public static CellContributors Of(Extract extract, string name, NumberColumn? count, string?[] leaves, TableDimension[] dimensions, bool amount)
    {
        var column = extract[name];
        var byId = amount || count is null || column is TextColumn || column.Field.Role is Role.Household or Role.Person or Role.Cluster;
        var found = new CellContributors(byId);
        var above = dimensions.Select(Above).ToArray();
        var cellsOf = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var row = 0; row < leaves.Length; row++)
        {
            if (leaves[row] is not { } leaf) continue;
            if (!cellsOf.TryGetValue(leaf, out var cells)) cellsOf.Add(leaf, cells = Cells(leaf.Split('|'), above));
            if (byId)
            {
                // Somebody without a household is one of his own.
                var id = Id(column, row) ?? string.Create(CultureInfo.InvariantCulture, $"row {row}");
                var size = count is not null && count.MarkAt(row) == Mark.None ? count.Values[row] : 1;
                if (count is not null && size == 0) continue;
                foreach (var cell in cells) found.Add(cell, id, size);
            }
            else
            {
                var households = ((NumberColumn)column).Values[row];
                if (double.IsNaN(households)) throw new TableModelException($"The column {name} has rows without a number of households.");
                foreach (var cell in cells) found.counts[cell] = found.counts.GetValueOrDefault(cell) + households;
            }
        }

        return found;
    }

    /// <summary>How many households stand behind a cell.</summary>
    public int Count(string cell) => HasAmounts ? byCell.GetValueOrDefault(cell)?.Count ?? 0 : (int)counts.GetValueOrDefault(cell);

    /// <summary>What each contributes to a cell.</summary>
    public Contributions Amounts(string cell) => Contributions.Of(byCell.TryGetValue(cell, out var amounts) ? amounts.Values : []);

    private void Add(string cell, string id, double size)
    {
        if (!byCell.TryGetValue(cell, out var amounts)) byCell.Add(cell, amounts = new(StringComparer.Ordinal));
        amounts[id] = amounts.GetValueOrDefault(id) + size;
    }

    private static string? Id(Column column, int row) => column switch
    {
        TextColumn text => text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]],
        NumberColumn number => double.IsNaN(number.Values[row]) ? null : number.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    // Each value with every total that it is a part of.
    private static Dictionary<string, HashSet<string>> Above(TableDimension dimension)
    {
        var above = dimension.Nodes.ToDictionary(node => node, node => new HashSet<string>(StringComparer.Ordinal) { node }, StringComparer.Ordinal);
        // Lower sums come first, so they are walked from the top.
        foreach (var (total, parts) in dimension.Sums.Reverse())
        {
            foreach (var part in parts) above[dimension.Nodes[part]].UnionWith(above[dimension.Nodes[total]]);
        }

        return above;
    }

    private static string[] Cells(string[] leaf, Dictionary<string, HashSet<string>>[] above)
    {
        IEnumerable<string> cells = above[0][leaf[0]];
        for (var d = 1; d < leaf.Length; d++)
        {
            var nodes = above[d][leaf[d]];
            cells = cells.SelectMany(cell => nodes.Select(node => $"{cell}|{node}"));
        }

        return [.. cells];
    }
}

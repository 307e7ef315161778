using System.Globalization;
using Analys.Disclosure.Counts;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Disclosure.Tables;

/// <summary>Makes the table of an extract: rows of one cell are added up, every margin is computed.</summary>
/// <remarks>Rows that are totals themselves (the whole city, a parent of the hierarchy) are left out where a count is given: totals are
/// computed.</remarks>
internal sealed class ExtractTable
{
    /// <summary>The value of a dimension where a row has none.</summary>
    public const string Missing = "missing";

    private const int Largest = 100_000;
    private readonly Extract extract;
    private readonly string[] dimensions;
    private readonly NumberColumn? count;
    private readonly bool areRows;
    private readonly string[][] values;
    private readonly HashSet<string>[] totals;
    private readonly TableDimension[] made;

    private ExtractTable(Extract extract, IReadOnlyList<string> dimensions, string? count, bool areRows,
        IReadOnlyList<DimensionHierarchy> hierarchies)
    {
        if (dimensions.Count == 0 || dimensions.Distinct(StringComparer.Ordinal).Count() < dimensions.Count)
            throw new TableModelException("A table needs dimensions, each named once.");
        this.extract = extract;
        this.dimensions = [.. dimensions];
        this.count = count is null ? null : extract.Number(count);
        this.areRows = areRows;
        values = [.. dimensions.Select(name => Values(extract[name]))];
        var distinct = values.Select(column => column.Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        var byDimension = Assign(hierarchies, distinct, !areRows);
        totals = [.. distinct.Select((own, d) => TotalsOf(own, byDimension[d]))];
        made = [.. distinct.Select((own, d) =>
            Dimension(dimensions[d], [.. own.Where(value => !totals[d].Contains(value)).Order(SwedishOrder.Comparer)], byDimension[d]))];
        var cells = made.Aggregate(1L, (product, dimension) => product * dimension.Nodes.Count);
        if (cells > Largest)
            throw new TableModelException(
                $"The table would have {cells.ToString(CultureInfo.InvariantCulture)} cells: choose fewer dimensions or coarser values.");
    }

    /// <summary>How many rows were left out because they are totals.</summary>
    public int TotalRows { get; private set; }

    /// <summary>The table with all its margins, before any rule.</summary>
    public ProtectionTable Table { get; private set; } = null!;

    /// <summary>Makes the table.</summary>
    /// <param name="extract">The extract: microdata, or counts.</param>
    /// <param name="dimensions">The columns that span the table, in the order of the ids.</param>
    /// <param name="count">The column with the counts; null to count rows.</param>
    /// <param name="contributors">The column of the household (distinct ones are counted), or with a count of households; null where they
    /// are not known.</param>
    /// <param name="amount">Whether the count is an amount of money, whose dominance is judged by contributor.</param>
    /// <param name="hierarchies">Children and parents of some dimension's values.</param>
    /// <exception cref="ColumnNotFoundException">There is no such column.</exception>
    /// <exception cref="TableModelException">The columns do not make a table.</exception>
    public static ExtractTable Of(
        Extract extract, IReadOnlyList<string> dimensions, string? count = null, string? contributors = null, bool amount = false,
        params IReadOnlyList<DimensionHierarchy> hierarchies)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(dimensions);
        var table = new ExtractTable(extract, dimensions, count, count is null, hierarchies);
        table.Fill(contributors, amount, null);
        return table;
    }

    /// <summary>Makes the table of rows that were added up elsewhere.</summary>
    /// <param name="extract">The aggregates: a row for each cell.</param>
    /// <param name="dimensions">The columns that span the table.</param>
    /// <param name="count">The column of the source that was added up; null where its rows were counted.</param>
    /// <param name="sums">The column of <paramref name="extract"/> with the sums, or the number of rows.</param>
    /// <param name="contributors">A column with a number of households; null where they are not known so.</param>
    /// <param name="households">The households behind a cell, given the dimensions; null where they are not known so.</param>
    /// <param name="hierarchies">Children and parents of some dimension's values.</param>
    /// <exception cref="TableModelException">The columns do not make a table.</exception>
    public static ExtractTable OfAggregates(
        Extract extract, IReadOnlyList<string> dimensions, string? count, string sums, string? contributors,
        Func<IReadOnlyList<TableDimension>, Func<string, int>>? households, IReadOnlyList<DimensionHierarchy> hierarchies)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(dimensions);
        ArgumentNullException.ThrowIfNull(hierarchies);
        var table = new ExtractTable(extract, dimensions, sums, count is null, hierarchies);
        table.Fill(contributors, false, households);
        return table;
    }

    /// <summary>The innermost cells: one value of each dimension, no totals.</summary>
    internal IEnumerable<IReadOnlyList<string>> Leaves() => made.Aggregate<TableDimension, IEnumerable<string[]>>([[]], (all, dimension) =>
        all.SelectMany(leaf => dimension.Leaves.Select(node => (string[])[.. leaf, dimension.Nodes[node]])));

    /// <summary>Sums of a value of each row over every cell, totals too.</summary>
    /// <param name="valueOf">The value of a row of the extract.</param>
    internal IReadOnlyDictionary<string, double> SumsOf(Func<int, double> valueOf)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < extract.RowCount; row++)
        {
            if (IsTotal(row)) continue;
            var id = string.Join('|', values.Select(column => column[row]));
            sums[id] = sums.GetValueOrDefault(id) + valueOf(row);
        }

        return CrossTable.Builder(made, names => sums.GetValueOrDefault(string.Join('|', names)), null, null).Build().Cells
            .ToDictionary(cell => cell.Id, cell => cell.Value, StringComparer.Ordinal);
    }

    private void Fill(string? contributors, bool amount, Func<IReadOnlyList<TableDimension>, Func<string, int>>? households)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        var leaves = new string?[extract.RowCount];
        for (var row = 0; row < leaves.Length; row++)
        {
            if (IsTotal(row))
            {
                TotalRows++;
                continue;
            }

            var id = leaves[row] = string.Join('|', values.Select(column => column[row]));
            sums[id] = sums.GetValueOrDefault(id) + CountAt(row);
        }

        var behind = contributors is null ? null : CellContributors.Of(extract, contributors, count, leaves, made, amount);
        if (amount && behind is not { HasAmounts: true })
            throw new TableModelException("The dominance of amounts is judged by contributor: name the column of the household.");
        var contributing = households is null ? behind is null ? null : behind.Count : households(made);
        Table = CrossTable.Builder(made, names => sums.GetValueOrDefault(string.Join('|', names)), contributing, amount ? behind!.Amounts
            : null).Build();
    }

    private double CountAt(int row)
    {
        if (count is null) return 1;
        if (count.MarkAt(row) is Mark.None) return count.Values[row];
        // A dash is a zero in Swedish tables; any other mark is a count that is not there.
        return count.MarkAt(row) == Mark.Nil ? 0
            : throw new TableModelException(
                $"{extract.Where(count.Name, bad => count.MarkAt(bad) is not (Mark.None or Mark.Nil))}: rows without a count.");
    }

    private bool IsTotal(int row)
    {
        for (var d = 0; d < values.Length; d++)
        {
            if (!totals[d].Contains(values[d][row])) continue;
            // Among microdata a value that means the whole is a mistake, and leaving a person out would be another.
            if (areRows)
                throw new TableModelException(
                    $"A value of {dimensions[d]} stands for a total: rows are counted here, so that it cannot be one.");
            return true;
        }

        return false;
    }

    private HashSet<string> TotalsOf(string[] own, DimensionHierarchy? hierarchy)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { TableCell.Total };
        found.UnionWith(extract.Schema.Totals);
        if (!areRows) found.Add(Geography.Stockholm.City);
        if (hierarchy is not null) found.UnionWith(hierarchy.Parents);
        found.IntersectWith(own);
        return found;
    }

    private static TableDimension Dimension(string name, string[] leaves, DimensionHierarchy? hierarchy)
    {
        if (leaves.Length == 0) throw new TableModelException($"The dimension {name} has no values.");
        return hierarchy is null ? TableDimension.Flat(name, leaves) : hierarchy.Dimension(name, leaves);
    }

    // A hierarchy belongs to the dimension that has most of its children.
    private static DimensionHierarchy?[] Assign(IReadOnlyList<DimensionHierarchy> hierarchies, string[][] distinct, bool areCounts)
    {
        var assigned = new DimensionHierarchy?[distinct.Length];
        foreach (var hierarchy in hierarchies)
        {
            var children = hierarchy.Children.ToHashSet(StringComparer.Ordinal);
            var best = Enumerable.Range(0, distinct.Length).MaxBy(d => distinct[d].Count(children.Contains));
            if (!distinct[best].Any(children.Contains))
                throw new TableModelException("No dimension has a value that the hierarchy names as a child.");
            if (assigned[best] is not null) throw new TableModelException("Two hierarchies are about the same dimension.");
            assigned[best] = hierarchy;
        }

        // Regions, merged districts and longer codes are known without a file: their rows must not be added to the city once more.
        for (var d = 0; d < distinct.Length && areCounts; d++)
        {
            if (assigned[d] is not null) continue;
            var sums = AreaSums.Of(distinct[d].Where(value => value != TableCell.Total).ToHashSet(StringComparer.Ordinal));
            if (sums.Count > 0) assigned[d] = new DimensionHierarchy(sums.SelectMany(sum => sum.Parts.Select(part => (part, sum.Total))));
        }

        return assigned;
    }

    private static string[] Values(Column column)
    {
        var texts = new string[column.Count];
        if (column is TextColumn text)
        {
            var names = text.Categories.Select(name => name.Replace('|', '/')).ToArray();
            for (var row = 0; row < texts.Length; row++) texts[row] = text.Codes[row] < 0 ? Missing : names[text.Codes[row]];
            return texts;
        }

        var numbers = ((NumberColumn)column).Values;
        var known = new Dictionary<double, string>();
        for (var row = 0; row < texts.Length; row++)
        {
            var number = numbers[row];
            if (double.IsNaN(number)) texts[row] = Missing;
            else texts[row] = known.TryGetValue(number, out var name)
            ? name : known[number] = number.ToString("R", CultureInfo.InvariantCulture);
        }

        return texts;
    }
}

/// <summary>The households behind every cell, totals too: a household with members in two cells is one contributor to their
/// total.</summary>
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
    public static CellContributors Of(Extract extract, string name, NumberColumn? count, string?[] leaves, TableDimension[] dimensions,
        bool amount)
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
        var above = dimension.Nodes.ToDictionary(node => node, node => new HashSet<string>(StringComparer.Ordinal) { node },
            StringComparer.Ordinal);
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

using System.Text.Json;
using CsvHelper;

namespace Analys.Disclosure;

/// <summary>Children and parents of a dimension's values, as a file gives them: CSV <c>child,parent</c> or JSON <c>{child: parent}</c>.</summary>
/// <remarks>
/// A child with several parents stands in divisions side by side. In JSON a parent may be a list, and <c>[[child, parent], …]</c> and
/// <c>[{"child": …, "parent": …}, …]</c> are read, too. A header row is left out. Swedish: <i>indelning</i>.
/// </remarks>
public sealed class DimensionHierarchy
{
    private readonly (string Child, string Parent)[] edges;

    /// <summary>Takes children and parents.</summary>
    public DimensionHierarchy(IEnumerable<(string Child, string Parent)> edges) =>
        this.edges = [.. edges.Where(edge => edge.Child.Length > 0 && edge.Parent.Length > 0 && edge.Child != edge.Parent).Distinct()];

    /// <summary>Every value that is named as a child.</summary>
    public IEnumerable<string> Children => edges.Select(edge => edge.Child);

    /// <summary>Every value that is the sum of others.</summary>
    public IReadOnlySet<string> Parents => edges.Select(edge => edge.Parent).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV or JSON.</param>
    /// <exception cref="TableModelException">It is neither.</exception>
    public static DimensionHierarchy Load(string path)
    {
        try
        {
            return new DimensionHierarchy(path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(path) : Csv(path));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new TableModelException($"The hierarchy {Path.GetFileName(path)} cannot be read: expected are child and parent, as CSV or JSON.");
        }
    }

    /// <summary>The dimension that these values make under the hierarchy: every total is the sum of what is below it.</summary>
    /// <param name="name">The dimension's name.</param>
    /// <param name="leaves">The values that the data have, without totals.</param>
    public TableDimension Dimension(string name, IReadOnlyList<string> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var kept = Reachable(leaves);
        var parents = kept.Select(edge => edge.Parent).ToHashSet(StringComparer.Ordinal);
        var children = kept.Select(edge => edge.Child).ToHashSet(StringComparer.Ordinal);
        string[] roots = [.. parents.Where(parent => !children.Contains(parent)), .. leaves.Where(leaf => !children.Contains(leaf))];
        // One root is the whole, whatever its name is.
        var whole = roots is [var one] && parents.Contains(one) ? one : TableCell.Total;
        string Named(string node) => node == whole ? TableCell.Total : node;
        var sums = kept.GroupBy(edge => edge.Parent, edge => Named(edge.Child))
            .Select(group => (Named(group.Key), (IReadOnlyList<string>)[.. group.Order(StringComparer.Ordinal)])).ToList();
        if (!parents.Contains(whole))
        {
            var isTree = kept.GroupBy(edge => edge.Child).All(group => group.Count() == 1);
            // Side by side, divisions do not add up to the city together: its finest values do.
            sums.Add((TableCell.Total, isTree ? [.. roots.Order(StringComparer.Ordinal)] : leaves));
        }

        return TableDimension.Of(name, sums);
    }

    private List<(string Child, string Parent)> Reachable(IReadOnlyList<string> leaves)
    {
        var reached = leaves.ToHashSet(StringComparer.Ordinal);
        var kept = new List<(string, string)>();
        var open = edges.ToList();
        while (true)
        {
            var next = open.Where(edge => reached.Contains(edge.Child)).ToList();
            if (next.Count == 0) return kept;
            kept.AddRange(next);
            foreach (var (_, parent) in next) reached.Add(parent);
            open.RemoveAll(next.Contains);
        }
    }

    private static List<(string, string)> Csv(string path)
    {
        var separator = File.ReadLines(path).FirstOrDefault() is { } first && first.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions { Separator = separator, HasHeader = false, IncludeValuesInExceptions = false });
        var rows = new List<(string, string)>();
        while (reader.Read()) if (reader.FieldCount >= 2) rows.Add((Clean(reader.GetString(0)), Clean(reader.GetString(1))));
        if (rows.Count == 0) throw new InvalidOperationException();
        var (child, parent) = rows[0];
        // A header names nothing that another row names.
        if (rows.Count > 1 && !rows.Skip(1).Any(row => row.Item1 == child || row.Item2 == child || row.Item1 == parent || row.Item2 == parent)
            && (child.ToUpperInvariant() is "CHILD" or "BARN" or "DEL" || parent.ToUpperInvariant() is "PARENT" or "FÖRÄLDER" or "HELHET")) rows.RemoveAt(0);
        return rows;
    }

    private static string Clean(string? text) => (text ?? "").Trim().TrimStart('\uFEFF').Replace('|', '/');

    private static List<(string, string)> Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var rows = new List<(string, string)>();
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (var pair in root.EnumerateObject())
            {
                if (pair.Value.ValueKind == JsonValueKind.Array) rows.AddRange(pair.Value.EnumerateArray().Select(parent => (Clean(pair.Name), Clean(parent.GetString()))));
                else rows.Add((Clean(pair.Name), Clean(pair.Value.GetString())));
            }

            return rows;
        }

        foreach (var item in root.EnumerateArray())
        {
            rows.Add(item.ValueKind == JsonValueKind.Array
                ? (Clean(item[0].GetString()), Clean(item[1].GetString()))
                : (Clean(item.GetProperty("child").GetString()), Clean(item.GetProperty("parent").GetString())));
        }

        return rows;
    }
}

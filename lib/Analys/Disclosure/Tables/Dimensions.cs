using System.Text.Json;
using CsvHelper;

namespace Analys.Disclosure.Tables;

/// <summary>Children and parents of a dimension's values, as a file gives them: CSV <c>child,parent</c> or JSON <c>{child:
/// parent}</c>.</summary>
/// <remarks>
/// A child with several parents stands in divisions side by side. In JSON a parent may be a list, and <c>[[child, parent], …]</c> and
/// <c>[{"child": …, "parent": …}, …]</c> are read, too. A header row is left out. Swedish: <i>indelning</i>.
/// </remarks>
internal sealed class DimensionHierarchy
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
            throw new TableModelException(
                $"The hierarchy {Path.GetFileName(path)} cannot be read: expected are child and parent, as CSV or JSON.");
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
        using var reader =
            CsvReader.FromFile(path, new CsvReaderOptions { Separator = separator, HasHeader = false, IncludeValuesInExceptions = false });
        var rows = new List<(string, string)>();
        while (reader.Read()) if (reader.FieldCount >= 2) rows.Add((Clean(reader.GetString(0)), Clean(reader.GetString(1))));
        if (rows.Count == 0) throw new InvalidOperationException();
        var (child, parent) = rows[0];
        // A header names nothing that another row names.
        if (rows.Count > 1
            && !rows.Skip(1).Any(row => row.Item1 == child || row.Item2 == child || row.Item1 == parent || row.Item2 == parent)
            && (child.ToUpperInvariant() is "CHILD" or "BARN" or "DEL" || parent.ToUpperInvariant() is "PARENT" or "FÖRÄLDER" or "HELHET"))
            rows.RemoveAt(0);
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
                if (pair.Value.ValueKind == JsonValueKind.Array)
                    rows.AddRange(pair.Value.EnumerateArray().Select(parent => (Clean(pair.Name), Clean(parent.GetString()))));
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

/// <summary>One dimension of a table: its values, its total and the sums between them.</summary>
/// <remarks>
/// Flat (family types), a tree (DeSO → stadsdelsområde → city) or several divisions of the same city side by side (14, 13 and 11
/// districts). Values that are the total of nothing are leaves. Swedish: <i>indelning</i>.
/// </remarks>
internal sealed class TableDimension
{
    private TableDimension(string name, List<string> nodes, List<(int Total, int[] Parts)> sums)
    {
        Name = name;
        Nodes = nodes;
        Sums = sums;
        Leaves = [.. Enumerable.Range(0, nodes.Count).Where(node => !sums.Exists(sum => sum.Total == node))];
    }

    /// <summary>The dimension's name, such as <c>area</c>.</summary>
    public string Name { get; }

    /// <summary>All values, leaves before the totals above them; the total is <c>T</c>.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>total = Σ parts between nodes, lower levels first.</summary>
    public IReadOnlyList<(int Total, int[] Parts)> Sums { get; }

    /// <summary>The nodes that are no one's total.</summary>
    public IReadOnlyList<int> Leaves { get; }

    /// <summary>Values and their total.</summary>
    public static TableDimension Flat(string name, params IReadOnlyList<string> values) =>
        Tree(name, values.Select(value => (value, TableCell.Total)));

    /// <summary>A tree given as child and parent; the root is <c>T</c>.</summary>
    /// <exception cref="TableModelException">A child has two parents or a parent is below itself.</exception>
    public static TableDimension Tree(string name, IEnumerable<(string Child, string Parent)> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        var parts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var parents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (child, parent) in edges)
        {
            if (!parents.Add(child)) throw new TableModelException($"In dimension '{name}' a value is named twice below a total.", child);
            if (!parts.TryGetValue(parent, out var list)) parts.Add(parent, list = []);
            list.Add(child);
        }
        return Of(name, parts.Select(pair => (pair.Key, (IReadOnlyList<string>)pair.Value)));
    }

    /// <summary>Any set of sums over the same leaves: alternative divisions of one city, each of which adds up to it.</summary>
    /// <param name="name">The dimension's name.</param>
    /// <param name="sums">total and parts; several sums may have the same total.</param>
    public static TableDimension Of(string name, IEnumerable<(string Total, IReadOnlyList<string> Parts)> sums)
    {
        var given = sums.ToList();
        var below = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (total, parts) in given)
        {
            if (!below.TryGetValue(total, out var list)) below.Add(total, list = []);
            list.AddRange(parts);
        }
        var order = new List<string>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        void Visit(string node)
        {
            if (state.TryGetValue(node, out var done))
            {
                if (!done) throw new TableModelException($"In dimension '{name}' a total is a part of itself.", node);
                return;
            }
            state[node] = false;
            foreach (var part in below.GetValueOrDefault(node, [])) Visit(part);
            state[node] = true;
            order.Add(node);
        }
        foreach (var (total, _) in given) Visit(total);
        if (!state.ContainsKey(TableCell.Total)) throw new TableModelException($"Dimension '{name}' has no total '{TableCell.Total}'.");
        var index = order.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i, StringComparer.Ordinal);
        var edges = given.Select(sum => (Total: index[sum.Total], Parts: sum.Parts.Select(part => index[part]).ToArray()))
            .OrderBy(sum => sum.Total).ToList();
        return new TableDimension(name, order, edges);
    }

    /// <summary>Two halves of a whole: all = counted + not counted, so that a share is checked on both sides.</summary>
    public static TableDimension Complement(string name, string counted, string notCounted) => Flat(name, counted, notCounted);
}

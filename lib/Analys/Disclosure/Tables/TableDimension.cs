namespace Analys.Disclosure;

/// <summary>One dimension of a table: its values, its total and the sums between them.</summary>
/// <remarks>
/// Flat (family types), a tree (DeSO → stadsdelsområde → city) or several divisions of the same city side by side (14, 13 and 11 districts).
/// Values that are the total of nothing are leaves. Swedish: <i>indelning</i>.
/// </remarks>
public sealed class TableDimension
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
    public static TableDimension Flat(string name, params IReadOnlyList<string> values) => Tree(name, values.Select(value => (value, TableCell.Total)));

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

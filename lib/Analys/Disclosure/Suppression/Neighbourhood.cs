namespace Analys.Disclosure.Suppression;

/// <summary>The sub-table around a cell in which a large table looks for a move first.</summary>
/// <remarks>
/// Each dimension keeps the cell's own value and the few values that are cheapest to withhold in its line; the sub-table is their product,
/// so that the hypercubes through the cell lie in it. Source of the idea: S. Giessing and D. Repsilber, the hypercube method of τ-Argus
/// (2002).
/// </remarks>
internal sealed class Neighbourhood
{
    private readonly SuppressionSpace space;
    private readonly string[][] coordinates;
    private readonly Dictionary<string, int> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<string>[]> nodes = [];
    private readonly List<int>[] rowsOf;

    public Neighbourhood(SuppressionSpace space)
    {
        this.space = space;
        coordinates = new string[space.System.Cells][];
        for (var v = 0; v < coordinates.Length; v++)
        {
            var id = space.Cell(v).Id;
            coordinates[v] = id.Split('|');
            variables.Add(id, v);
            var width = coordinates[v].Length;
            if (!nodes.TryGetValue(width, out var lists))
                nodes.Add(width, lists = [.. Enumerable.Range(0, width).Select(_ => new List<string>())]);
            for (var d = 0; d < width; d++) if (!lists[d].Contains(coordinates[v][d])) lists[d].Add(coordinates[v][d]);
        }
        rowsOf = [.. Enumerable.Range(0, space.System.Variables).Select(_ => new List<int>())];
        for (var r = 0; r < space.System.System.Rows; r++) foreach (var v in space.System.System.ColumnsOf(r)) rowsOf[v].Add(r);
    }

    /// <summary>Number of dimensions of a cell.</summary>
    public int DimensionsOf(int centre) => coordinates[centre].Length;

    /// <summary>The variables around one, ascending, slacks included.</summary>
    /// <param name="centre">The cell's variable.</param>
    /// <param name="others">How many other values each dimension keeps.</param>
    /// <param name="wide">A dimension that keeps all its values, so that a move may go over the levels of a tree; −1 for none.</param>
    /// <param name="price">What a variable would cost now; infinite when it may not be used.</param>
    /// <param name="gives">Whether a variable has room the other way: what shares a line with a cell that rises must be able to fall, and a
    /// one among ones never can.</param>
    public int[] Of(int centre, int others, int wide, Func<int, double> price, Func<int, bool> gives)
    {
        var own = coordinates[centre];
        var fellows = FellowsOf(centre);
        var kept = new List<string>[own.Length];
        for (var d = 0; d < own.Length; d++)
        {
            var dimension = d;
            kept[d] = d == wide ? nodes[own.Length][d] : [own[d], .. nodes[own.Length][d]
                .Where(node => node != own[dimension])
                .Select(node => (node, cost: Price(own, dimension, node, fellows, v => gives(v) ? price(v) : double.PositiveInfinity)))
                .Where(pair => !double.IsPositiveInfinity(pair.cost))
                .OrderBy(pair => pair.cost).Take(others).Select(pair => pair.node)];
        }
        var found = new SortedSet<int>();
        Collect(kept, 0, new string[own.Length], found, price);
        foreach (var v in found.ToArray())
        {
            foreach (var row in rowsOf[v])
            {
                var last = space.System.System.ColumnsOf(row)[^1];
                if (last >= space.System.Cells) found.Add(last);
            }
        }
        return [.. found];
    }

    /// <summary>The equations among some variables, all others standing still.</summary>
    public MoveSystem SystemOf(int[] subset)
    {
        var system = new MoveSystem(subset.Length);
        foreach (var row in subset.SelectMany(v => rowsOf[v]).Distinct().Order())
        {
            var columns = new List<int>();
            var coefficients = new List<double>();
            var all = space.System.System.ColumnsOf(row);
            for (var k = 0; k < all.Length; k++)
            {
                var at = Array.BinarySearch(subset, all[k]);
                if (at < 0) continue;
                columns.Add(at);
                coefficients.Add(space.System.System.CoefficientsOf(row)[k]);
            }
            system.Add([.. columns], [.. coefficients]);
        }
        return system;
    }

    private double Price(string[] own, int dimension, string node, HashSet<int> fellows, Func<int, double> price)
    {
        var moved = (string[])own.Clone();
        moved[dimension] = node;
        return variables.TryGetValue(string.Join('|', moved), out var v) && fellows.Contains(v) ? price(v) : double.PositiveInfinity;
    }

    // The cells that share an equation with a cell: a swap between two branches of a tree would have to move the levels above, too.
    private HashSet<int> FellowsOf(int centre)
    {
        var fellows = new HashSet<int>();
        foreach (var row in rowsOf[centre]) foreach (var v in space.System.System.ColumnsOf(row)) fellows.Add(v);
        return fellows;
    }

    private void Collect(List<string>[] kept, int d, string[] chosen, SortedSet<int> found, Func<int, double> price)
    {
        if (d == kept.Length)
        {
            if (variables.TryGetValue(string.Join('|', chosen), out var v) && !double.IsPositiveInfinity(price(v))) found.Add(v);
            return;
        }
        foreach (var node in kept[d])
        {
            chosen[d] = node;
            Collect(kept, d + 1, chosen, found, price);
        }
    }
}

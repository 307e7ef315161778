using Analys.Disclosure.Tables;

namespace Analys.Tests.Disclosure;

/// <summary>A fast exact test of a pattern: which withheld cells does linear algebra alone disclose?</summary>
/// <remarks>
/// Where every unknown takes part in at most two exact equations, the equations are the nodes of a graph and the unknowns its edges (rows
/// and columns of a two-way table, joined by the withheld cells; an unknown in one equation only leads outdoors). A bridge of that graph
/// has the same value in every solution: it is disclosed. Non-negativity can pin further cells, so that passing is not yet protection.
/// </remarks>
internal static class BridgeTest
{
    /// <summary>The withheld cells that are bridges, or null when the table is no such graph.</summary>
    /// <param name="table">The table with its statuses.</param>
    public static IReadOnlyList<string>? Disclosed(ProtectionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var unknown = table.Cells.Select(cell => cell.IsUnknown).ToArray();
        var ends = new List<(int Equation, int Sign)>[table.Cells.Count];
        for (var i = 0; i < ends.Length; i++) ends[i] = [];
        for (var e = 0; e < table.Equations.Count; e++)
        {
            var equation = table.Equations[e];
            if (equation.Tolerance > 0) continue;
            if (unknown[equation.Total]) ends[equation.Total].Add((e, 1));
            foreach (var part in equation.Parts) if (unknown[part]) ends[part].Add((e, -1));
        }
        var outdoors = table.Equations.Count;
        var edges = new List<(int Cell, int From, int To)>();
        var signs = new List<int>();
        for (var cell = 0; cell < ends.Length; cell++)
        {
            if (!unknown[cell]) continue;
            if (ends[cell].Count > 2) return null;
            if (ends[cell].Count == 0) continue;
            var (from, fromSign) = ends[cell][0];
            var (to, toSign) = ends[cell].Count == 2 ? ends[cell][1] : (outdoors, 0);
            edges.Add((cell, from, to));
            signs.Add(fromSign * toSign);
        }
        return CanBeDirected(edges, signs, outdoors)
            ? [.. Bridges(edges, outdoors + 1).Order().Select(cell => table.Cells[cell].Id)]
            : null;
    }

    // An edge of a directed graph leaves one node and enters another: some equations must be turned over until every unknown has opposite
    // signs.
    private static bool CanBeDirected(List<(int Cell, int From, int To)> edges, List<int> signs, int nodes)
    {
        var side = new int[nodes];
        var around = new List<(int Other, int Sign)>[nodes];
        for (var i = 0; i < nodes; i++) around[i] = [];
        for (var k = 0; k < edges.Count; k++)
        {
            if (signs[k] == 0) continue;
            around[edges[k].From].Add((edges[k].To, signs[k]));
            around[edges[k].To].Add((edges[k].From, signs[k]));
        }
        var waiting = new Stack<int>();
        for (var start = 0; start < nodes; start++)
        {
            if (side[start] != 0) continue;
            side[start] = 1;
            waiting.Push(start);
            while (waiting.TryPop(out var node))
            {
                foreach (var (other, sign) in around[node])
                {
                    if (side[other] == 0)
                    {
                        side[other] = -sign * side[node];
                        waiting.Push(other);
                    }
                    else if (side[other] != -sign * side[node]) return false;
                }
            }
        }
        return true;
    }

    private static List<int> Bridges(List<(int Cell, int From, int To)> edges, int nodes)
    {
        var around = new List<int>[nodes];
        for (var i = 0; i < nodes; i++) around[i] = [];
        for (var k = 0; k < edges.Count; k++)
        {
            around[edges[k].From].Add(k);
            around[edges[k].To].Add(k);
        }
        var order = new int[nodes];
        var low = new int[nodes];
        var clock = 0;
        var bridges = new List<int>();
        void Visit(int node, int through)
        {
            order[node] = low[node] = ++clock;
            foreach (var k in around[node])
            {
                if (k == through) continue;
                var other = edges[k].From == node ? edges[k].To : edges[k].From;
                if (order[other] == 0)
                {
                    Visit(other, k);
                    low[node] = Math.Min(low[node], low[other]);
                    if (low[other] > order[node]) bridges.Add(edges[k].Cell);
                }
                else low[node] = Math.Min(low[node], order[other]);
            }
        }
        for (var node = 0; node < nodes; node++) if (order[node] == 0) Visit(node, -1);
        return bridges;
    }
}

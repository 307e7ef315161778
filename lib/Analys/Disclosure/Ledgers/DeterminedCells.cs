using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;

namespace Analys.Disclosure.Ledgers;

/// <summary>The unknown cells that a set of sums fixes, whatever the published values are.</summary>
/// <remarks>Sums with one unknown are solved one after the other; what then hangs together is reduced as a system of its own.</remarks>
internal sealed class DeterminedCells
{
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly List<Dictionary<int, double>> rows = [];
    private readonly List<List<int>> rowsOf = [];
    private readonly HashSet<string> found = new(StringComparer.Ordinal);

    private DeterminedCells()
    {
    }

    /// <summary>The cells, without those that are published themselves.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<LedgerEquation> equations, IReadOnlySet<string> published)
    {
        var cells = new DeterminedCells();
        foreach (var equation in equations) cells.Add(equation, published);
        cells.Peel();
        cells.Reduce();
        return cells.found;
    }

    private void Add(LedgerEquation equation, IReadOnlySet<string> published)
    {
        var terms = new Dictionary<int, double>();
        Term(equation.Total, 1);
        foreach (var part in equation.Parts) Term(part, -1);
        foreach (var none in terms.Where(term => term.Value == 0).Select(term => term.Key).ToArray()) terms.Remove(none);
        if (terms.Count == 0) return;
        foreach (var variable in terms.Keys) rowsOf[variable].Add(rows.Count);
        rows.Add(terms);

        void Term(string cell, double coefficient)
        {
            if (published.Contains(cell)) return;
            if (index.TryAdd(cell, names.Count))
            {
                names.Add(cell);
                rowsOf.Add([]);
            }

            terms[index[cell]] = terms.GetValueOrDefault(index[cell]) + coefficient;
        }
    }

    private void Peel()
    {
        var open = new Queue<int>(Enumerable.Range(0, rows.Count).Where(row => rows[row].Count == 1));
        while (open.TryDequeue(out var row))
        {
            if (rows[row].Count != 1) continue;
            var variable = rows[row].Keys.First();
            found.Add(names[variable]);
            foreach (var other in rowsOf[variable])
            {
                if (rows[other].Remove(variable) && rows[other].Count == 1) open.Enqueue(other);
            }
        }
    }

    private void Reduce()
    {
        var parent = Enumerable.Range(0, names.Count).ToArray();
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        var left = rows.Where(row => row.Count > 1).ToList();
        foreach (var row in left)
        {
            var first = Root(row.Keys.First());
            foreach (var variable in row.Keys) parent[Root(variable)] = first;
        }

        foreach (var part in left.GroupBy(row => Root(row.Keys.First())))
        {
            int[] variables = [.. part.SelectMany(row => row.Keys).Distinct().Order()];
            var system = new MoveSystem(variables.Length);
            foreach (var row in part)
                system.Add([.. row.Keys.Select(variable => Array.BinarySearch(variables, variable))], [.. row.Values]);
            foreach (var variable in LinearDeterminacy.FixedVariables(system)) found.Add(names[variables[variable]]);
        }
    }
}

/// <summary>Which unknowns does a system of equations fix, whatever the published values are?</summary>
/// <remarks>An unknown is fixed when it stands alone in a row of the reduced system. No values are needed, so a ledger without values can
/// ask.</remarks>
internal static class LinearDeterminacy
{
    /// <summary>The variables with the same value in every solution.</summary>
    public static IReadOnlyList<int> FixedVariables(MoveSystem system)
    {
        var tableau = new SimplexTableau(system);
        var found = new List<int>();
        for (var row = 0; row < tableau.Rows.Length; row++)
        {
            var alone = true;
            for (var j = 0; j < system.Variables && alone; j++) alone = j == tableau.Basis[row] || Math.Abs(tableau.Rows[row][j]) < 1e-9;
            if (alone) found.Add(tableau.Basis[row]);
        }
        found.Sort();
        return found;
    }
}

namespace Analys.Disclosure;

/// <summary>All releases of a source taken together: a cell printed in any of them is known in all.</summary>
internal sealed class LedgerUnion
{
    private readonly HashSet<string> published = new(StringComparer.Ordinal);
    private readonly HashSet<string> primary = new(StringComparer.Ordinal);
    private readonly HashSet<string> secondary = new(StringComparer.Ordinal);
    private readonly HashSet<string> cells = new(StringComparer.Ordinal);
    private readonly List<LedgerEquation> equations = [];

    private LedgerUnion()
    {
    }

    /// <summary>Every cell that a release has, or has looked at.</summary>
    public IReadOnlySet<string> Cells => cells;

    /// <summary>Every sum that a release has.</summary>
    public IReadOnlyList<LedgerEquation> Equations => equations;

    public static LedgerUnion Of(IEnumerable<LedgerEntry> entries)
    {
        var union = new LedgerUnion();
        foreach (var entry in entries)
        {
            foreach (var (cell, mark) in entry.Cells)
            {
                union.cells.Add(cell);
                if (mark == 'P') union.published.Add(cell);
                if (mark == 'S') union.secondary.Add(cell);
                // A hidden primary cell (h) is protected like a printed one.
                if (mark is 'U' or 'h') union.primary.Add(cell);
            }

            union.equations.AddRange(entry.Equations);
        }

        return union;
    }

    public bool IsPublished(string cell) => published.Contains(cell);

    public bool IsPrimary(string cell) => primary.Contains(cell);

    public bool IsSecondary(string cell) => secondary.Contains(cell);

    /// <summary>What all releases together give away; the current one is among them.</summary>
    /// <param name="mine">The cells of the current release.</param>
    /// <param name="known">Sums that a reader knows without having been told, of districts.</param>
    public Disclosure Attack(IReadOnlySet<string> mine, IReadOnlyList<LedgerEquation> known)
    {
        equations.AddRange(known);
        var sums = known.Select(equation => equation.Total).ToHashSet(StringComparer.Ordinal);
        var differences = new LedgerDifferences(cells.Union(sums), mine.Union(sums).ToHashSet(StringComparer.Ordinal));
        var determined = DeterminedCells.Of(equations.Concat(differences.Equations), published);
        var disclosed = primary.Where(cell => determined.Contains(cell) || published.Contains(cell)).ToList();
        // What no release has looked at may be small: without values nobody can say that it is not.
        var unseen = differences.All.Where(one => !cells.Contains(one.Cell) && determined.Contains(one.Cell)).SelectMany(one => one.Between);
        return new(
            disclosed.Where(mine.Contains).ToHashSet(StringComparer.Ordinal),
            disclosed.Count(cell => !mine.Contains(cell)),
            unseen.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What follows from all releases together.</summary>
    /// <param name="Mine">Primary cells of the current release.</param>
    /// <param name="Earlier">How many primary cells of earlier ones.</param>
    /// <param name="Unseen">Cells of which a difference could be worked out that has never been looked at.</param>
    internal sealed record Disclosure(IReadOnlySet<string> Mine, int Earlier, IReadOnlySet<string> Unseen);
}

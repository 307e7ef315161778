using Analys.Disclosure.Audit;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Suppression;

/// <summary>Chooses the cells that are withheld so that no primary cell can be worked out, at least cost.</summary>
/// <remarks>
/// First a heuristic (<see cref="MoveSearch"/> and a clean-up), then, where the table is small enough, the exact method of attacker's cuts,
/// whose lower bound is reported either way. The same table gives the same pattern. Swedish: <i>sekundär undertryckning</i>.
/// </remarks>
internal static class SecondarySuppression
{
    // A refusal names some cells; to show of hundreds that they cannot be protected takes minutes and helps nobody.
    private const int Enough = ReleaseRefusedException.Named + 1;

    /// <summary>Applies the primary rules and then protects what they find.</summary>
    public static SuppressionResult ProtectAll(ProtectionTable table, ProtectionRequirements requirements, ILinearSolver? solver = null)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        return Protect(PrimarySuppression.Apply(table, requirements.Rules), requirements, solver: solver);
    }

    /// <summary>Protects the primary cells of a table; secondary suppressions that it already has are kept.</summary>
    /// <param name="table">The table with its primary cells marked.</param>
    /// <param name="requirements">What it must withstand.</param>
    /// <param name="scope">Which cells the audit gives bounds for.</param>
    /// <param name="solver">The solver; the library's own by default.</param>
    public static SuppressionResult Protect(
        ProtectionTable table, ProtectionRequirements requirements, AuditScope scope = AuditScope.AllWithheld, ILinearSolver? solver = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(requirements);
        solver ??= BoundedSimplexSolver.Instance;
        var space = new SuppressionSpace(table, requirements);
        var search = new MoveSearch(space, solver);
        var unprotected = new List<string>();
        foreach (var need in space.Needs)
        {
            if (search.Protect(need)) continue;
            unprotected.Add(space.Cell(need.Variable).Id);
            // With marks that tell rules apart one cell is enough to fall back on the common mark.
            if (requirements.LegendTellsApart || unprotected.Count >= Enough) break;
        }

        var pattern = search.Withheld;
        var proof = search.Pool;
        double lowerBound = 0;
        var optimal = false;
        if (unprotected.Count == 0)
        {
            CleanUp.Run(space, search);
            var cuts = new AttackerCuts(space, solver, search.Pool);
            optimal = cuts.Improve(pattern, CostOf(space, pattern));
            lowerBound = cuts.LowerBound;
            if (!optimal && cuts.Choice.Length > 0 && Complete(space, solver, cuts.Choice) is { } other
                && CostOf(space, other.Withheld) < CostOf(space, pattern)) (pattern, proof) = (other.Withheld, other.Pool);
        }
        var result = Mark(table, space, pattern);
        return new SuppressionResult
        {
            Table = result,
            Audit = unprotected.Count > 0 ? new TableAudit([], [])
                : Auditor.Audit(result, requirements, scope, solver, Evidence(space, proof)),
            Unprotected = unprotected,
            Cost = CostOf(space, pattern),
            LowerBound = lowerBound,
            IsOptimal = optimal,
        };
    }

    // The exact method stopped early: what it would have withheld, completed by the heuristic, is often the better pattern.
    private static MoveSearch? Complete(SuppressionSpace space, ILinearSolver solver, int[] choice)
    {
        var search = new MoveSearch(space, solver);
        foreach (var v in choice) search.Withhold(v, true);
        if (!Array.TrueForAll(space.Needs, search.Protect)) return null;
        CleanUp.Run(space, search);
        return search;
    }

    // What the search has found goes with the pattern as proof: the audit checks it instead of looking for it again.
    private static IEnumerable<IReadOnlyDictionary<int, double>> Evidence(SuppressionSpace space, MovePool pool) => pool.Moves
        .Where(move => move.Variables.IsEmpty || move.Variables[^1] < space.System.Cells)
        .Select(move => move.Variables.ToArray().ToDictionary(v => space.System.CellOf[v], v => move[v]));

    private static double CostOf(SuppressionSpace space, bool[] withheld)
    {
        var cost = 0.0;
        foreach (var v in space.Candidates) if (withheld[v]) cost += space.Cost[v];
        return cost;
    }

    private static ProtectionTable Mark(ProtectionTable table, SuppressionSpace space, bool[] withheld)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var v in space.Candidates) if (withheld[v]) chosen.Add(space.Cell(v).Id);
        return table.Select(cell => chosen.Contains(cell.Id) ? cell with { Status = CellStatus.Secondary } : cell);
    }
}

/// <summary>A protected table with its proof and its price, or a refusal that names the cells.</summary>
internal sealed record SuppressionResult
{
    /// <summary>The table with its final statuses.</summary>
    public required ProtectionTable Table { get; init; }

    /// <summary>The attack on that table.</summary>
    public required TableAudit Audit { get; init; }

    /// <summary>The cells that cannot be protected; empty unless the release is refused.</summary>
    public required IReadOnlyList<string> Unprotected { get; init; }

    /// <summary>The cost of the secondary suppressions.</summary>
    public required double Cost { get; init; }

    /// <summary>No pattern that protects the table costs less than this.</summary>
    public required double LowerBound { get; init; }

    /// <summary>The pattern is proven to be a cheapest one.</summary>
    public required bool IsOptimal { get; init; }

    /// <summary>The table may not be released in this form.</summary>
    public bool IsRefused => Unprotected.Count > 0 || !Audit.Passed;

    /// <summary>Number of secondary suppressions.</summary>
    public int SecondaryCells => Table.Cells.Count(cell => cell is { Status: CellStatus.Secondary, Hidden: false });

    /// <summary>Number of primary suppressions.</summary>
    public int PrimaryCells => Table.Cells.Count(cell => cell is { Status: CellStatus.Primary, Hidden: false });

    /// <summary>Σ of the values withheld by secondary suppression: the people lost to the reader beyond the primary cells.</summary>
    public double PeopleLost => Table.Cells.Where(cell => cell is { Status: CellStatus.Secondary, Hidden: false }).Sum(cell => cell.Value);
}

/// <summary>Takes back the secondary suppressions that nothing rests on any more, the most expensive first.</summary>
internal static class CleanUp
{
    private const int MostSearches = 3_000;

    /// <summary>Publishes every withheld candidate that the others can do without.</summary>
    public static void Run(SuppressionSpace space, MoveSearch search)
    {
        search.IsTakingBack = true;
        foreach (var v in space.Candidates) if (!search.Withheld[v]) search.Allow(v, false);
        var order = space.Candidates.Where(v => search.Withheld[v]).OrderByDescending(v => space.Cost[v]).ThenBy(v => v).ToArray();
        // Taking back keeps figures and protects nobody: where it would take minutes, what is left stays withheld.
        var most = search.Searches + MostSearches;
        foreach (var v in order)
        {
            if (search.Searches > most) break;
            var dropped = search.Pool.Drop(v);
            search.Allow(v, false);
            search.Withhold(v, false);
            // What no dropped move went through is as protected as before.
            var touched = dropped.SelectMany(move => move.Variables.ToArray()).ToHashSet();
            if (Array.TrueForAll(space.Needs, need => !touched.Contains(need.Variable) || search.Protect(need))) continue;
            search.Withhold(v, true);
            foreach (var move in dropped) search.Pool.Add(move);
        }
        foreach (var v in space.Candidates) search.Allow(v, true);
        search.IsTakingBack = false;
    }
}

/// <summary>What a withheld cell costs, where the cell itself does not say.</summary>
internal enum SuppressionCost
{
    /// <summary>The people (or kronor) in the cell: small cells go first.</summary>
    People,

    /// <summary>One per cell: as few marks in the table as can be.</summary>
    Cells,

    /// <summary>log(1 + value): between the two.</summary>
    Logarithm,
}

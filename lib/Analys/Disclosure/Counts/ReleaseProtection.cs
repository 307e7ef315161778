using Analys.Disclosure.Audit;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>Chooses what else is withheld of a release, one connected part after the other; parts without a withheld cell cost
/// nothing.</summary>
internal static class ReleaseProtection
{
    // Greater parts are protected sum by sum: the exact methods would take minutes.
    private const int Exact = 450;
    private const int CandidatesOfSum = 40;

    /// <summary>Which cells are withheld.</summary>
    /// <param name="Unknown">By cell.</param>
    /// <param name="Parts">The protected tables, for the audit.</param>
    /// <param name="Unprotected">Cells that cannot be protected; empty when the release may go.</param>
    internal sealed record Outcome(bool[] Unknown, IReadOnlyList<ProtectionTable> Parts, IReadOnlyList<string> Unprotected);

    public static Outcome Protect(ReleaseCells problem, ProtectionRequirements requirements, bool secondary)
    {
        var unknown = problem.Cells.Select(cell => cell.IsUnknown).ToArray();
        var tables = new List<ProtectionTable>();
        var unprotected = new List<string>();
        if (!problem.HasPrimary) return new(unknown, tables, unprotected);
        var candidates = Candidates(problem);
        var known = problem.Cells.Where(cell => cell.MustBePublished).Select(cell => cell.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var part in Components(problem, candidates))
        {
            var (table, order) = Table(problem, part, candidates);
            if (secondary)
            {
                var (safe, failed) = Protect(table, requirements);
                if (failed.Count > 0 && table.Cells.Count <= Exact)
                    (safe, failed) = Protect(table.Select(cell => cell with { MustBePublished = known.Contains(cell.Id) }), requirements);
                unprotected.AddRange(failed);
                table = safe;
            }

            tables.Add(table);
            // Where the few cheapest were not enough, a cell outside the part may be withheld, too.
            for (var i = 0; i < order.Length; i++) unknown[order[i]] |= table.Cells[i].IsUnknown;
        }

        return new(unknown, tables, unprotected);
    }

    private static (ProtectionTable Table, IReadOnlyList<string> Unprotected) Protect(ProtectionTable table,
        ProtectionRequirements requirements)
    {
        var variables = table.Cells.Count(cell => cell.IsUnknown || !cell.MustBePublished);
        if (variables > Exact) return SumProtection.Protect(table, requirements);
        // The exact method is for tables that a person waits for; a release of many cells takes the heuristic's pattern.
        var effort = requirements with { ExactCuts = variables <= 120 ? 60 : 0 };
        var result = SecondarySuppression.Protect(table, effort, AuditScope.VerdictOnly);
        return (result.Table, result.IsRefused
            ? [.. result.Unprotected.Concat(result.Audit.Failures.Select(failure => failure.Cell)).Distinct()] : []);
    }

    // Of thousands of districts, the cheapest few of each sum are enough to choose from.
    private static bool[] Candidates(ReleaseCells problem)
    {
        var chosen = new bool[problem.Cells.Count];
        var inSum = new bool[problem.Cells.Count];
        foreach (var (total, parts) in problem.Sums)
        {
            inSum[total] = true;
            chosen[total] = true;
            foreach (var part in parts) inSum[part] = true;
            IEnumerable<int> cheapest = parts.Length <= CandidatesOfSum
                ? parts
                : parts.Where(part => !problem.Cells[part].IsUnknown && problem.Cells[part].Value > 0)
                .OrderBy(part => problem.Cells[part].Cost).ThenBy(part => part).Take(CandidatesOfSum);
            foreach (var part in cheapest) chosen[part] = true;
        }

        for (var i = 0; i < chosen.Length; i++) chosen[i] = (chosen[i] || !inSum[i]) && !problem.Cells[i].MustBePublished;
        return chosen;
    }

    // Cells that hang together by sums through anything that is not fixed; only those with a cell to protect.
    private static IEnumerable<int[]> Components(ReleaseCells problem, bool[] candidates)
    {
        var parent = Enumerable.Range(0, problem.Cells.Count).ToArray();
        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }

        bool Moves(int i) => problem.Cells[i].IsUnknown || candidates[i];
        foreach (var (total, parts) in problem.Sums)
        {
            int[] all = [total, .. parts];
            var anchor = Array.Find(all, Moves);
            if (!Moves(anchor)) continue;
            foreach (var cell in all)
            {
                if (Moves(cell)) parent[Root(cell)] = Root(anchor);
            }
        }

        return Enumerable.Range(0, parent.Length).Where(Moves).GroupBy(Root)
            .Where(group => group.Any(cell => problem.Cells[cell].Status == CellStatus.Primary))
            .Select(group => group.ToArray());
    }

    private static (ProtectionTable Table, int[] Order) Table(ReleaseCells problem, int[] part, bool[] candidates)
    {
        var whole = part.All(cell => problem.Cells[cell].Value == Math.Floor(problem.Cells[cell].Value));
        var builder = new ProtectionTableBuilder { IsInteger = whole };
        var members = part.ToHashSet();
        foreach (var cell in part)
            builder.Add(problem.Cells[cell]
                with
            { MustBePublished = problem.Cells[cell].MustBePublished || (!candidates[cell] && !problem.Cells[cell].IsUnknown) });
        var known = new List<int>();
        foreach (var (total, parts) in problem.Sums)
        {
            if (!members.Contains(total) && !parts.Any(members.Contains)) continue;
            foreach (var cell in parts.Append(total))
            {
                if (members.Contains(cell) || builder.Contains(problem.Cells[cell].Id)) continue;
                builder.Add(problem.Cells[cell] with { MustBePublished = true });
                known.Add(cell);
            }

            builder.Equate(problem.Cells[total].Id, parts.Select(cell => problem.Cells[cell].Id));
        }

        return (builder.Build(), [.. part, .. known]);
    }
}

/// <summary>Protects a large table sum by sum: in each sum, every withheld cell must keep room, whoever knows one of the others.</summary>
/// <remarks>
/// For one sum the attacker's bounds have a closed form, so thousands of districts take milliseconds. What follows from several sums
/// together is not looked at; a cell that one sum leaves without company is given it, in every sum that it stands in.
/// </remarks>
internal static class SumProtection
{
    /// <summary>Withholds the cheapest cells until every sum is safe by itself.</summary>
    public static (ProtectionTable Table, IReadOnlyList<string> Unprotected) Protect(ProtectionTable table,
        ProtectionRequirements requirements)
    {
        var withheld = table.Cells.Select(cell => cell.IsUnknown).ToArray();
        var unprotected = new HashSet<string>(StringComparer.Ordinal);
        var sums = table.Equations.Select(equation => (int[])[equation.Total, .. equation.Parts]).ToArray();
        for (var again = true; again;)
        {
            again = false;
            foreach (var sum in sums)
            {
                while (FirstExposed(table, requirements, withheld, sum) is { } exposed && !unprotected.Contains(table.Cells[exposed].Id))
                {
                    var next = Cheapest(table, requirements, withheld, sum);
                    if (next < 0)
                    {
                        unprotected.Add(table.Cells[exposed].Id);
                        break;
                    }

                    withheld[next] = again = true;
                }
            }
        }

        var secondary = Enumerable.Range(0, withheld.Length).Where(i => withheld[i] && !table.Cells[i].IsUnknown)
            .Select(i => table.Cells[i].Id).ToHashSet(StringComparer.Ordinal);
        return (table.Select(cell => secondary.Contains(cell.Id) ? cell with { Status = CellStatus.Secondary } : cell), [.. unprotected]);
    }

    /// <summary>The bounds of every withheld cell that follow from the sums one by one.</summary>
    public static IReadOnlyList<CellBounds> Bounds(ProtectionTable table, ProtectionRequirements requirements)
    {
        var count = table.Cells.Count;
        var (low, high, legendLow, legendHigh) = (new double[count], new double[count], new double[count], new double[count]);
        Array.Fill(high, double.PositiveInfinity);
        Array.Fill(legendHigh, double.PositiveInfinity);
        var withheld = table.Cells.Select(cell => cell.IsUnknown).ToArray();
        foreach (var equation in table.Equations)
        {
            int[] sum = [equation.Total, .. equation.Parts];
            foreach (var legend in (ReadOnlySpan<bool>)[false, true])
            {
                foreach (var (cell, up, down) in Rooms(table, legend ? requirements : requirements with { LegendTellsApart = false },
                    withheld, sum, insider: false))
                {
                    var value = table.Cells[cell].Value;
                    ref var lower = ref (legend ? ref legendLow[cell] : ref low[cell]);
                    ref var upper = ref (legend ? ref legendHigh[cell] : ref high[cell]);
                    (lower, upper) = (Math.Max(lower, value - down), Math.Min(upper, value + up));
                }
            }
        }

        return [.. Enumerable.Range(0, count).Where(i => withheld[i]).Select(i =>
            new CellBounds(table.Cells[i].Id, table.Cells[i].Status, low[i], high[i], legendLow[i], legendHigh[i], Proven: false))];
    }

    private static int? FirstExposed(ProtectionTable table, ProtectionRequirements requirements, bool[] withheld, int[] sum)
    {
        foreach (var (cell, up, down) in Rooms(table, requirements, withheld, sum, requirements.GuardAgainstInsiders))
        {
            // A rest that is printed nowhere and is not small is no one's secret.
            if (table.Cells[cell] is { Hidden: true, Status: not CellStatus.Primary }) continue;
            if (up + down < requirements.MinimumWidth) return cell;
        }

        return null;
    }

    // How far each withheld cell of a sum can rise and fall, the others making up for it.
    private static List<(int Cell, double Up, double Down)> Rooms(ProtectionTable table, ProtectionRequirements requirements,
        bool[] withheld, int[] sum, bool insider)
    {
        var rooms = new List<(int Cell, double Plus, double Minus)>();
        var (allPlus, allMinus, knownPlus, knownMinus) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < sum.Length; k++)
        {
            if (!withheld[sum[k]]) continue;
            var cell = table.Cells[sum[k]];
            var status = cell.Status == CellStatus.Primary ? CellStatus.Primary : CellStatus.Secondary;
            var (low, high) = requirements.LegendOf(cell, status);
            // The total moves with its parts, each part against the others.
            var (plus, minus) = k == 0 ? (cell.Value - low, high - cell.Value) : (high - cell.Value, cell.Value - low);
            rooms.Add((sum[k], plus, minus));
            allPlus += plus;
            allMinus += minus;
            if (!cell.IsKnownToContributor) continue;
            (knownPlus, knownMinus) = (Math.Max(knownPlus, plus), Math.Max(knownMinus, minus));
        }

        if (!insider) (knownPlus, knownMinus) = (0, 0);
        return [.. rooms.Select(room =>
        {
            var rise = Math.Min(room.Plus, Without(allMinus, room.Minus, knownMinus, rooms, minus: true));
            var fall = Math.Min(room.Minus, Without(allPlus, room.Plus, knownPlus, rooms, minus: false));
            return room.Cell == sum[0] ? (room.Cell, fall, rise) : (room.Cell, rise, fall);
        })];
    }

    private static double Without(double all, double own, double known, List<(int Cell, double Plus, double Minus)> rooms, bool minus)
    {
        if (!double.IsPositiveInfinity(all)) return Math.Max(0, all - own - known);
        var endless = rooms.Count(room => double.IsPositiveInfinity(minus ? room.Minus : room.Plus));
        if (double.IsPositiveInfinity(own)) endless--;
        if (double.IsPositiveInfinity(known)) endless--;
        if (endless > 0) return double.PositiveInfinity;
        var finite = rooms.Select(room => minus ? room.Minus : room.Plus).Where(size => !double.IsPositiveInfinity(size)).Sum();
        return Math.Max(0, finite - (double.IsPositiveInfinity(own) ? 0 : own) - (double.IsPositiveInfinity(known) ? 0 : known));
    }

    private static int Cheapest(ProtectionTable table, ProtectionRequirements requirements, bool[] withheld, int[] sum)
    {
        var least = requirements is { LegendTellsApart: true, Frequency: { } rule } ? rule.Threshold : 1;
        return sum.Where(i => !withheld[i] && table.Cells[i] is { MustBePublished: false, Hidden: false } && table.Cells[i].Value >= least)
            .OrderBy(i => requirements.CostOf(table.Cells[i])).ThenBy(i => i).Append(-1).First();
    }
}

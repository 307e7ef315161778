namespace Analys.Disclosure;

/// <summary>Chooses what else is withheld of a release, one connected part after the other; parts without a withheld cell cost nothing.</summary>
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
                if (failed.Count > 0 && table.Cells.Count <= Exact) (safe, failed) = Protect(table.Select(cell => cell with { MustBePublished = known.Contains(cell.Id) }), requirements);
                unprotected.AddRange(failed);
                table = safe;
            }

            tables.Add(table);
            // Where the few cheapest were not enough, a cell outside the part may be withheld, too.
            for (var i = 0; i < order.Length; i++) unknown[order[i]] |= table.Cells[i].IsUnknown;
        }

        return new(unknown, tables, unprotected);
    }

    private static (ProtectionTable Table, IReadOnlyList<string> Unprotected) Protect(ProtectionTable table, ProtectionRequirements requirements)
    {
        var variables = table.Cells.Count(cell => cell.IsUnknown || !cell.MustBePublished);
        if (variables > Exact) return SumProtection.Protect(table, requirements);
        // The exact method is for tables that a person waits for; a release of many cells takes the heuristic's pattern.
        var effort = requirements with { ExactCuts = variables <= 120 ? 60 : 0 };
        var result = SecondarySuppression.Protect(table, effort, AuditScope.VerdictOnly);
        return (result.Table, result.IsRefused ? [.. result.Unprotected.Concat(result.Audit.Failures.Select(failure => failure.Cell)).Distinct()] : []);
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
                : parts.Where(part => !problem.Cells[part].IsUnknown && problem.Cells[part].Value > 0).OrderBy(part => problem.Cells[part].Cost).ThenBy(part => part).Take(CandidatesOfSum);
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
        foreach (var cell in part) builder.Add(problem.Cells[cell] with { MustBePublished = problem.Cells[cell].MustBePublished || (!candidates[cell] && !problem.Cells[cell].IsUnknown) });
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

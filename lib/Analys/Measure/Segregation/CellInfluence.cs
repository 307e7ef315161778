namespace Analys.Measure.Segregation;

/// <summary>How far one person of one cell moves each figure: what disclosure control rounds summaries of counts by.</summary>
/// <remarks>
/// The figures are evaluated again with one person less in a cell. In small tables every cell is tried. In large ones those with the fewest
/// persons, where one counts most, and others spread over the table, with half as much again for what was not tried; figures of single
/// units
/// are then tried many units at a time, one person less in each. Where a figure no longer exists without the person, it is that person's
/// own.
/// Source: own; see <see cref="Basis.Influence"/>.
/// </remarks>
internal static class CellInfluence
{
    // Cells up to which each is tried; the work is their square.
    private const int Exhaustive = 2_500;
    private const int Some = 48;
    private const int Batches = 16;
    private const double Untried = 1.5;

    /// <summary>The largest change of each value.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="values">The values.</param>
    /// <param name="evaluate">The values of other counts of the same shape, in the same order.</param>
    /// <param name="dear">Whether an evaluation takes long: then fewer cells are tried.</param>
    /// <param name="local">Whether values are of single units: then many units are tried at a time.</param>
    /// <returns>By value; null where there is none. Empty for public counts, which nobody rounds.</returns>
    public static double?[] Of(GroupCounts counts, IReadOnlyList<Quantity> values, Func<GroupCounts, IReadOnlyList<Quantity>> evaluate,
        bool dear = false, bool local = false)
    {
        var moved = new double?[values.Count];
        if (counts.Confidentiality == Confidentiality.Public) return moved;
        for (var i = 0; i < moved.Length; i++) moved[i] = values[i].HasNumber ? 0 : null;
        var cells = Cells(counts);
        var all = cells.Count <= (dear ? Some : Exhaustive);
        var tried = all ? cells : Chosen(counts, cells, dear ? Some / 4 : Some);
        List<(int Unit, int Group)[]> changes = [.. tried.Select(cell => new[] { cell })];
        if (!all && !dear && local)
        {
            for (var group = 0; group < counts.Groups.Length; group++)
            {
                for (var batch = 0; batch < Batches; batch++)
                {
                    changes.Add([.. Enumerable.Range(0, counts.Units.Length)
                        .Where(unit => unit % Batches == batch && counts[unit, group] > 0)
                        .Select(unit => (unit, group))]);
                }
            }
        }

        // The largest of many changes is the same in whatever order they are looked at.
        var gate = new Lock();
        Parallel.ForEach(changes, change =>
        {
            var others = evaluate(counts.Less(change));
            lock (gate) Look(others);
        });
        if (!all)
        {
            for (var i = 0; i < moved.Length; i++) moved[i] *= Untried;
        }

        return moved;

        void Look(IReadOnlyList<Quantity> others)
        {
            for (var i = 0; i < moved.Length && i < others.Count; i++)
            {
                if (moved[i] is not { } known) continue;
                var change = others[i].HasNumber ? Math.Abs(others[i].Number - values[i].Number) : Math.Abs(values[i].Number);
                moved[i] = Math.Max(known, change);
            }
        }
    }

    /// <summary>Results of a computation on counts, each with what one person moves it by.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="compute">The computation; it gives the same rows for counts of the same shape.</param>
    public static Results Fill(GroupCounts counts, Func<GroupCounts, Results> compute)
    {
        var results = compute(counts);
        if (counts.Confidentiality == Confidentiality.Public) return results;
        var moved = new Lazy<double?[]>(() => Of(counts, [.. results.Select(row => row.Value)],
            changed => [.. compute(changed).Select(row => row.Value)], dear: true));
        return new Results(results.Select((row, i) => With(row, () => moved.Value[i])), results.Confidentiality, results.Provenance);
    }

    /// <summary>Results that compare two tables, each with what one person of either moves it by.</summary>
    public static Results Fill(GroupCounts first, GroupCounts second, Func<GroupCounts, GroupCounts, Results> compute)
    {
        var results = Fill(first, changed => compute(changed, second));
        if (second.Confidentiality == Confidentiality.Public) return results;
        var moved = new Lazy<double?[]>(() => Of(second, [.. results.Select(row => row.Value)],
            changed => [.. compute(first, changed).Select(row => row.Value)], dear: true));
        return new Results(results.Select((row, i) => With(row, () => moved.Value[i])), results.Confidentiality, results.Provenance);
    }

    /// <summary>A record that finds out what one person moves its value by when a release asks; what was known before is added
    /// to.</summary>
    public static Result With(Result row, Func<double?> moved)
    {
        if (row.Basis is not { } basis) return row;
        basis = basis with { Tells = row.Area is null ? Tells.Summary : Tells.Composition };
        return row with
        {
            Basis = basis with
            {
                Later = new(() => moved() is { } by ? basis with { Influence = by + (basis.Complete.Influence ?? 0), Later = null }
                    : basis),
            },
        };
    }

    private static List<(int Unit, int Group)> Cells(GroupCounts counts)
    {
        var cells = new List<(int, int)>();
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            for (var group = 0; group < counts.Groups.Length; group++)
                if (counts[unit, group] > 0) cells.Add((unit, group));
            if (counts.HasRest && counts.Totals[unit] > 0) cells.Add((unit, -1));
        }

        return cells;
    }

    private static List<(int Unit, int Group)> Chosen(GroupCounts counts, List<(int Unit, int Group)> cells, int some)
    {
        var fewest = cells.OrderBy(cell => cell.Group < 0 ? counts.Totals[cell.Unit] : counts[cell.Unit, cell.Group])
            .ThenBy(cell => counts.Totals[cell.Unit]).Take(some / 2);
        var stride = Math.Max(1, cells.Count / Math.Max(1, some / 2));
        return [.. fewest.Concat(cells.Where((_, i) => i % stride == stride / 2)).Distinct()];
    }
}

namespace Analys.Measure.Effects.Panel;

/// <summary>
/// Means of group-time effects: over everything, by cohort, by time since the start, by period (Callaway and Sant'Anna 2021, section 3).
/// </summary>
/// <remarks>
/// Weights are the cohorts' numbers of units (sums of weights); that these are estimated from the same units is part of the influence. A
/// mean whose cells all are known has all of them; cells that could not be estimated are left out, and the estimates that miss them say so.
/// </remarks>
internal static class Aggregates
{
    /// <summary>att-simple: every cohort and period from the start on.</summary>
    public static Estimate Simple(GroupTime effects) => Weighted("att-simple", effects, [.. effects.Cells.Where(effects.IsAfter)]);

    /// <summary>
    /// att-group: first over cohorts, then each cohort (parameter <c>cohort</c>), the plain mean over its periods from the start on.
    /// </summary>
    public static IReadOnlyList<Estimate> Group(GroupTime effects)
    {
        var panel = effects.Panel;
        List<(int Cohort, Estimate Estimate)> cohorts = [];
        for (var cohort = 0; cohort < panel.Cohorts.Length; cohort++)
        {
            var cells = effects.Cells.Where(cell => cell.Cohort == cohort && effects.IsAfter(cell)).ToArray();
            cohorts.Add((cohort,
                Plain("att-group", cells.Select(cell => Of("att-group", cell)), panel.Units)
                .With("cohort", panel.Name(panel.Cohorts[cohort]))));
        }

        return [Combine("att-group", panel, [.. cohorts.Where(one => one.Estimate.Value is not null)],
            Note(cohorts.Select(one => one.Estimate))), .. cohorts.Select(one => one.Estimate)];
    }

    /// <summary>att-event, by time since the start (parameter <c>event</c>, also negative): the cohorts that are seen then.</summary>
    public static IReadOnlyList<Estimate> Event(GroupTime effects) =>
    [
        .. effects.Cells.GroupBy(effects.Event).OrderBy(group => group.Key)
            .Select(group => Weighted("att-event", effects, [.. group]).With("event", PanelData.Text(group.Key))),
    ];

    /// <summary>att-dynamic: the plain mean of the event times from 0 on.</summary>
    public static Estimate Dynamic(GroupTime effects) =>
        Plain("att-dynamic", Event(effects).Where(one => !one.Parameters["event"].StartsWith('-')), effects.Panel.Units);

    /// <summary>att-calendar: first the plain mean of periods, then each period (parameter <c>time</c>).</summary>
    public static IReadOnlyList<Estimate> Calendar(GroupTime effects)
    {
        var periods = effects.Cells.Where(effects.IsAfter).GroupBy(cell => cell.Period).OrderBy(group => group.Key)
            .Select(group => Weighted("att-calendar", effects, [.. group])
                .With("time", effects.Panel.Name(effects.Panel.Periods[group.Key])))
                .ToArray();
        return [Plain("att-calendar", periods, effects.Panel.Units), .. periods];
    }

    /// <summary>The plain mean of estimates over the same units.</summary>
    public static Estimate Plain(string id, IEnumerable<Estimate> parts, int units)
    {
        var all = parts.ToArray();
        var known = all.Where(part => part.Value is not null).ToArray();
        if (known.Length == 0) return Estimate.Undefined(id, all.FirstOrDefault()?.Reason ?? "no period with the measure is seen");
        var influence = new double[units];
        foreach (var part in known)
        {
            for (var i = 0; i < units; i++) influence[i] += part.Influence[i] / known.Length;
        }

        return new(id)
        {
            Value = known.Average(part => part.Value!.Value),
            Influence = influence,
            Reason = Note(all),
            Treated = known.Max(part => part.Treated),
            Comparison = Math.Min(known.Max(part => part.Comparison), units - known.Max(part => part.Treated)),
        };
    }

    // Cells weighted by the size of their cohort.
    private static Estimate Weighted(string id, GroupTime effects, GroupTimeCell[] cells) =>
        Combine(id, effects.Panel, [.. cells.Where(cell => cell.Value is not null).Select(cell => (cell.Cohort, Of(id, cell)))],
            Note(cells.Select(cell => Of(id, cell))));

    private static Estimate Of(string id, GroupTimeCell cell) =>
        new(id)
        {
            Value = cell.Value,
            Influence = cell.Influence,
            Treated = cell.Treated,
            Comparison = cell.Comparison,
            Reason = cell.Reason
        };

    private static string? Note(IEnumerable<Estimate> parts)
    {
        var all = parts.ToArray();
        var missing = all.Count(part => part.Value is null);
        return missing > 0 && missing < all.Length
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{missing} of {all.Length} parts could not be estimated and are left out") : null;
    }

    private static Estimate Combine(string id, PanelData panel, (int Cohort, Estimate Part)[] parts, string? note)
    {
        if (parts.Length == 0) return Estimate.Undefined(id, "no cell could be estimated: no unit is left to compare with");
        var sizes = new double[panel.Cohorts.Length];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            if (panel.CohortOf[unit] >= 0) sizes[panel.CohortOf[unit]] += panel.Weights[unit];
        }

        var total = parts.Sum(one => sizes[one.Cohort]);
        var sum = default(Compensated);
        foreach (var (cohort, part) in parts) sum.Add(sizes[cohort] / total * part.Value!.Value);
        var value = sum.Value;
        // Σ over parts of how the mean moves with the size of the part's cohort.
        var byCohort = new double[panel.Cohorts.Length];
        foreach (var (cohort, part) in parts) byCohort[cohort] += (part.Value!.Value - value) / total;
        double known = 0;
        for (var cohort = 0; cohort < sizes.Length; cohort++) known += byCohort[cohort] * sizes[cohort];
        var influence = new double[panel.Units];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            var own = panel.CohortOf[unit] >= 0 ? byCohort[panel.CohortOf[unit]] * panel.Weights[unit] * panel.Units : 0;
            influence[unit] = own - known;
            foreach (var (cohort, part) in parts) influence[unit] += sizes[cohort] / total * part.Influence[unit];
        }

        var cohorts = parts.Select(one => one.Cohort).Distinct().ToHashSet();
        // A unit that starts later may be compared before and treated after: it counts once.
        var treated = panel.CohortOf.Count(cohorts.Contains);
        return new(id)
        {
            Value = value,
            Influence = influence,
            Reason = note,
            Treated = treated,
            Comparison = Math.Min(parts.Max(one => one.Part.Comparison), panel.Units - treated),
        };
    }
}

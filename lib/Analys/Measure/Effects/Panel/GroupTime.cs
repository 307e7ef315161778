namespace Analys.Measure.Effects.Panel;

/// <summary>The effect on one cohort in one period, and its influence over all units of the panel.</summary>
/// <param name="Cohort">The cohort's number.</param>
/// <param name="Period">The period's number.</param>
/// <param name="Value">The effect; null where it cannot be estimated.</param>
/// <param name="Influence">By unit.</param>
/// <param name="Treated">The cohort's units.</param>
/// <param name="Comparison">The units it is compared with.</param>
/// <param name="Reason">Why there is no value.</param>
internal sealed record GroupTimeCell(int Cohort, int Period, double? Value, double[] Influence, int Treated, int Comparison,
    string? Reason);

/// <summary>Group-time effects of Callaway and Sant'Anna (2021, J. Econometrics 225).</summary>
/// <remarks>
/// ATT(g, t) = E[Y_t − Y_b | cohort g] − E[Y_t − Y_b | comparison], b the period before g for t ≥ g, and before t for t &lt; g (varying
/// base). The comparison is the units that never start, or also those that start after t.
/// </remarks>
internal sealed class GroupTime
{
    private GroupTime(PanelData panel, GroupTimeCell[] cells)
    {
        Panel = panel;
        Cells = cells;
    }

    /// <summary>The panel.</summary>
    public PanelData Panel { get; }

    /// <summary>All cells, cohort by cohort, second to last period.</summary>
    public GroupTimeCell[] Cells { get; }

    /// <summary>The cells with a value.</summary>
    public IEnumerable<GroupTimeCell> Known => Cells.Where(cell => cell.Value is not null);

    /// <summary>True where the cell's period has the measure.</summary>
    public bool IsAfter(GroupTimeCell cell) => cell.Period >= Panel.First[cell.Cohort];

    /// <summary>Period less start, in the periods' own unit.</summary>
    public double Event(GroupTimeCell cell) => Panel.Periods[cell.Period] - Panel.Cohorts[cell.Cohort];

    /// <summary>Estimates all cells.</summary>
    public static GroupTime Of(PanelData panel, ComparisonGroup comparison)
    {
        var cells = new List<GroupTimeCell>();
        for (var cohort = 0; cohort < panel.Cohorts.Length; cohort++)
        {
            for (var period = 1; period < panel.Periods.Length; period++) cells.Add(Cell(panel, comparison, cohort, period));
        }

        return new(panel, [.. cells]);
    }

    /// <summary>The period that a cell's period is compared with.</summary>
    public static int Base(int first, int period) => period >= first ? first - 1 : period - 1;

    /// <summary>True where units of <paramref name="other"/> (−1 for never) are a comparison for the cohort in the period.</summary>
    public static bool Compares(PanelData panel, ComparisonGroup comparison, int cohort, int period, int other) =>
        other < 0 || (comparison == ComparisonGroup.NotYet && other != cohort
            && panel.First[other] > Math.Max(period, Base(panel.First[cohort], period)));

    /// <summary>The records, one a cell.</summary>
    public IEnumerable<Estimate> Records() => Cells.Select(cell => new Estimate("att-group-time")
    {
        Value = cell.Value,
        Influence = cell.Influence,
        Reason = cell.Reason,
        Treated = cell.Treated,
        Comparison = cell.Comparison,
    }.With("cohort", Panel.Name(Panel.Cohorts[cell.Cohort])).With("time", Panel.Name(Panel.Periods[cell.Period])));

    private static GroupTimeCell Cell(PanelData panel, ComparisonGroup comparison, int cohort, int period)
    {
        var before = Base(panel.First[cohort], period);
        int[] rows = [.. Enumerable.Range(0, panel.Units)
            .Where(unit => panel.CohortOf[unit] == cohort || Compares(panel, comparison, cohort, period, panel.CohortOf[unit]))];
        var treated = Array.ConvertAll(rows, unit => panel.CohortOf[unit] == cohort);
        int given = treated.Count(value => value), others = rows.Length - given;
        if (others == 0) return new(cohort, period, null, [], given, 0, "no unit is left to compare with in this period");
        var changes = Array.ConvertAll(rows, unit => panel.Outcomes[unit][period] - panel.Outcomes[unit][before]);
        var weights = Array.ConvertAll(rows, unit => panel.Weights[unit]);
        var (value, local, reason) = panel.Covariates.IsEmpty
            ? Difference(changes, treated, weights)
            : DoublyRobustChange.Estimate(changes, treated, weights, panel.Covariates.Rows(rows));
        if (value is null) return new(cohort, period, null, [], given, others, reason);
        var influence = new double[panel.Units];
        for (var i = 0; i < rows.Length; i++) influence[rows[i]] = local[i] * panel.Units / rows.Length;
        return new(cohort, period, value, influence, given, others, null);
    }

    private static (double? Value, double[] Influence, string? Reason) Difference(double[] changes, bool[] treated, double[] weights)
    {
        double[] given = [.. weights.Select((weight, i) => treated[i] ? weight : 0)],
            others = [.. weights.Select((weight, i) => treated[i] ? 0 : weight)];
        double sumGiven = Compensated.Sum(given), sumOthers = Compensated.Sum(others);
        double one = Compensated.Dot(given, changes) / sumGiven, zero = Compensated.Dot(others, changes) / sumOthers;
        var influence = changes
            .Select((change, i) => changes.Length * ((given[i] / sumGiven * (change - one)) - (others[i] / sumOthers * (change - zero))));
        return (one - zero, [.. influence], null);
    }
}

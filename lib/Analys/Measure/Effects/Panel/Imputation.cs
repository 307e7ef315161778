using Analys.Measure.Effects.Fits;

namespace Analys.Measure.Effects.Panel;

/// <summary>The imputation estimator (Borusyak, Jaravel and Spiess 2024, Review of Economic Studies 91).</summary>
/// <remarks>
/// Unit and period effects are fitted on rows without the measure; the effect is the mean of outcome less fit over rows with it. The error
/// is the paper's conservative one: Σ over units (Σ_t v·ε)², v the row's weight in the estimate, ε the residual, for treated rows less the
/// mean effect of their cohort and period. Where a cohort is one unit such a mean would leave nothing of it; then all treated rows have one
/// mean, which the paper allows (any partition errs towards a larger error).
/// </remarks>
internal sealed class Imputation
{
    private readonly PanelData panel;
    private readonly Symmetric? system;
    private readonly int[] open;
    private readonly double[][] effects;

    /// <summary>Fits the effects.</summary>
    public Imputation(PanelData panel)
    {
        this.panel = panel;
        var periods = panel.Periods.Length;
        open = [.. Enumerable.Range(0, panel.Units)
            .Select(unit => panel.CohortOf[unit] is var cohort and >= 0 ? panel.First[cohort] : periods)];
        // A unit's rows without the measure are its first open[unit] periods. Period 0 is the base, and every unit has it.
        Seen = open.Length == 0 ? 0 : open.Max();
        var matrix = new double[Math.Max(0, Seen - 1), Math.Max(0, Seen - 1)];
        var right = new double[Math.Max(0, Seen - 1)];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            var mean = Compensated.Mean(panel.Outcomes[unit].AsSpan(0, open[unit]));
            for (var t = 1; t < open[unit]; t++)
            {
                right[t - 1] += panel.Weights[unit] * (panel.Outcomes[unit][t] - mean);
                matrix[t - 1, t - 1] += panel.Weights[unit];
                for (var s = 1; s < open[unit]; s++) matrix[t - 1, s - 1] -= panel.Weights[unit] / open[unit];
            }
        }

        system = Symmetric.Factor(matrix);
        var period = Period(right);
        effects = new double[panel.Units][];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            double level = 0;
            for (var t = 0; t < open[unit]; t++) level += (panel.Outcomes[unit][t] - period[t]) / open[unit];
            effects[unit] = new double[periods];
            for (var t = 0; t < periods; t++) effects[unit][t] = t < Seen ? panel.Outcomes[unit][t] - level - period[t] : double.NaN;
        }
    }

    /// <summary>The first period in which every unit has the measure; later ones have no fit.</summary>
    public int Seen { get; }

    /// <summary>imputation-att over all rows with the measure, then by time since the start (parameter <c>event</c>).</summary>
    public IReadOnlyList<Estimate> Records()
    {
        var events = Enumerable.Range(0, panel.Units).Where(unit => panel.CohortOf[unit] >= 0)
            .SelectMany(unit => Enumerable.Range(open[unit], panel.Periods.Length - open[unit]).Select(t => Event(unit, t))).Distinct()
                .Order();
        return [Of((_, _) => true), .. events.Select(one => Of((unit, t) => Event(unit, t) == one).With("event", PanelData.Text(one)))];
    }

    private double Event(int unit, int t) => panel.Periods[t] - panel.Cohorts[panel.CohortOf[unit]];

    private Estimate Of(Func<int, int, bool> chosen)
    {
        const string id = "imputation-att";
        if (system is null) return Estimate.Undefined(id, "no unit without the measure shows how the periods differ");
        var periods = panel.Periods.Length;
        bool Counts(int unit, int t) => t >= open[unit] && t < Seen && chosen(unit, t);
        var lost = 0;
        double total = 0;
        var sum = default(Compensated);
        for (var unit = 0; unit < panel.Units; unit++)
        {
            for (var t = open[unit]; t < periods; t++)
            {
                if (t >= Seen && chosen(unit, t)) lost++;
                if (!Counts(unit, t)) continue;
                total += panel.Weights[unit];
                sum.Add(panel.Weights[unit] * effects[unit][t]);
            }
        }

        if (total == 0) return Estimate.Undefined(id, "no unit without the measure is left in these periods");
        return new(id)
        {
            Value = sum.Value / total,
            Influence = Influence(Counts, total),
            Reason = lost > 0 ? "rows of periods in which every unit has the measure are left out: nothing shows what they would have been"
                : null,
            Treated = panel.Treated,
            Comparison = panel.Units - panel.Treated,
            ResidualDegrees = open.Sum() - panel.Units - Math.Max(0, Seen - 1),
        };
    }

    // By unit n·Σ_t v·ε.
    private double[] Influence(Func<int, int, bool> counts, double total)
    {
        int units = panel.Units, periods = panel.Periods.Length;
        var given = new double[units];
        var right = new double[Math.Max(0, Seen - 1)];
        for (var unit = 0; unit < units; unit++)
        {
            for (var t = open[unit]; t < Seen; t++)
            {
                if (!counts(unit, t)) continue;
                given[unit] += panel.Weights[unit] / total;
                right[t - 1] += panel.Weights[unit] / total;
            }
        }

        for (var unit = 0; unit < units; unit++)
        {
            for (var t = 1; t < open[unit]; t++) right[t - 1] -= given[unit] / open[unit];
        }

        var byPeriod = Period(right);
        var means = Means(counts, total);
        var influence = new double[units];
        for (var unit = 0; unit < units; unit++)
        {
            var own = Compensated.Mean(byPeriod.AsSpan(0, open[unit]));
            var part = default(Compensated);
            for (var t = 0; t < Math.Min(periods, Seen); t++)
            {
                if (t < open[unit]) part.Add(-((given[unit] / open[unit]) + (panel.Weights[unit] * (byPeriod[t] - own)))
                    * effects[unit][t]);
                else if (counts(unit, t)) part.Add(panel.Weights[unit] / total * (effects[unit][t] - means(unit, t)));
            }

            influence[unit] = units * part.Value;
        }

        return influence;
    }

    private Func<int, int, double> Means(Func<int, int, bool> counts, double total)
    {
        var single = Enumerable.Range(0, panel.Cohorts.Length).Any(cohort => panel.CohortOf.Count(one => one == cohort) < 2);
        var above = new Dictionary<(int, int), double>();
        var below = new Dictionary<(int, int), double>();
        for (var unit = 0; unit < panel.Units; unit++)
        {
            foreach (var group in Enumerable.Range(open[unit], Math.Max(0, Seen - open[unit])).Where(t => counts(unit, t))
                .GroupBy(t => Key(unit, t)))
            {
                double weight = panel.Weights[unit] / total * group.Count(),
                    effect = group.Sum(t => panel.Weights[unit] / total * effects[unit][t]);
                above[group.Key] = above.GetValueOrDefault(group.Key) + (weight * effect);
                below[group.Key] = below.GetValueOrDefault(group.Key) + (weight * weight);
            }
        }

        return (unit, t) => above[Key(unit, t)] / below[Key(unit, t)];
        (int, int) Key(int unit, int t) => single ? (-1, -1) : (panel.CohortOf[unit], t);
    }

    private double[] Period(double[] right) => [0, .. system?.Solve(right) ?? right];
}

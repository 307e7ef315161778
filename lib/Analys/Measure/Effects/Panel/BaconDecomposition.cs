namespace Analys.Measure.Effects.Panel;

/// <summary>
/// What two-way fixed effects compare: each pair of cohorts with the weight it has (Goodman-Bacon 2021, J. Econometrics 225).
/// </summary>
/// <remarks>
/// The coefficient is Σ weight·comparison, weights positive with sum 1. A cohort is compared with never treated units over the whole
/// window, with a later one before that starts, and with an earlier one after that has started: the last is the forbidden comparison, as
/// the earlier one's effect may still grow.
/// </remarks>
internal static class BaconDecomposition
{
    /// <summary>One comparison of two groups.</summary>
    /// <param name="Cohort">The cohort that starts.</param>
    /// <param name="Other">The cohort it is compared with; −1 for never.</param>
    /// <param name="Weight">Its weight in the coefficient.</param>
    /// <param name="Value">The difference of mean changes.</param>
    public sealed record Pair(int Cohort, int Other, double Weight, double Value);

    /// <summary>All comparisons.</summary>
    public static IReadOnlyList<Pair> Of(PanelData panel)
    {
        int cohorts = panel.Cohorts.Length, periods = panel.Periods.Length;
        var size = new double[cohorts + 1];
        var sums = new double[cohorts + 1][];
        for (var group = 0; group <= cohorts; group++) sums[group] = new double[periods];
        for (var unit = 0; unit < panel.Units; unit++)
        {
            // Never stands last.
            var group = panel.CohortOf[unit] < 0 ? cohorts : panel.CohortOf[unit];
            size[group] += panel.Weights[unit];
            for (var t = 0; t < periods; t++) sums[group][t] += panel.Weights[unit] * panel.Outcomes[unit][t];
        }

        double Mean(int group, int from, int to)
        {
            double sum = 0;
            for (var t = from; t < to; t++) sum += sums[group][t];
            return sum / size[group] / (to - from);
        }

        double Share(int group) => (periods - panel.First[group]) / (double)periods;
        List<Pair> pairs = [];
        for (var one = 0; one < cohorts; one++)
        {
            var first = panel.First[one];
            if (size[cohorts] > 0)
            {
                pairs.Add(new(one, -1, size[one] * size[cohorts] * Share(one) * (1 - Share(one)),
                    Mean(one, first, periods) - Mean(one, 0, first) - (Mean(cohorts, first, periods) - Mean(cohorts, 0, first))));
            }

            for (var other = one + 1; other < cohorts; other++)
            {
                var later = panel.First[other];
                if (later == first) continue;
                double early = Share(one), late = Share(other), both = size[one] * size[other];
                pairs.Add(new(one, other, both * (early - late) * (1 - early),
                    Mean(one, first, later) - Mean(one, 0, first) - (Mean(other, first, later) - Mean(other, 0, first))));
                pairs.Add(new(other, one, both * late * (early - late),
                    Mean(other, later, periods) - Mean(other, first, later) - (Mean(one, later, periods) - Mean(one, first, later))));
            }
        }

        var total = pairs.Sum(pair => pair.Weight);
        return [.. pairs.Select(pair => pair with { Weight = pair.Weight / total })];
    }

    /// <summary>twfe-weight and twfe-comparison, with the parameters <c>cohort</c> and <c>comparison</c> (a start, or never).</summary>
    public static IEnumerable<Estimate> Records(PanelData panel)
    {
        foreach (var pair in Of(panel))
        {
            int treated = panel.CohortOf.Count(cohort => cohort == pair.Cohort),
                others = panel.CohortOf.Count(cohort => cohort == pair.Other);
            Estimate Record(string id, double value) => new Estimate(id) { Value = value, Treated = treated, Comparison = others }
                .With("cohort", panel.Name(panel.Cohorts[pair.Cohort]))
                    .With("comparison", pair.Other < 0 ? "never" : panel.Name(panel.Cohorts[pair.Other]));
            yield return Record("twfe-weight", pair.Weight);
            yield return Record("twfe-comparison", pair.Value);
        }
    }
}

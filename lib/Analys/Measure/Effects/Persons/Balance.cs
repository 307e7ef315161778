using System.Globalization;

namespace Analys.Measure.Effects.Persons;

/// <summary>How alike treated and comparison are before and after weighting, and whether they overlap at all.</summary>
internal static class Balance
{
    /// <summary>
    /// balance: (mean of the treated − mean of the comparison)/sd of the treated, sd unweighted with n − 1, also for 0/1; parameters
    /// <c>covariate</c>, <c>stage</c> (before, after) and, after, <c>weights</c>.
    /// </summary>
    public static IEnumerable<Estimate> Records(CrossSection data, Weighting? weighting)
    {
        List<(string Stage, string? Name, double[]? Weights, string Reason)> stages =
            [("before", null, [.. data.Weights.Select((weight, i) => data.Treated[i] ? 0 : weight)], "")];
        if (weighting is not null) stages.AddRange(weighting.Kinds()
            .Select(kind => ("after", (string?)kind.Name, kind.Weights, kind.Reason)));
        foreach (var (stage, name, weights, reason) in stages)
        {
            for (var k = 0; k < data.Covariates.Columns.Count; k++)
            {
                var record = data.Record("balance").With("covariate", data.Covariates.Names[k]).With("stage", stage);
                if (name is not null) record = record.With("weights", name);
                record = record with { Least = Smallest(data, data.Covariates.Columns[k]) };
                yield return weights is null ? record with { Reason = reason }
                    : Standardised(record, data, data.Covariates.Columns[k], weights);
            }
        }
    }

    /// <summary>
    /// overlap: the share of the treated whose propensity lies between the smallest and the largest of the comparison. Those outside have
    /// nobody like them.
    /// </summary>
    public static Estimate Overlap(CrossSection data, double[]? propensity)
    {
        if (propensity is null) return Estimate.Undefined("overlap", Weighting.Separated);
        var others = CrossSection.At(propensity, data.ComparisonRows);
        double low = others.Min(), high = others.Max();
        var inside = data.TreatedRows.Count(row => propensity[row] >= low && propensity[row] <= high);
        return data.Record("overlap") with { Value = (double)inside / data.TreatedRows.Length };
    }

    /// <summary>
    /// overlap-count: how many of each group (parameter <c>group</c>) have a propensity in each tenth (parameter <c>from</c>).
    /// </summary>
    public static IEnumerable<Estimate> OverlapCounts(CrossSection data, double[]? propensity)
    {
        if (propensity is null) yield break;
        foreach (var (name, rows) in new[] { ("treated", data.TreatedRows), ("comparison", data.ComparisonRows) })
        {
            var counts = new int[10];
            foreach (var row in rows) counts[Math.Min(9, (int)(propensity[row] * 10))]++;
            // Bins add up to the group: all are shown, or none.
            var least = counts.Where(count => count > 0).DefaultIfEmpty(0).Min();
            for (var bin = 0; bin < 10; bin++)
            {
                yield return (data.Record("overlap-count") with
                {
                    Value = counts[bin],
                    Least = least,
                    OfCounts = true,
                    Cells = [.. counts.Select(count => (double)count)]
                })
                    .With("group", name).With("from", (bin / 10.0).ToString("0.0", CultureInfo.InvariantCulture));
            }
        }
    }

    // Of a covariate that is 0 or 1, the fewest that are alike in it and in their group.
    private static int? Smallest(CrossSection data, double[] column) => column.Any(value => value is not (0 or 1)) ? null
        : Enumerable.Range(0, data.Units).GroupBy(row => (data.Treated[row], column[row])).Min(group => group.Count());

    private static Estimate Standardised(Estimate record, CrossSection data, double[] column, double[] weights)
    {
        var treated = CrossSection.At(column, data.TreatedRows);
        var spread = Math.Sqrt(Compensated.Variance(treated));
        if (!(spread > 0)) return record with { Reason = "all treated are alike in this covariate: there is no deviation to measure by" };
        return record with
        {
            Value =
            (Compensated.Mean(treated, CrossSection.At(data.Weights, data.TreatedRows)) - Compensated.Mean(column, weights)) / spread
        };
    }
}

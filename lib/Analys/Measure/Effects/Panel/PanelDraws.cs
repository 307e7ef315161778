using Analys.Measure.Effects.Draws;

namespace Analys.Measure.Effects.Panel;

/// <summary>P values of panel estimates by draws: signs of clusters (wild), or starts given anew (randomisation).</summary>
internal static class PanelDraws
{
    /// <summary>twfe-p by the wild cluster bootstrap with the null imposed: |t| with CR1 (Cameron, Gelbach and Miller 2008).</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="record">Its record.</param>
    /// <param name="replicates">How many random draws; null for all where they can be enumerated.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="weights">What residuals are multiplied by.</param>
    public static Estimate? WildTwoWay(TwoWay fit, Estimate record, int? replicates, long seed,
        WildWeights weights = WildWeights.Rademacher)
    {
        if (record is not { Value: { } value, StandardError: > 0 and { } error }) return null;
        var (share, scores, squares) = fit.Bootstrap();
        var clusters = fit.Clusters;
        var columns = new double[clusters][];
        for (var c = 0; c < clusters; c++) columns[c] = [share[c], .. scores.Select(row => row[c])];
        var reach = DrawPlan.Reach(value / error);
        var plan = SignDraws.Plan(clusters, replicates, seed, weights);
        var counts = SignDraws.Count(columns, 1, (forms, tally) =>
        {
            double beta = forms[0], sum = 0;
            for (var g = 0; g < squares.Length; g++)
            {
                var score = forms[g + 1] - (beta * squares[g]);
                sum += score * score;
            }

            // |beta| / se ≥ reach, without dividing by an error that may be 0.
            if (Math.Abs(beta) * fit.Scale >= reach * Math.Sqrt(fit.Factor * sum)) tally[0]++;
        }, plan);
        return plan.Record(record, counts[0], "wild");
    }

    /// <summary>
    /// P values of estimates with an influence function by the multiplier bootstrap with one sign a cluster: |Σ s·Σψ/n| against |value|.
    /// </summary>
    /// <param name="estimates">The estimates, over the same units.</param>
    /// <param name="clusters">The cluster of each unit.</param>
    /// <param name="replicates">How many random draws; null for all where they can be enumerated.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="weights">What influences are multiplied by.</param>
    public static IReadOnlyList<Estimate> Wild(IReadOnlyList<Estimate> estimates, int[] clusters, int? replicates, long seed,
        WildWeights weights = WildWeights.Rademacher)
    {
        var known = estimates.Where(one => one.Value is not null && one.Influence.Length > 0).ToArray();
        if (known.Length == 0) return [];
        var columns = Columns(known, clusters);
        var reach = Array.ConvertAll(known, one => DrawPlan.Reach(one.Value!.Value));
        var plan = SignDraws.Plan(columns.Length, replicates, seed, weights);
        var counts = SignDraws.Count(columns, known.Length, (forms, tally) =>
        {
            for (var k = 0; k < forms.Length; k++)
            {
                if (Math.Abs(forms[k]) >= reach[k]) tally[k]++;
            }
        }, plan);
        return [.. known.Select((one, k) => plan.Record(one, counts[k], "wild"))];
    }

    /// <summary>
    /// The critical value of a band that holds all estimates at once (sup-t): the level's quantile of max |Σ s·Σψ/n| / error over the same
    /// draws.
    /// </summary>
    public static Estimate Band(IReadOnlyList<Estimate> estimates, int[] clusters, double level, int? replicates, long seed)
    {
        const string id = "simultaneous-critical-value";
        var known = estimates.Where(one => one is { Value: not null, StandardError: > 0, Influence.Length: > 0 }).ToArray();
        if (known.Length == 0) return Estimate.Undefined(id, "no estimate with an error");
        var columns = Columns(known, clusters);
        var errors = Array.ConvertAll(known, one => one.StandardError!.Value);
        var plan = SignDraws.Plan(columns.Length, replicates, seed);
        var values = SignDraws.Values(columns, forms =>
        {
            double largest = 0;
            for (var k = 0; k < forms.Length; k++) largest = Math.Max(largest, Math.Abs(forms[k]) / errors[k]);
            return largest;
        }, plan);
        // The smallest draw that at least the level's share of the draws does not exceed; never narrower than one interval by itself.
        var at = Math.Clamp((int)Math.Ceiling((level * values.Length) - 1e-9) - 1, 0, values.Length - 1);
        var estimate = new Estimate(id)
        {
            Value = Math.Max(values[at], Errors.NormalQuantile(0.5 + (level / 2))),
            Treated = known.Max(one => one.Treated),
            Comparison = known.Max(one => one.Comparison)
        };
        return estimate.With("draws", plan.Drawn is null ? "all" : "random");
    }

    private static double[][] Columns(Estimate[] estimates, int[] clusters)
    {
        var sums = Array.ConvertAll(estimates, one => Errors.Sums(one.Influence, clusters));
        var n = clusters.Length;
        return [.. Enumerable.Range(0, sums[0].Length).Select(c => Array.ConvertAll(sums, sum => sum[c] / n))];
    }
}

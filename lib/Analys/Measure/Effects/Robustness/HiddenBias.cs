using System.Globalization;

namespace Analys.Measure.Effects.Robustness;

/// <summary>How strong something unmeasured would have to be to explain an effect away.</summary>
internal static class HiddenBias
{
    /// <summary>
    /// e-value of a risk ratio (VanderWeele and Ding 2017): RR + sqrt(RR·(RR − 1)), of the inverse where RR is below 1: how strongly an
    /// unmeasured cause would have to go with both treatment and outcome.
    /// </summary>
    /// <param name="ratio">The risk ratio's point; null or 0 gives no e-value.</param>
    public static Estimate EValue(double? ratio)
    {
        if (ratio is not { } value) return Estimate.Undefined("e-value", "there is no risk ratio");
        if (value <= 0) return Estimate.Undefined("e-value", "the risk ratio is 0: no unmeasured cause, however strong, could be bounded");
        var above = value < 1 ? 1 / value : value;
        return new("e-value") { Value = above + Math.Sqrt(above * (above - 1)) };
    }

    /// <summary>
    /// rosenbaum-bound: the largest one-sided p value of Wilcoxon's signed-rank test of pairs, where two alike persons' odds of treatment
    /// may differ by a factor Γ (Rosenbaum 2002, chapter 4); normal approximation, ranks of ties averaged, zeros left out.
    /// </summary>
    /// <param name="differences">By pair, treated less comparison.</param>
    /// <param name="gamma">Γ, at least 1.</param>
    /// <param name="upward">True where the effect sought is an increase.</param>
    public static double? SignedRank(double[] differences, double gamma, bool upward)
    {
        var (ranks, statistic) = Ranks(differences, upward);
        double share = gamma / (1 + gamma), mean = share * Compensated.Sum(ranks),
            variance = share * (1 - share) * Compensated.Dot(ranks, ranks);
        return variance > 0 ? Errors.NormalCdf(-(statistic - mean) / Math.Sqrt(variance)) : null;
    }

    /// <summary>The same from the exact distribution of the ranks' sum; for few pairs.</summary>
    public static double? SignedRankExact(double[] differences, double gamma, bool upward)
    {
        var (ranks, statistic) = Ranks(differences, upward);
        if (ranks.Length == 0) return null;
        // Averaged ranks are halves: twice as large they are whole.
        int[] steps = Array.ConvertAll(ranks, rank => (int)Math.Round(2 * rank));
        var share = gamma / (1 + gamma);
        var chances = new double[steps.Sum() + 1];
        chances[0] = 1;
        var reached = 0;
        foreach (var step in steps)
        {
            for (var sum = reached; sum >= 0; sum--)
            {
                chances[sum + step] += share * chances[sum];
                chances[sum] *= 1 - share;
            }

            reached += step;
        }

        return Math.Min(1, Compensated.Sum(chances.AsSpan((int)Math.Round(2 * statistic))));
    }

    /// <summary>The records for Γ = 1, 1.1, ... 2; with up to 50 pairs also the exact ones (parameter <c>distribution</c>).</summary>
    public static IEnumerable<Estimate> Records(double[] differences, double effect)
    {
        var pairs = differences.Length;
        for (var tenth = 10; tenth <= 20; tenth++)
        {
            var gamma = tenth / 10.0;
            var record = new Estimate("rosenbaum-bound") { Treated = pairs, Comparison = pairs }.With("gamma",
                gamma.ToString("0.0", CultureInfo.InvariantCulture));
            yield return With(record.With("distribution", "normal"), SignedRank(differences, gamma, effect >= 0));
            if (pairs <= 50) yield return With(record.With("distribution", "exact"), SignedRankExact(differences, gamma, effect >= 0));
        }
    }

    private static Estimate With(Estimate record, double? value) =>
        record with { Value = value, Reason = value is null ? "all pairs are alike" : null };

    private static (double[] Ranks, double Statistic) Ranks(double[] differences, bool upward)
    {
        double[] moved = [.. differences.Where(value => value != 0).OrderBy(Math.Abs)];
        var ranks = new double[moved.Length];
        for (var from = 0; from < moved.Length;)
        {
            var to = from;
            while (to < moved.Length && Math.Abs(moved[to]) == Math.Abs(moved[from])) to++;
            for (var k = from; k < to; k++) ranks[k] = (from + to + 1) / 2.0;
            from = to;
        }

        return (ranks, Compensated.Sum([.. ranks.Where((_, k) => upward ? moved[k] > 0 : moved[k] < 0)]));
    }
}

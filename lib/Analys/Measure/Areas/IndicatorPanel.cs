using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Areas;

/// <summary>One indicator of a panel in one period.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sector">Its sector, such as health or economy.</param>
/// <param name="HigherIsWorse">Its direction.</param>
/// <param name="Values">By area, the value; NaN where it is missing.</param>
/// <param name="Errors">By area, its standard error; NaN where it is not known; empty where none is.</param>
internal sealed record PanelIndicator(string Name, string Sector, bool HigherIsWorse, double[] Values, double[] Errors);

/// <summary>An area's place on an indicator.</summary>
/// <param name="Rank">1 is the worst placed; equals share the worse rank. Null where the value is missing.</param>
/// <param name="LowerRank">The 2.5th percentile of its rank; null where errors are not known.</param>
/// <param name="UpperRank">The 97.5th.</param>
/// <param name="Gap">The value less the city's.</param>
/// <param name="Score">The gap in standard deviations of the areas, positive where it is worse than the city.</param>
internal readonly record struct PanelPlace(int? Rank, int? LowerRank, int? UpperRank, double? Gap, double? Score);

/// <summary>Many indicators of many sectors for the same areas: places, gaps and how they go together.</summary>
/// <remarks>Rank intervals: Goldstein &amp; Spiegelhalter 1996, JRSS A 159(3). Spearman's interval: Bonett &amp; Wright 2000, Psychometrika
/// 65(1).</remarks>
internal static class IndicatorPanel
{
    /// <summary>The number of draws behind a rank's interval.</summary>
    public const int Draws = 2000;

    /// <summary>Each area's place.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="weights">By area, its persons; the city's value is the mean with these weights.</param>
    /// <param name="city">The city's own value; null for the weighted mean.</param>
    /// <param name="seed">The seed of the rank draws.</param>
    public static PanelPlace[] Places(PanelIndicator indicator, double[] weights, double? city = null, long seed = 1)
    {
        int[] there = [.. Enumerable.Range(0, indicator.Values.Length).Where(i => double.IsFinite(indicator.Values[i]))];
        var places = new PanelPlace[indicator.Values.Length];
        if (there.Length == 0) return places;
        var all = there.Sum(i => weights[i]);
        var mean = city ?? (all > 0 ? there.Sum(i => weights[i] * indicator.Values[i]) / all : there.Average(i => indicator.Values[i]));
        var middle = there.Average(i => indicator.Values[i]);
        var spread = there.Length > 1 ? Math.Sqrt(there.Sum(i => Math.Pow(indicator.Values[i] - middle, 2)) / (there.Length - 1)) : 0;
        var sign = indicator.HigherIsWorse ? 1 : -1;
        double[] badness = [.. there.Select(i => sign * indicator.Values[i])];
        var ranks = Ranks(badness);
        var intervals = Intervals(indicator, there, badness, seed);
        for (var k = 0; k < there.Length; k++)
        {
            var gap = indicator.Values[there[k]] - mean;
            places[there[k]] = new PanelPlace(ranks[k], intervals?[k].Lower, intervals?[k].Upper, gap, spread > 0 ? sign * gap / spread
                : null);
        }

        return places;
    }

    /// <summary>The correlation of two indicators over the areas that have both, Fisher's interval; positive where both are worse in the
    /// same areas.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="ranks">Spearman's in place of Pearson's.</param>
    /// <param name="level">The coverage of the interval.</param>
    public static (Estimated Value, int Areas) Correlation(PanelIndicator first, PanelIndicator second, bool ranks = false,
        double level = 0.95)
    {
        int[] both = [.. Enumerable.Range(0, first.Values.Length)
            .Where(i => double.IsFinite(first.Values[i]) && double.IsFinite(second.Values[i]))];
        if (both.Length < 3) return (new(Quantity.Undefined("fewer than three areas have both indicators")), both.Length);
        double[] x = [.. both.Select(i => first.HigherIsWorse ? first.Values[i] : -first.Values[i])];
        double[] y = [.. both.Select(i => second.HigherIsWorse ? second.Values[i] : -second.Values[i])];
        if (ranks) (x, y) = (MeanRanks(x), MeanRanks(y));
        double mx = x.Average(), my = y.Average(), xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }

        if (xx == 0 || yy == 0) return (new(Quantity.Undefined("an indicator is the same in all areas")), both.Length);
        var r = Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1);
        if (both.Length < 4 || Math.Abs(r) == 1) return (new(Quantity.Known(r)), both.Length);
        double variance = (ranks ? 1 + (r * r / 2) : 1) / (both.Length - 3), z = Math.Atanh(r),
            half = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt(variance);
        return (new(Quantity.Known(r), (1 - (r * r)) * Math.Sqrt(variance), Math.Tanh(z - half), Math.Tanh(z + half)), both.Length);
    }

    private static int[] Ranks(double[] badness) => [.. badness.Select(value => 1 + badness.Count(other => other > value))];

    private static double[] MeanRanks(double[] values) =>
        [.. values.Select(value => 1 + values.Count(other => other < value) + ((values.Count(other => other == value) - 1) / 2.0))];

    private static (int Lower, int Upper)[]? Intervals(PanelIndicator indicator, int[] there, double[] badness, long seed)
    {
        if (indicator.Errors.Length == 0 || there.Any(i => !double.IsFinite(indicator.Errors[i]))) return null;
        var drawn = new int[there.Length][];
        for (var k = 0; k < there.Length; k++) drawn[k] = new int[Draws];
        var values = new double[there.Length];
        var order = new int[there.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = new RandomStream(seed, draw);
            for (var k = 0; k < values.Length; k++)
            {
                values[k] = -(badness[k] + (indicator.Errors[there[k]] * Variates.Normal(random)));
                order[k] = k;
            }

            Array.Sort(values, order);
            for (var rank = 0; rank < order.Length; rank++) drawn[order[rank]][draw] = rank + 1;
        }

        return [.. drawn.Select(ranks =>
        {
            Array.Sort(ranks);
            return (ranks[(int)(0.025 * Draws)], ranks[(int)Math.Ceiling(0.975 * Draws) - 1]);
        })];
    }
}

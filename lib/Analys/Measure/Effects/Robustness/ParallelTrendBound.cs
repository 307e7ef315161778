using System.Globalization;
using Analys.Measure.Effects.Panel;

namespace Analys.Measure.Effects.Robustness;

/// <summary>
/// What is left of the effect if trends were not parallel (Rambachan and Roth 2023, Review of Economic Studies 90; relative magnitudes).
/// </summary>
/// <remarks>
/// From period to period the untreated trends may part by at most M times the largest parting seen before the start. At event e that is at
/// most (e + 1)·M·max|ATT(e')|, e' &lt; 0; for att-dynamic the mean of these. The largest parting is itself estimated: the interval is the
/// union, over every period before and both signs, of the intervals of effect ± bound, which holds its level whichever period is the
/// largest.
/// </remarks>
internal static class ParallelTrendBound
{
    /// <summary>
    /// parallel-trend-bound of att-dynamic with M = 0.5, 1, 1.5, 2 (parameter <c>magnitude</c>): lower and upper; and
    /// parallel-trend-breakdown: the smallest M, in hundredths, with which 0 lies within.
    /// </summary>
    public static IEnumerable<Estimate> Records(GroupTime effects, double level, int[]? clusters)
    {
        const string bound = "parallel-trend-bound", breakdown = "parallel-trend-breakdown";
        var events = Aggregates.Event(effects).Where(one => one.Value is not null).ToArray();
        var before = events.Where(one => Event(one) < 0).ToArray();
        var after = events.Where(one => Event(one) >= 0).ToArray();
        var whole = Aggregates.Dynamic(effects);
        if (before.Length == 0 || whole.Value is not { } value)
        {
            const string reason =
                "no period before the start but its base: nothing shows how far trends can part; a longer window would help";
            return [Estimate.Undefined(bound, reason), Estimate.Undefined(breakdown, reason)];
        }

        // How many steps lie between the base and each event, on average.
        var steps = after.Average(one => Event(one) + 1);
        (double Lower, double Upper) At(double magnitude)
        {
            double lower = double.PositiveInfinity, upper = double.NegativeInfinity, z = Errors.NormalQuantile(0.5 + (level / 2));
            foreach (var one in before)
            {
                var sign = Math.Sign(one.Value!.Value) == 0 ? 1 : Math.Sign(one.Value!.Value);
                double factor = magnitude * steps * sign, width = factor * one.Value!.Value;
                lower = Math.Min(lower, value - width - (z * Error(one, -factor)));
                upper = Math.Max(upper, value + width + (z * Error(one, factor)));
            }

            return (lower, upper);
        }

        double Error(Estimate one, double factor) =>
            Errors.Of([.. whole.Influence.Select((influence, i) => influence + (factor * one.Influence[i]))], clusters);
        List<Estimate> records = [];
        foreach (var magnitude in new[] { 0.5, 1, 1.5, 2 })
        {
            var (lower, upper) = At(magnitude);
            records.Add((whole with { Id = bound, Influence = [], Lower = lower, Upper = upper })
                .With("magnitude", magnitude.ToString("0.0", CultureInfo.InvariantCulture)));
        }

        var least = Enumerable.Range(0, 1001).Select(hundredth => hundredth / 100.0)
            .FirstOrDefault(magnitude => At(magnitude) is var (lower, upper) && lower <= 0 && upper >= 0, -1);
        records.Add(least >= 0 ? whole with { Id = breakdown, Value = least, Influence = [] }
            : Estimate.Undefined(breakdown, "0 stays outside even if trends part ten times as far as before"));
        return records;
    }

    private static double Event(Estimate one) => double.Parse(one.Parameters["event"], CultureInfo.InvariantCulture);
}

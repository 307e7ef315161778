using Analys.Domain;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Resampling;

/// <summary>What replicates say of an estimate.</summary>
internal static class ReplicateSummary
{
    // Values computed in another order differ in the last digits: they are ties, not smaller or larger.
    private const double Tie = 1e-12;

    /// <summary>The replicates in which the figure exists.</summary>
    public static double[] Known(double[] replicates) => [.. replicates.Where(double.IsFinite)];

    /// <summary>The interval, within the range of the measure.</summary>
    public static (double Lower, double Upper) Interval(double estimate, double[] known, ResamplingOptions options, ValueRange range)
    {
        var sorted = known.Order().ToArray();
        var tail = (1 - options.Level) / 2;
        double low = Replicates.Quantile(sorted, tail), high = Replicates.Quantile(sorted, 1 - tail);
        if (options.Interval == IntervalKind.Basic) (low, high) = ((2 * estimate) - high, (2 * estimate) - low);
        return (Math.Clamp(low, range.Min, range.Max), Math.Clamp(high, range.Min, range.Max));
    }

    /// <summary>p = (r + 1) / (n + 1), r the replicates at least as extreme.</summary>
    public static double P(double observed, double[] known, Tail tail)
    {
        var mean = known.Length == 0 ? 0 : known.Average();
        var tie = Tie * Math.Max(1, Math.Abs(observed));
        var extreme = known.Count(value => tail switch
        {
            Tail.Greater => value >= observed - tie,
            Tail.Less => value <= observed + tie,
            _ => Math.Abs(value - mean) >= Math.Abs(observed - mean) - tie,
        });
        return (extreme + 1.0) / (known.Length + 1.0);
    }
}

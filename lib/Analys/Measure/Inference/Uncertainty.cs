using Analys.Domain;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Inference;

/// <summary>How standard errors and intervals are found.</summary>
internal enum IntervalMethod
{
    /// <summary>No sampling: Wilson's interval for shares, on the effective number of clusters; none for other measures. The default for
    /// registers.</summary>
    Wilson,

    /// <summary>The linearised variance over clusters in strata, the estimated line included; Wilson's form for shares.</summary>
    Linearised,

    /// <summary>Clusters drawn again within strata, the line estimated anew in each replicate; percentile intervals.</summary>
    Bootstrap,

    /// <summary>The replicate weights that came with the data.</summary>
    ReplicateWeights,

    /// <summary>None.</summary>
    None,
}

/// <summary>How replicate weights were made: it decides the factor of their variance.</summary>
internal enum ReplicateKind
{
    /// <summary>Bootstrap: (1/R) Σ (θ_r − θ)².</summary>
    Bootstrap,

    /// <summary>Balanced repeated replication: the same factor.</summary>
    Balanced,

    /// <summary>Delete-one jackknife: ((R − 1)/R) Σ (θ_r − θ)².</summary>
    Jackknife,
}

/// <summary>What is asked for beside a value.</summary>
/// <param name="Method">How.</param>
/// <param name="Replicates">The number of bootstrap replicates.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="Level">The coverage of intervals.</param>
/// <param name="Kind">How replicate weights were made.</param>
/// <param name="Lonely">What a stratum of one cluster adds to a linearised variance.</param>
internal sealed record Uncertainty(
    IntervalMethod Method = IntervalMethod.Wilson, int Replicates = 200, long Seed = 1, double Level = 0.95,
    ReplicateKind Kind = ReplicateKind.Bootstrap, LonelyStrata Lonely = LonelyStrata.Certainty)
{
    /// <summary>Wilson's interval for shares, none for other measures.</summary>
    public static Uncertainty Default { get; } = new();
}

/// <summary>The Wilson score interval of a share.</summary>
/// <remarks>
/// A register counts everybody, so there is no sampling error; the interval then speaks of a superpopulation: how far the share would
/// vary from chance alone if the same conditions produced the area's children anew. Source: Wilson 1927, JASA 22(158).
/// </remarks>
internal static class Wilson
{
    /// <summary>The interval.</summary>
    /// <param name="successes">Those who have the property.</param>
    /// <param name="n">All; above 0. May be an effective sample size.</param>
    /// <param name="level">The coverage, such as 0.95.</param>
    public static (double Lower, double Upper) Interval(double successes, double n, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var z = Normal.InvCDF(0, 1, 1 - ((1 - level) / 2));
        var p = successes / n;
        var scale = 1 + (z * z / n);
        var middle = (p + (z * z / (2 * n))) / scale;
        var half = z / scale * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return (successes == 0 ? 0 : Math.Max(0, middle - half), successes == n ? 1 : Math.Min(1, middle + half));
    }
}

/// <summary>An interval that stays within the bounds of a quantity: symmetric on the scale of the logit where it has two bounds, of the
/// logarithm
/// where it has one.</summary>
/// <remarks>Source: Korn &amp; Graubard 1999, Analysis of Health Surveys, ch. 3; Langel &amp; Tillé 2013, Metron 71.</remarks>
internal static class BoundedInterval
{
    // Farther out on the scale of a logarithm nothing is known: the interval is then cut off at the bounds.
    private const double Widest = 12;

    /// <summary>The interval.</summary>
    /// <param name="value">The value.</param>
    /// <param name="half">Half its width by the standard error: the quantile times the error.</param>
    /// <param name="range">The bounds of the quantity.</param>
    public static (double Lower, double Upper) Of(double value, double half, ValueRange range)
    {
        double low = value - range.Min, high = range.Max - value;
        var (isAbove, isBelow) = (double.IsFinite(low), double.IsFinite(high));
        if (isAbove && isBelow && low > 0 && high > 0)
        {
            var (odds, width) = (low / high, half * (low + high) / (low * high));
            return (range.Min + ((low + high) * Share(odds * Math.Exp(-width))),
                range.Min + ((low + high) * Share(odds * Math.Exp(width))));
        }

        // On one of two bounds the logarithm of the distance from the other would leave it.
        if (isAbove && !isBelow && low > 0 && half / low < Widest)
            return (range.Min + (low * Math.Exp(-half / low)), range.Min + (low * Math.Exp(half / low)));
        if (isBelow && !isAbove && high > 0 && half / high < Widest)
            return (range.Max - (high * Math.Exp(half / high)), range.Max - (high * Math.Exp(-half / high)));
        return (Math.Max(range.Min, value - half), Math.Min(range.Max, value + half));
    }

    private static double Share(double odds) => double.IsInfinity(odds) ? 1 : odds / (1 + odds);
}

/// <summary>The quantile of Student's distribution to the last digits.</summary>
internal static class StudentQuantile
{
    /// <summary>
    /// The quantile of Student's distribution; the library's inverse is polished by Newton's steps, as it stops at nine digits.
    /// </summary>
    public static double Of(double p, double degrees)
    {
        if (!(degrees > 0)) return double.NaN;
        var t = StudentT.InvCDF(0, 1, degrees, p);
        for (var step = 0; step < 3; step++)
        {
            var density = StudentT.PDF(0, 1, degrees, t);
            if (!(density > 0)) break;
            t -= (StudentT.CDF(0, 1, degrees, t) - p) / density;
        }

        return t;
    }
}

/// <summary>Control of the false discovery rate over many tests.</summary>
/// <remarks>Source: Benjamini &amp; Hochberg 1995, JRSS B 57(1).</remarks>
internal static class FalseDiscovery
{
    /// <summary>Adjusted p-values: a test is a discovery at rate q where its adjusted value is at most q.</summary>
    /// <param name="p">The p-values.</param>
    public static double[] Adjust(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = new int[p.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        var adjusted = new double[p.Length];
        var least = 1.0;
        for (var rank = sorted.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, sorted[rank - 1] * sorted.Length / rank);
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }
}

/// <summary>Runs replicates on all cores, each with a stream of its own, and gathers their values in the order of their numbers.</summary>
internal static class Replicates
{
    /// <summary>Runs the replicates 0 to <paramref name="count"/> − 1.</summary>
    /// <typeparam name="TState">Scratch space that one thread uses for replicate after replicate.</typeparam>
    /// <typeparam name="TValue">The outcome of a replicate.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="newState">Makes the scratch space of a thread.</param>
    /// <param name="run">One replicate; it must depend on its stream alone, not on what the scratch space held.</param>
    /// <param name="cancel">Stops between replicates.</param>
    public static TValue[] Run<TState, TValue>(
        int count, long seed, Func<TState> newState, Func<RandomStream, TState, TValue> run, CancellationToken cancel = default)
    {
        var values = new TValue[count];
        var work = Work.Of("replicates", count);
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, newState, (replicate, _, state) =>
        {
            values[replicate] = run(new RandomStream(seed, replicate), state);
            work.Step();
            return state;
        }, _ => { });
        return values;
    }

    /// <summary>The empirical quantile of replicates, by linear interpolation between order statistics (Hyndman &amp; Fan type
    /// 7).</summary>
    /// <param name="sorted">The values, sorted.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The standard deviation of replicates, with n − 1 in the denominator.</summary>
    /// <param name="values">The values, at least two.</param>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (var value in values) mean += value / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}

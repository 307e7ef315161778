using MathNet.Numerics.Distributions;

namespace Analys.Measure.Inference;

/// <summary>The Wilson score interval of a share.</summary>
/// <remarks>
/// A register counts everybody, so there is no sampling error; the interval then speaks of a superpopulation: how far the share would
/// vary from chance alone if the same conditions produced the area's children anew. Source: Wilson 1927, JASA 22(158).
/// </remarks>
public static class Wilson
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

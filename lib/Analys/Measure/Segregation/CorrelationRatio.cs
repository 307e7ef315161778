using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>η²: isolation freed from the group's size, the part of the variance of membership that lies between units.</summary>
/// <remarks>η² = (xPx − P) / (1 − P), P the group's share of all. Swedish: <i>korrelationskvot</i>.</remarks>
public static class CorrelationRatio
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "correlation-ratio", "Correlation ratio (η², V)", "Korrelationskvot η²", "η² = (xPx − P) / (1 − P)",
            Units.Index, ValueRange.Unit, "James & Taeuber 1985, Sociological Methodology 15"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y)), isolation = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] > 0) isolation += x[i] / sumX * (x[i] / (x[i] + y[i]));
        }

        return Quantity.Known(Math.Max(0, (isolation - share) / (1 - share)));
    }
}

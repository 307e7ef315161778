using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The share of the group that would have to move for it to be spread like everyone.</summary>
/// <remarks>GS = ½ Σ |x_i / X − t_i / T| = D (1 − P), from 0 to 1 − P. Swedish: <i>Gorards segregationsindex</i>.</remarks>
public static class Gorard
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "gorard", "Gorard's segregation index", "Gorards segregationsindex", "GS = ½ Σ |x_i / X − t_i / T|",
            Units.Index, ValueRange.Unit, "Gorard & Taylor 2002, Sociology 36(4); Gorard 2000"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), total = sumX + Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - ((x[i] + y[i]) / total));
        return Quantity.Known(sum / 2);
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The share of either group that would have to move for both to be spread alike.</summary>
/// <remarks>D = ½ Σ |x_i / X − y_i / Y|, from 0 (spread alike) to 1 (no unit has both). Swedish: <i>dissimilaritetsindex</i>.</remarks>
public static class Dissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "dissimilarity", "Index of dissimilarity", "Dissimilaritetsindex", "D = ½ Σ |x_i / X − y_i / Y|",
            Units.Index, ValueRange.Unit, "Duncan & Duncan 1955, American Sociological Review 20(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - (y[i] / sumY));
        return Quantity.Known(sum / 2);
    }
}

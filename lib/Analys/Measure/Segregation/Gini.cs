using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Twice the area between the segregation curve and the line of an even spread.</summary>
/// <remarks>
/// G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2 T² P (1 − P)), computed from units sorted by p in n log n. Swedish: <i>ginikoefficient för segregation</i>.
/// </remarks>
public static class Gini
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "gini", "Gini index of segregation", "Ginikoefficient för segregation", "G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2 T² P (1 − P))",
            Units.Index, ValueRange.Unit, "Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        var order = SegregationCurve.Order(x, y);
        double below = 0, area = 0;
        // Under the curve of y against x, units in rising order of x's share: trapezoids.
        foreach (var i in order)
        {
            var height = x[i] / sumX;
            area += (y[i] / sumY) * (below + (height / 2));
            below += height;
        }

        return Quantity.Known(Math.Max(0, 1 - (2 * area)));
    }
}

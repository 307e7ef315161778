using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The square-root index: how far the two groups' spreads are from the same, by their geometric mean.</summary>
/// <remarks>S = 1 − Σ √((x_i / X)(y_i / Y)), from 0 to 1; additively decomposable. Swedish: <i>Hutchens kvadratrotsindex</i>.</remarks>
public static class Hutchens
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "hutchens", "Hutchens square-root index", "Hutchens kvadratrotsindex", "S = 1 − Σ √((x_i / X)(y_i / Y))",
            Units.Index, ValueRange.Unit, "Hutchens 2001, Mathematical Social Sciences 42; Hutchens 2004, International Economic Review 45"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++) sum += Math.Sqrt(x[i] / sumX * (y[i] / sumY));
        return Quantity.Known(Math.Max(0, 1 - sum));
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The overlap of the two groups' spreads that is missing, as a share of their union.</summary>
/// <remarks>MM = 1 − Σ min(x_i / X, y_i / Y) / Σ max(x_i / X, y_i / Y) = 2D / (1 + D). Swedish: <i>min-max-index</i>.</remarks>
public static class MinMax
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "min-max", "Min-max index", "Min-max-index", "MM = 1 − Σ min(x_i / X, y_i / Y) / Σ max(x_i / X, y_i / Y)",
            Units.Index, ValueRange.Unit, "O'Sullivan & Wong 2007, Geographical Analysis 39(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), least = 0, most = 0;
        for (var i = 0; i < x.Length; i++)
        {
            least += Math.Min(x[i] / sumX, y[i] / sumY);
            most += Math.Max(x[i] / sumX, y[i] / sumY);
        }

        return Quantity.Known(Math.Max(0, 1 - (least / most)));
    }
}

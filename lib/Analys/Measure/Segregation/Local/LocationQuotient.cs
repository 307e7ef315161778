using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>The group's share of the unit relative to its share of the whole.</summary>
/// <remarks>LQ_ig = (n_ig / t_i) / (G_g / N); 1 where the unit is like the whole. Swedish: <i>lokaliseringskvot</i>. A unit where nobody lives has no value.</remarks>
public static class LocationQuotient
{
    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "location-quotient", "Location quotient", "Lokaliseringskvot", "LQ = (x_i / t_i) / (X / T)",
            Units.Ratio, ValueRange.NonNegative, "Isard 1960, Methods of Regional Analysis"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesUnits = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="t">Everyone by unit.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> t, Span<Quantity> values)
    {
        var share = Sums.Of(x) / Sums.Of(t);
        for (var i = 0; i < values.Length; i++) values[i] = Quantity.Known(t[i] > 0 ? x[i] / t[i] / share : 0);
    }
}

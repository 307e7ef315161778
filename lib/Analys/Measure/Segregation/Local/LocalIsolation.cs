using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>The unit's part of the group's isolation.</summary>
/// <remarks>(x_i / X)(x_i / t_i); the units' values add up to xPx. Swedish: <i>lokal isolering</i>. A unit where nobody lives has no value.</remarks>
public static class LocalIsolation
{
    /// <summary>The measure.</summary>
    public static LocalGroupMeasure Measure { get; } = new(
        new Definition(
            "local-isolation", "Local isolation", "Lokal isolering", "(x_i / X)(x_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954; Tivadar 2019, Journal of Statistical Software 89(7)"),
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
        var sum = Sums.Of(x);
        for (var i = 0; i < values.Length; i++) values[i] = Quantity.Known(t[i] > 0 ? x[i] / sum * (x[i] / t[i]) : 0);
    }
}

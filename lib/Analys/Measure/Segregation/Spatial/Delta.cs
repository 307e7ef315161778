using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The share of a group that would have to move for it to live equally densely everywhere.</summary>
/// <remarks>DEL = ½ Σ |x_i / X − a_i / A|, from 0 to 1; a the unit's land. Swedish: <i>deltaindex</i>.</remarks>
public static class Delta
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "delta", "Delta (concentration)", "Deltaindex", "DEL = ½ Σ |x_i / X − a_i / A|",
            Units.Index, ValueRange.Unit, "Hoover 1941; Duncan, Cuzzort & Duncan 1961; Massey & Denton 1988, Social Forces 67(2)"),
        [SpatialOptions.Land],
        call => call.Land() is { } land ? ((x, _) => Formula(x, land), null) : (null, call.Lacks(areas: true)));

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="areas">The units' land; 0 for units whose land is not counted.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> areas)
    {
        double sumX = Sums.Of(x), land = Sums.Of(areas), sum = 0;
        if (land <= 0) return Quantity.Undefined("the units have no area");
        for (var i = 0; i < x.Length; i++) sum += Math.Abs((x[i] / sumX) - (areas[i] / land));
        return Quantity.Known(Math.Min(1, sum / 2));
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How little land a group lives on, between the most and the least that it could.</summary>
/// <remarks>
/// ACO = 1 − (Σ x_i a_i / X − A1) / (A2 − A1), A1 and A2 the mean areas of the smallest and largest units that hold as many people as the
/// group has. 1 where the group lives as densely as it could. Undefined where A1 = A2. Swedish: <i>absolut koncentration</i>.
/// </remarks>
public static class AbsoluteConcentration
{
    /// <summary>Whether the last unit is filled whole or in proportion.</summary>
    internal static MeasureOption Fill { get; } = new("fill", "units", "Concentration: whole units until they hold the group (units), or the last in proportion (people)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "absolute-concentration", "Absolute concentration", "Absolut koncentration", "ACO = 1 − (Σ x_i a_i / X − A1) / (A2 − A1)",
            Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        [Fill],
        call =>
        {
            var (whole, areas) = (call.Word(Fill.Name, "units", "people") == "units", call.Geography.Areas);
            return call.Lacks(areas: true) is { } lack ? (null, lack) : ((x, y) => Formula(x, y, areas, whole), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="areas">The units' areas.</param>
    /// <param name="whole">Whether the last units are taken whole.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] areas, bool whole = true)
    {
        var t = Concentration.Both(x, y);
        var (order, people) = (Concentration.BySize(t, areas), Sums.Of(x));
        var densest = Concentration.MeanArea(t, areas, order, people, whole);
        Array.Reverse(order);
        var sparsest = Concentration.MeanArea(t, areas, order, people, whole);
        return sparsest > densest
            ? Quantity.Known(1 - ((Concentration.MeanArea(x, areas) - densest) / (sparsest - densest)))
            : Quantity.Undefined("the units do not differ in area");
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much more land the others live on than the group, between the extremes that are possible.</summary>
/// <remarks>
/// RCO = ((Σ x_i a_i / X) / (Σ y_i a_i / Y) − 1) / (A1 / A2 − 1), A1 and A2 the mean areas of the smallest and of the largest units that hold
/// as many people as the group has (Massey &amp; Denton's n1 and n2); in OasisR A2 is that of units that hold as many as the others have.
/// Undefined where A1 = A2. Swedish: <i>relativ koncentration</i>.
/// </remarks>
public static class RelativeConcentration
{
    private static readonly MeasureOption Sparsest = new("largest-hold", "group", "Relative concentration: the largest units are filled with as many people as the group has, or the others");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "relative-concentration", "Relative concentration", "Relativ koncentration", "RCO = ((Σ x_i a_i / X) / (Σ y_i a_i / Y) − 1) / (A1 / A2 − 1)",
            Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        [AbsoluteConcentration.Fill, Sparsest],
        call =>
        {
            var whole = call.Word(AbsoluteConcentration.Fill.Name, "units", "people") == "units";
            var (group, areas) = (call.Word(Sparsest.Name, "group", "others") == "group", call.Geography.Areas);
            return call.Lacks(areas: true) is { } lack ? (null, lack) : ((x, y) => Formula(x, y, areas, whole, group), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="areas">The units' areas.</param>
    /// <param name="whole">Whether the last units are taken whole.</param>
    /// <param name="group">Whether the largest units hold as many as the group has; else as many as the others have.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] areas, bool whole = true, bool group = true)
    {
        var t = Concentration.Both(x, y);
        var (order, people) = (Concentration.BySize(t, areas), Sums.Of(x));
        var densest = Concentration.MeanArea(t, areas, order, people, whole);
        Array.Reverse(order);
        var sparsest = Concentration.MeanArea(t, areas, order, group ? people : Sums.Of(y), whole);
        return sparsest > densest
            ? Quantity.Known(((Concentration.MeanArea(x, areas) / Concentration.MeanArea(y, areas)) - 1) / ((densest / sparsest) - 1))
            : Quantity.Undefined("the units do not differ in area");
    }
}

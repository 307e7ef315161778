using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Dissimilarity less what neighbours differ by, the more the longer their common border and the less compact they are.</summary>
/// <remarks>
/// D(s) = D − Σ_i Σ_j w_ij |z_i − z_j| ½ (P_i/A_i + P_j/A_j) / max(P/A), w as in D(w), P perimeter, A area. The perimeter is the whole one, or that
/// shared with other units (interior, as in OasisR). Swedish: <i>dissimilaritetsindex med gränslängder och form</i>.
/// </remarks>
public static class DissimilarityPerimeterArea
{
    private static readonly MeasureOption Kind = new("perimeter-kind", "whole", "Dissimilarity by borders and form: the whole perimeter, or that shared with other units (interior)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-perimeter-area", "Dissimilarity adjusted for borders and form (Wong D(s))", "Dissimilaritetsindex med gränslängder och form",
            "D(s) = D − Σ_i Σ_j w_ij |z_i − z_j| ½ (P_i/A_i + P_j/A_j) / max(P/A)",
            Units.Index, new ValueRange(double.NegativeInfinity, 1), "Wong 1993, Urban Studies 30(3)"),
        [Kind],
        call =>
        {
            var interior = call.Word(Kind.Name, "whole", "interior") == "interior";
            if (call.Lacks(areas: true, perimeters: !interior, lengths: true) is { } lack) return (null, lack);
            var adjacency = call.Geography.Adjacency!.By(Contiguity.Rook);
            var ratios = new double[adjacency.Units];
            for (var i = 0; i < ratios.Length; i++)
            {
                ratios[i] = (interior ? Sums.Of(adjacency.LengthsOf(i)) : call.Geography.Perimeters[i]) / call.Geography.Areas[i];
            }

            return ((x, y) => Formula(x, y, adjacency, ratios), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="adjacency">Which units touch, along how long a border.</param>
    /// <param name="ratios">Perimeter over area by unit.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency, double[] ratios)
    {
        ArgumentNullException.ThrowIfNull(ratios);
        var largest = 0.0;
        for (var i = 0; i < ratios.Length; i++)
        {
            if (x[i] + y[i] > 0) largest = Math.Max(largest, ratios[i]);
        }

        if (!(largest > 0 && double.IsFinite(largest))) return Quantity.Undefined("an inhabited unit has no area");
        return BorderDifference.Mean(x, y, adjacency, static (_, _, length) => length, (i, j, _) => (ratios[i] + ratios[j]) / (2 * largest)) is { } difference
            ? Dissimilarity.Formula(x, y).Select(d => d - difference)
            : Quantity.Undefined("no inhabited units touch");
    }
}

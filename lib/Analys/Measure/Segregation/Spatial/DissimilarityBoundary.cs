using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Dissimilarity less what neighbours differ by, the longer their common border the more.</summary>
/// <remarks>
/// D(w) = D − Σ_i Σ_j w_ij |z_i − z_j|, w_ij = b_ij / ΣΣ b, b the length of the common border; by row w_ij = b_ij / Σ_j b_ij divided by the number of
/// units that have neighbours. Swedish: <i>dissimilaritetsindex med gränslängder</i>.
/// </remarks>
public static class DissimilarityBoundary
{
    private static readonly MeasureOption Weights = new("border-weights", "total", "Dissimilarity by borders: lengths divided by their total, or by each unit's own (row)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-boundary", "Dissimilarity adjusted for common borders (Wong D(w))", "Dissimilaritetsindex med gränslängder", "D(w) = D − Σ_i Σ_j w_ij |z_i − z_j|, w_ij = b_ij / ΣΣ b",
            Units.Index, new ValueRange(double.NegativeInfinity, 1), "Wong 1993, Urban Studies 30(3)"),
        [Weights],
        call =>
        {
            var byRow = call.Word(Weights.Name, "total", "row") == "row";
            if (call.Lacks(lengths: true) is { } lack) return (null, lack);
            var adjacency = call.Geography.Adjacency!.By(Contiguity.Rook);
            return ((x, y) => Formula(x, y, adjacency, byRow), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="adjacency">Which units touch, along how long a border.</param>
    /// <param name="byRow">Whether weights are divided by each unit's own border.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency, bool byRow = false) =>
        BorderDifference.Mean(x, y, adjacency, static (_, _, length) => length, byRow: byRow) is { } difference
            ? Dissimilarity.Formula(x, y).Select(d => d - difference)
            : Quantity.Undefined("no inhabited units touch");
}

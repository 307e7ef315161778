using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Dissimilarity less what neighbouring units differ by: what a border between unlike neighbours adds is no barrier to a neighbour.</summary>
/// <remarks>
/// D(adj) = D − Σ_i Σ_j c_ij |z_i − z_j| / Σ_i Σ_j c_ij, z the group's share, c 1 for units that touch. With a higher order units 2, 3, ... steps
/// apart are taken off too, weighted by exp(−β (k − 1)) or 1/k^β (Tivadar 2019). Swedish: <i>dissimilaritetsindex med grannskap</i>.
/// </remarks>
public static class DissimilarityAdjacency
{
    private static readonly MeasureOption Order = new("order", "1", "Dissimilarity by adjacency: up to how many steps apart units count as neighbours");
    private static readonly MeasureOption OrderDecay = new("order-decay", "exponential", "Dissimilarity by adjacency: the weight of the k-th order, exponential exp(-beta (k-1)) or reciprocal 1/k^beta");
    private static readonly MeasureOption Beta = new("beta", "1", "Dissimilarity by adjacency: beta of the order's weight");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-adjacency", "Dissimilarity adjusted for adjacency (Morrill)", "Dissimilaritetsindex med grannskap", "D(adj) = D − Σ_i Σ_j c_ij |z_i − z_j| / Σ_i Σ_j c_ij",
            Units.Index, new ValueRange(double.NegativeInfinity, 1), "Morrill 1991, Geography Research Forum 11; Tivadar 2019, Journal of Statistical Software 89(7)"),
        [SpatialOptions.Contiguity, Order, OrderDecay, Beta],
        call =>
        {
            var contiguity = call.Contiguity(Contiguity.Rook);
            var order = (int)call.Number(Order.Name, 1, k => k is >= 1 and <= 100 && k == Math.Floor(k), "a whole number from 1 to 100");
            var exponential = call.Word(OrderDecay.Name, "exponential", "reciprocal") == "exponential";
            var beta = call.Number(Beta.Name, 1, b => b >= 0, "at least 0");
            if (call.Lacks(neighbours: true) is { } lack) return (null, lack);
            var touching = call.Geography.Adjacency!.By(contiguity);
            var orders = Enumerable.Range(1, order)
                .Select(k => (touching.OfOrder(k), exponential ? Math.Exp(-beta * (k - 1)) : Math.Pow(k, -beta)))
                .Where(level => level.Item1.Pairs > 0).ToArray();
            return ((x, y) => Formula(x, y, orders), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="orders">Which units touch, then which are two steps apart, and so on, each with its weight.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<(Adjacency Neighbours, double Weight)> orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var value = Dissimilarity.Formula(x, y).Number;
        var any = false;
        foreach (var (neighbours, weight) in orders)
        {
            if (BorderDifference.Mean(x, y, neighbours, static (_, _, _) => 1) is not { } difference) continue;
            value -= weight * difference;
            any = true;
        }

        return any ? Quantity.Known(value) : Quantity.Undefined("no inhabited units touch");
    }
}

using Analys.Measure.Inference;
using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>What neighbours differ by: Σ w_ij |z_i − z_j| / Σ w_ij over units that touch, z the group's share.</summary>
internal static class BorderDifference
{
    /// <summary>How a pair counts: the first unit, the second, the length of their common border.</summary>
    public delegate double PairWeight(int first, int second, double length);

    /// <summary>The mean difference, each pair times <paramref name="factor"/> above the line only; null where no inhabited units
    /// touch.</summary>
    /// <param name="x">The group of interest by unit.</param>
    /// <param name="y">The other group by unit.</param>
    /// <param name="adjacency">Which units touch.</param>
    /// <param name="weight">How a pair counts.</param>
    /// <param name="factor">What its difference is multiplied by.</param>
    /// <param name="byRow">Whether the weights of each unit are first made to add up to one.</param>
    public static double? Mean(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Adjacency adjacency, PairWeight weight, PairWeight? factor = null,
        bool byRow = false)
    {
        double above = 0, below = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] + y[i] <= 0) continue;
            var (neighbours, lengths) = (adjacency.Of(i).ToArray(), adjacency.LengthsOf(i).ToArray());
            double rowAbove = 0, rowBelow = 0;
            for (var n = 0; n < neighbours.Length; n++)
            {
                var j = neighbours[n];
                if (x[j] + y[j] <= 0) continue;
                var w = weight(i, j, lengths[n]);
                rowBelow += w;
                rowAbove += w * Math.Abs((x[i] / (x[i] + y[i])) - (x[j] / (x[j] + y[j]))) * (factor?.Invoke(i, j, lengths[n]) ?? 1);
            }

            if (rowBelow <= 0) continue;
            above += byRow ? rowAbove / rowBelow : rowAbove;
            below += byRow ? 1 : rowBelow;
        }

        return below > 0 ? above / below : null;
    }
}

/// <summary>Dissimilarity less what neighbouring units differ by: what a border between unlike neighbours adds is no barrier to a
/// neighbour.</summary>
/// <remarks>
/// D(adj) = D − Σ_i Σ_j c_ij |z_i − z_j| / Σ_i Σ_j c_ij, z the group's share, c 1 for units that touch. With a higher order units 2, 3, ...
/// steps apart are taken off too, weighted by exp(−β (k − 1)) or 1/k^β (Tivadar 2019). Swedish: <i>dissimilaritetsindex med grannskap</i>.
/// </remarks>
internal static class DissimilarityAdjacency
{
    private static readonly MeasureOption Order =
        new("order", "1", "Dissimilarity by adjacency: up to how many steps apart units count as neighbours");
    private static readonly MeasureOption OrderDecay =
        new("order-decay", "exponential",
            "Dissimilarity by adjacency: the weight of the k-th order, exponential exp(-beta (k-1)) or reciprocal 1/k^beta");
    private static readonly MeasureOption Beta = new("beta", "1", "Dissimilarity by adjacency: beta of the order's weight");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-adjacency", "Dissimilarity adjusted for adjacency (Morrill)", "Dissimilaritetsindex med grannskap",
            "D(adj) = D − Σ_i Σ_j c_ij |z_i − z_j| / Σ_i Σ_j c_ij",
            Units.Index, new ValueRange(double.NegativeInfinity, 1),
            "Morrill 1991, Geography Research Forum 11; Tivadar 2019, Journal of Statistical Software 89(7)"),
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
                .Select(k => (touching.OfOrder(k), exponential ? PortableMath.Exp(-beta * (k - 1)) : PortableMath.Pow(k, -beta)))
                .Where(level => level.Item1.Pairs > 0).ToArray();
            return ((x, y) => Formula(x, y, orders), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="orders">Which units touch, then which are two steps apart, and so on, each with its weight.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y,
        IReadOnlyList<(Adjacency Neighbours, double Weight)> orders)
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

/// <summary>Dissimilarity less what neighbours differ by, the longer their common border the more.</summary>
/// <remarks>
/// D(w) = D − Σ_i Σ_j w_ij |z_i − z_j|, w_ij = b_ij / ΣΣ b, b the length of the common border; by row w_ij = b_ij / Σ_j b_ij divided by the
/// number of units that have neighbours. Swedish: <i>dissimilaritetsindex med gränslängder</i>.
/// </remarks>
internal static class DissimilarityBoundary
{
    private static readonly MeasureOption Weights =
        new("border-weights", "total", "Dissimilarity by borders: lengths divided by their total, or by each unit's own (row)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-boundary", "Dissimilarity adjusted for common borders (Wong D(w))", "Dissimilaritetsindex med gränslängder",
            "D(w) = D − Σ_i Σ_j w_ij |z_i − z_j|, w_ij = b_ij / ΣΣ b",
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

/// <summary>Dissimilarity less what neighbours differ by, the more the longer their common border and the less compact they are.</summary>
/// <remarks>
/// D(s) = D − Σ_i Σ_j w_ij |z_i − z_j| ½ (P_i/A_i + P_j/A_j) / max(P/A), w as in D(w), P perimeter, A area. The perimeter is the whole one,
/// or that shared with other units (interior, as in OasisR). Swedish: <i>dissimilaritetsindex med gränslängder och form</i>.
/// </remarks>
internal static class DissimilarityPerimeterArea
{
    private static readonly MeasureOption Kind =
        new("perimeter-kind", "whole",
            "Dissimilarity by borders and form: the whole perimeter, or that shared with other units (interior)");

    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "dissimilarity-perimeter-area", "Dissimilarity adjusted for borders and form (Wong D(s))",
            "Dissimilaritetsindex med gränslängder och form",
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
        return BorderDifference.Mean(x, y, adjacency, static (_, _, length) => length,
            (i, j, _) => (ratios[i] + ratios[j]) / (2 * largest)) is { } difference
            ? Dissimilarity.Formula(x, y).Select(d => d - difference)
            : Quantity.Undefined("no inhabited units touch");
    }
}

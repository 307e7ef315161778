using Analys.Measure.Inference;

namespace Analys.Tests.Measure.Inference;

/// <summary>Variances, their degrees of freedom and intervals, by hand and by published tables.</summary>
public class SpreadTests
{
    // Totals 1, 3 | 2, 6, 10 | 8: by strata 2/1 · 2 = 4 and 3/2 · 32 = 48, the third alone.
    private static readonly ClusterDesign Design = new([0, 1, 2, 3, 4, 5], [0, 0, 1, 1, 1, 2], 6);
    private static readonly double[] Totals = [1, 3, 2, 6, 10, 8];

    [Theory]
    [InlineData(LonelyStrata.Certainty, 52)]
    // Two strata tell 52, so three tell 78.
    [InlineData(LonelyStrata.Average, 78)]
    // The mean of all six is 5: (8 − 5)² more.
    [InlineData(LonelyStrata.Adjust, 61)]
    internal void A_stratum_of_one_adds_what_was_chosen(LonelyStrata lonely, double variance)
    {
        Assert.Equal(variance, Design.Spread(Totals, lonely).Variance, 1e-12);
        Assert.True(Design.HasLonely);
        Assert.Equal((3, 6), (Design.StratumCount, Design.ClusterCount));
    }

    [Fact]
    public void Degrees_of_freedom_are_those_of_the_kurtosis_and_at_most_clusters_less_strata()
    {
        // Certainty leaves five clusters in two strata: Σt² = 150, Σt⁴ = 11394, q = 22500 / 11394, 2 n q / (n − q) = 6.5 > 5 − 2.
        Assert.Equal(3, Design.Spread(Totals, LonelyStrata.Certainty).Freedom, 1e-12);
        // One cluster of twenty has the property: q = 1, 40 / 19.
        var twenty = new ClusterDesign([.. Enumerable.Range(0, 20)], [], 20);
        double[] one = [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 3.0 : 0)];
        Assert.Equal(40 / 19.0, twenty.Spread(one, LonelyStrata.Certainty).Freedom, 1e-12);
        // Two of twenty alike: q = 2, 80 / 18. All alike: clusters less strata.
        one[8] = 3;
        Assert.Equal(80 / 18.0, twenty.Spread(one, LonelyStrata.Certainty).Freedom, 1e-12);
        Assert.Equal(19, twenty.Spread([.. one.Select(_ => 2.0)], LonelyStrata.Certainty).Freedom, 1e-12);
        Assert.Equal((0, 19), (twenty.Spread(new double[20], LonelyStrata.Certainty).Variance,
            twenty.Spread(new double[20], LonelyStrata.Certainty).Freedom));
        // Adjusted, the lonely one is a cluster like any other: six in two strata that are known, Σt² = 214, Σt⁴ = 15490.
        var q = 214.0 * 214 / 15490;
        Assert.Equal(Math.Min(4, 12 * q / (6 - q)), Design.Spread(Totals, LonelyStrata.Adjust).Freedom, 1e-12);
    }

    [Fact]
    public void Strata_that_are_all_alone_have_no_variance_of_others()
    {
        var alone = new ClusterDesign([0, 1], [0, 1], 2);
        Assert.Equal(0, alone.Spread([3, 5], LonelyStrata.Certainty).Variance);
        Assert.True(double.IsNaN(alone.Spread([3, 5], LonelyStrata.Average).Variance));
        // Around the mean of both: 1 + 1.
        Assert.Equal(2, alone.Spread([3, 5], LonelyStrata.Adjust).Variance, 1e-12);
        // A cluster number that no row has is no cluster.
        var gap = new ClusterDesign([0, 2], [], 3);
        Assert.False(gap.HasLonely);
        Assert.Equal(2 * 2, gap.Spread([3, 100, 5], LonelyStrata.Certainty).Variance, 1e-12);
    }

    // Tables of Student's distribution: Abramowitz & Stegun 26.10; R: qt(0.975, c(1, 2, 10)), qt(0.95, 5).
    [Theory]
    [InlineData(0.975, 1, 12.706204736174705)]
    [InlineData(0.975, 2, 4.302652729749464)]
    [InlineData(0.975, 10, 2.2281388519862735)]
    [InlineData(0.95, 5, 2.0150483733330233)]
    [InlineData(0.5, 3, 0)]
    public void Students_quantile(double p, double degrees, double expected) =>
        Assert.Equal(expected, StudentQuantile.Of(p, degrees), 1e-11);

    [Fact]
    public void Without_degrees_of_freedom_there_is_no_quantile()
    {
        Assert.True(double.IsNaN(StudentQuantile.Of(0.975, 0)));
        Assert.True(double.IsNaN(StudentQuantile.Of(0.975, double.NaN)));
    }

    [Fact]
    public void An_interval_within_bounds_by_hand()
    {
        // Logit of 0.2 in (0, 1): odds ¼, width 0.08 / 0.16 = ½.
        var (lower, upper) = BoundedInterval.Of(0.2, 0.08, ValueRange.Unit);
        Assert.Equal(Math.Exp(-0.5) / 4 / (1 + (Math.Exp(-0.5) / 4)), lower, 1e-14);
        Assert.Equal(Math.Exp(0.5) / 4 / (1 + (Math.Exp(0.5) / 4)), upper, 1e-14);
        // The same of 2 in (1, 6): the scale moves with its bounds.
        var moved = BoundedInterval.Of(2, 0.4, new ValueRange(1, 6));
        Assert.Equal((1 + (5 * lower), 1 + (5 * upper)), moved, Near);
        // One bound: logarithms of the distance from it, below or above.
        Assert.Equal((3 * Math.Exp(-0.5), 3 * Math.Exp(0.5)), BoundedInterval.Of(3, 1.5, ValueRange.NonNegative), Near);
        Assert.Equal((10 - (3 * Math.Exp(0.5)), 10 - (3 * Math.Exp(-0.5))),
            BoundedInterval.Of(7, 1.5, new ValueRange(double.NegativeInfinity, 10)), Near);
        // No bound, or on one: symmetric, cut off at the bounds.
        Assert.Equal((1.5, 4.5), BoundedInterval.Of(3, 1.5, ValueRange.Any), Near);
        Assert.Equal((0, 0.3), BoundedInterval.Of(0, 0.3, ValueRange.Unit), Near);
        Assert.Equal((0.7, 1), BoundedInterval.Of(1, 0.3, ValueRange.Unit), Near);
        // So far out that a logarithm says nothing.
        Assert.Equal((0, 13), BoundedInterval.Of(1, 12, ValueRange.NonNegative), Near);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 8)]
    [InlineData(0.5, 3)]
    [InlineData(0.1, 1.4)]
    [InlineData(0.9, 6.5)]
    public void Quantiles_of_replicates_by_hand(double p, double expected) =>
        // Five values, places 0 to 4: p · 4, between neighbours in a straight line.
        Assert.Equal(expected, Replicates.Quantile([1, 2, 3, 4.25, 8], p), 1e-12);

    [Fact]
    public void The_deviation_of_replicates_has_n_less_one() =>
        Assert.Equal(Math.Sqrt(38 / 3.0), Replicates.StandardDeviation([1, 2, 4, 9]), 1e-12);

    [Fact]
    public void A_table_of_aliases_draws_each_index_by_its_weight_and_never_one_without()
    {
        // The table itself is a distribution: a slot's own chance and what others leave it add up to the weight.
        double[] weights = [0, 1, 2, 3, 0, 4, 0.5];
        var slots = new AliasSlot[weights.Length];
        AliasTable.Fill(weights, slots);
        var chances = new double[weights.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            Assert.InRange(slots[i].Keep, 0, 1);
            chances[i] += slots[i].Keep / slots.Length;
            chances[slots[i].Other] += (1 - slots[i].Keep) / slots.Length;
        }

        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i] / 10.5, chances[i], 1e-12);
        Assert.Equal((0.0, 0.0), (chances[0], chances[4]));
    }

    private static readonly IEqualityComparer<(double, double)> Near = EqualityComparer<(double, double)>.Create((a, b) =>
        Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
}

using Analys.Measure.Indicators;

namespace Analys.Tests.Measure.Indicators;

/// <summary>What rounded percentages say of the numbers behind them, and gaps between areas, at their ends.</summary>
public class RoundingBoundsTests
{
    [Theory]
    [InlineData(10.8, 1, 0.1075, 0.1085)]
    [InlineData(7, 0, 0.065, 0.075)]
    [InlineData(0, 1, 0, 0.0005)]
    [InlineData(0.3, 0, 0, 0.008)]
    [InlineData(100, 0, 0.995, 1)]
    [InlineData(100, 2, 0.99995, 1)]
    public void A_share_lies_within_half_a_unit_and_between_none_and_all(double percent, int decimals, double lower, double upper)
    {
        var (low, high) = RoundingBounds.OfShare(percent, decimals);
        Assert.Equal(lower, low, 1e-15);
        Assert.Equal(upper, high, 1e-15);
    }

    // Whole numbers N with 100 n / N within the rounding, tried one after the other.
    [Theory]
    [InlineData(1298, 10.8, 1)]
    [InlineData(3, 100, 0)]
    [InlineData(1, 33, 0)]
    [InlineData(7, 0.9, 1)]
    [InlineData(1000, 99.9, 1)]
    public void A_denominator_is_every_whole_number_that_rounds_so(double numerator, double percent, int decimals)
    {
        var half = 0.5 * Math.Pow(10, -decimals);
        double[] possible = [.. Enumerable.Range((int)numerator, 20_000).Select(n => (double)n)
            .Where(n => Math.Abs((100 * numerator / n) - percent) <= half + 1e-12)];
        Assert.Equal((possible[0], possible[^1]), RoundingBounds.OfDenominator(numerator, percent, decimals));
    }

    [Theory]
    // Nobody, or a share that may be nothing, bounds no population above; one of two is no 99 %.
    [InlineData(0, 10, 0)]
    [InlineData(3, 0, 0)]
    [InlineData(3, 0.5, 0)]
    [InlineData(1, 99, 0)]
    public void Where_nothing_bounds_it_or_both_contradict_each_other_there_is_none(double numerator, double percent, int decimals) =>
        Assert.Null(RoundingBounds.OfDenominator(numerator, percent, decimals));

    private static readonly Definition Share = new("share", "Share", "Andel", "a / b", Units.Share, ValueRange.Unit, "test");

    private static Result Of(string? area, double value, Basis? basis = null) =>
        new() { Measure = Share, Area = area, Value = Quantity.Known(value), Basis = basis };

    private static Results All(params Result[] rows) => new(rows, Confidentiality.Public, Provenance.None);

    [Fact]
    public void A_gap_is_between_the_ends_and_rests_on_the_smaller_counts()
    {
        var results = All(Of(null, 0.9), Of("a", 0.2, new Basis(20, 100)), Of("b", 0.05, new Basis(4, 80)), Of("c", 0.1, new Basis(5, 50)));
        var gap = AreaGap.Widest(results);
        Assert.Equal(("a", "b", 4.0, null, null), (gap[0].Area, gap[0].Reference, gap[0].Value.Number, gap[0].Lower, gap[0].Upper));
        Assert.Equal((4.0, 80.0), (gap[0].Basis!.Numerator, gap[0].Basis!.Denominator));
        Assert.Equal(0.15, gap[1].Value.Number, 1e-15);
        // Within half a unit of 0.01: 0.19/0.06 to 0.21/0.04, 0.15 ± 0.02.
        var rounded = AreaGap.Widest(results, ["a", "b"], 0.01);
        Assert.Equal(0.19 / 0.06, rounded[0].Lower!.Value, 1e-12);
        Assert.Equal(0.21 / 0.04, rounded[0].Upper!.Value, 1e-12);
        Assert.Equal((0.13, 0.17), (Math.Round(rounded[1].Lower!.Value, 12), Math.Round(rounded[1].Upper!.Value, 12)));
        // A lowest that may be nothing has no greatest ratio; chosen areas only.
        Assert.Null(AreaGap.Widest(results, ["a", "b"], 0.05)[0].Upper);
        Assert.Equal(("a", "c"), (AreaGap.Widest(results, ["a", "c"])[0].Area, AreaGap.Widest(results, ["a", "c"])[0].Reference));
        Assert.Empty(AreaGap.Widest(results, ["a"]));
        Assert.Equal(ValueStatus.Undefined, AreaGap.Widest(All(Of("a", 0), Of("b", 0.1)))[0].Value.Status);
    }
}

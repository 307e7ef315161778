using Analys.Measure.Effects.Planning;
using Analys.Measure.Effects.SmallTables;

namespace Analys.Tests.Measure.Effects;

/// <summary>Tables of two by two and what few units can show, by hand: also where a cell is empty.</summary>
public class SmallGroupTests
{
    private const double Z = 1.959963984540054;

    [Fact]
    public void Tables_with_these_margins_have_their_probabilities()
    {
        // C(2, a) C(3, 2 − a) / C(5, 2); with one in the comparison at least one of two events is a treated's.
        Assert.Equal([0.3, 0.6, 0.1], TwoByTwo.Probabilities(2, 3, 2, out var low).Select(p => Math.Round(p, 12)));
        Assert.Equal(0, low);
        Assert.Equal([Math.Round(2 / 3.0, 12), Math.Round(1 / 3.0, 12)],
            TwoByTwo.Probabilities(2, 1, 2, out low).Select(p => Math.Round(p, 12)));
        Assert.Equal(1, low);
        var rare = new TwoByTwo(2, 2, 0, 3);
        Assert.Equal((0.1, 0.05), (Math.Round(rare.Fisher(), 12), Math.Round(rare.MidP(), 12)));
        // The likeliest table of all: nothing is less surprising.
        Assert.Equal((1, 0.7), (Math.Round(new TwoByTwo(1, 2, 1, 3).Fisher(), 12), Math.Round(new TwoByTwo(1, 2, 1, 3).MidP(), 12)));
    }

    [Fact]
    public void A_risk_ratio_has_the_interval_of_its_logarithm_where_there_is_one()
    {
        var ratio = new TwoByTwo(3, 12, 14, 24).RiskRatio(0.95);
        var factor = Math.Exp(Z * Math.Sqrt((1 / 3.0) - (1 / 12.0) + (1 / 14.0) - (1 / 24.0)));
        Assert.Equal(0.25 / (14 / 24.0), ratio.Value!.Value, 1e-12);
        Assert.Equal(ratio.Value!.Value / factor, ratio.Lower!.Value, 1e-12);
        Assert.Equal(ratio.Value!.Value * factor, ratio.Upper!.Value, 1e-12);
        var none = new TwoByTwo(0, 12, 14, 24).RiskRatio(0.95);
        Assert.Equal((0, null, null), (none.Value, none.Lower, none.Upper));
        Assert.Null(new TwoByTwo(3, 12, 0, 24).RiskRatio(0.95).Value);
        Assert.NotNull(new TwoByTwo(3, 12, 0, 24).RiskRatio(0.95).Reason);
    }

    [Fact]
    public void With_no_events_at_all_the_difference_is_open_by_both_upper_ends()
    {
        // Wilson's upper end of 0 of n is z² / (n + z²), its lower end 0.
        var difference = new TwoByTwo(0, 10, 0, 20).RiskDifference(0.95);
        Assert.Equal(-Z * Z / (20 + (Z * Z)), difference.Lower!.Value, 1e-12);
        Assert.Equal(Z * Z / (10 + (Z * Z)), difference.Upper!.Value, 1e-12);
        var all = new TwoByTwo(10, 10, 20, 20).RiskDifference(0.95);
        Assert.Equal(-difference.Upper!.Value, all.Lower!.Value, 1e-12);
        Assert.Equal(-difference.Lower!.Value, all.Upper!.Value, 1e-12);
    }

    [Fact]
    public void The_share_between_clusters_is_that_of_an_analysis_of_variance()
    {
        // Around the groups' means 4 and 1 the clusters lie at ∓2 and ∓1: between 20 / 2, within 4 / 4, two a cluster: 9 / (9 + 2 · 1).
        double[] outcomes = [1, 3, 5, 7, 0, 0, 2, 2];
        bool[] treated = [true, true, true, true, false, false, false, false];
        Assert.Equal(9 / 11.0, Power.Correlation(outcomes, treated, [0, 0, 1, 1, 2, 2, 3, 3]), 1e-12);
        // Clusters alike but for their members; every unit a cluster; two clusters: nothing between them can be told.
        Assert.Equal(0, Power.Correlation(outcomes, treated, [0, 1, 1, 0, 2, 3, 2, 3]));
        Assert.Equal(0, Power.Correlation(outcomes, treated, [0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(0, Power.Correlation(outcomes, treated, [0, 0, 0, 0, 1, 1, 1, 1]));
        // Squares 2 and 6 over 2 + 3 − 2.
        Assert.Equal(Math.Sqrt(8 / 3.0), Power.Pooled([1, 3], [0, 0, 3]), 1e-12);
        Assert.Equal(Math.Sqrt(0.75 * 0.19), Power.ClusterError(2, 4, 10, 0.1), 1e-12);
    }

    [Fact]
    public void With_certain_outcomes_the_power_of_Fishers_test_is_all_or_nothing()
    {
        // 0 of 4 beside 4 of 4: p = 2 / C(8, 4) = 0.029; 0 of 3 beside 3 of 3: 2 / 20.
        Assert.Equal(1, Power.Fisher(4, 4, 0, 1), 1e-12);
        Assert.Equal(0, Power.Fisher(3, 3, 0, 1), 1e-12);
        Assert.Equal(1, Power.Fisher(3, 3, 0, 1, 0.1), 1e-12);
        Assert.Equal(0, Power.Fisher(4, 4, 1, 1), 1e-12);
    }
}

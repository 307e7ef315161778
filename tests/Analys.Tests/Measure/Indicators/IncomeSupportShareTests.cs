using Analys.Measure.Indicators;

namespace Analys.Tests.Measure.Indicators;

public class IncomeSupportShareTests
{
    private static readonly Results Shares = IncomeSupportShare.Of(ShippedData.Load("ekonomiskt-bistand-2015-2017"), Ages.Children);

    [Fact]
    public void Shares_are_fractions_and_the_citys_has_no_area()
    {
        Assert.Equal(0.108, Shares.Single(result => result.Area == "Rinkeby-Kista").Value.Number, 1e-12);
        Assert.Equal(0.041, Shares.Single(result => result.Area is null).Value.Number, 1e-12);
        Assert.All(Shares, result => Assert.Equal(("2017", "0-17"), (result.Period, result.Population?.ToString())));
    }

    [Fact]
    public void The_denominator_is_bounded_by_the_rounding_and_the_interval_holds_for_all_of_it()
    {
        // 1 298 children are 10.75 to 10.85 %: 11 964 to 12 074 children (by hand: 1298 / .1085 = 11963.1, 1298 / .1075 = 12074.4).
        var rinkeby = Shares.Single(result => result.Area == "Rinkeby-Kista");
        var population = IncomeSupportShare.PopulationBounds(ShippedData.Load("ekonomiskt-bistand-2015-2017"), Ages.Children, "2017")
            .Single(result => result.Area == "Rinkeby-Kista");
        Assert.Equal((ValueStatus.Undefined, 11964, 12074), (population.Value.Status, population.Lower!.Value, population.Upper!.Value));
        Assert.True(rinkeby.Lower < 1298.0 / 12074 && rinkeby.Upper > 1298.0 / 11964);
    }

    [Fact]
    public void The_gap_carries_the_bounds_of_the_rounding()
    {
        var gap = AreaGap.Widest(Shares, [.. Geography.Stockholm.Division("sdo14").Areas.Select(area => area.Name)], 0.0005);
        Assert.Equal(("Rinkeby-Kista", "Östermalm"), (gap[0].Area, gap[0].Reference));
        Assert.Equal(27, gap[0].Value.Number, 1e-9);
        Assert.Equal(10.75 / 0.45, gap[0].Lower!.Value, 1e-9);
        Assert.Equal(10.85 / 0.35, gap[0].Upper!.Value, 1e-9);
        Assert.Equal(0.104, gap[1].Value.Number, 1e-12);
    }

    [Fact]
    public void Parameters_hold_options_never_counts() =>
        Assert.All(Shares,
            result => Assert.DoesNotContain(result.Parameters.Values, value => value.Contains("1298", StringComparison.Ordinal)));

    [Fact]
    public void A_year_that_the_table_does_not_have_is_an_error() =>
        Assert.Throws<ColumnNotFoundException>(() =>
            IncomeSupportShare.Of(ShippedData.Load("ekonomiskt-bistand-2015-2017"), Ages.Children, "1999"));
}

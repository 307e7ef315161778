using Analys.Domain;

namespace Analys.Tests.Domain;

public class ValueTypeTests
{
    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_lies_between_0_and_1(double fraction) => Assert.Throws<ArgumentOutOfRangeException>(() => new Share(fraction));

    [Fact]
    public void Kronor_of_different_years_do_not_add_up()
    {
        Assert.Equal(new Kronor(300, 2016), new Kronor(100, 2016) + new Kronor(200, 2016));
        var error = Assert.Throws<PriceYearException>(() => new Kronor(123, 2016) + new Kronor(456, 2017));
        Assert.DoesNotContain("123", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0-17", 0, 17)]
    [InlineData("0–17", 0, 17)]
    [InlineData("16", 16, 16)]
    [InlineData("65-", 65, null)]
    public void Ages_are_read_and_written(string text, int from, int? to)
    {
        var ages = AgeSpan.Parse(text);
        Assert.Equal(new AgeSpan(from, to), ages);
        Assert.Equal(ages, AgeSpan.Parse(ages.ToString()));
        Assert.True(ages.Contains(from));
        Assert.False(ages.Contains(from - 1));
        Assert.Equal(to is null, ages.Contains((to ?? 130) + 1));
    }

    [Theory]
    [InlineData("17-0")]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("-5-3")]
    public void Other_texts_are_not_ages(string text) => Assert.Throws<FormatException>(() => AgeSpan.Parse(text));

    [Fact]
    public void Tertials_follow_the_calendar()
    {
        Assert.Equal(new Tertial(2018, 1), Tertial.Of(new DateOnly(2018, 4, 30)));
        Assert.Equal(new Tertial(2018, 2), Tertial.Of(new DateOnly(2018, 5, 1)));
        Assert.Equal(new Tertial(2018, 3), Tertial.Of(new DateOnly(2018, 9, 1)));
        Assert.Equal("2018T3", Tertial.Parse("2018t3").ToString());
        Assert.True(Tertial.Parse("2017T3") < Tertial.Parse("2018T1"));
    }

    [Fact]
    public void A_quantity_is_never_NaN_and_an_undefined_one_has_no_number()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.Known(double.NaN));
        Assert.Throws<InvalidOperationException>(() => Quantity.Undefined("group is empty").Number);
        Assert.Equal(ValueStatus.Undefined, Quantity.Ratio(1, 0, "nobody lives there").Status);
        Assert.Equal("threshold", Quantity.Suppressed("threshold").Select(x => x * 2).Reason);
    }
}

namespace Analys.Tests.Domain;

public class ValueTypeTests
{
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
    public void A_quantity_is_never_NaN_and_an_undefined_one_has_no_number()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.Known(double.NaN));
        Assert.Throws<InvalidOperationException>(() => Quantity.Undefined("group is empty").Number);
        Assert.Equal(ValueStatus.Undefined, Quantity.Ratio(1, 0, "nobody lives there").Status);
        Assert.Equal("threshold", Quantity.Suppressed("threshold").Select(x => x * 2).Reason);
    }
}

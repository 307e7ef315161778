using FsCheck;
using FsCheck.Fluent;

namespace Analys.Tests.Present.Charts;

public class ClassBreaksTests
{
    [Theory]
    [InlineData(Classing.RoundIntervals)]
    [InlineData(Classing.Quantiles)]
    [InlineData(Classing.AroundMiddle)]
    public void Every_value_has_a_class_that_holds_it(Classing classing) => Prop.ForAll(
        Gen.Choose(-5000, 5000).NonEmptyListOf().ToArbitrary(), Gen.Choose(2, 6).ToArbitrary(), (list, count) =>
        {
            var values = list.Select(value => value / 100.0).ToList();
            var classes = ClassBreaks.Make(values, classing, count, 0, null);
            return classes.Colours.Count == classes.Count && values.All(value =>
                classes.Of(value) is var i && classes.Limits[i] <= value + 1e-9
                && (value < classes.Limits[i + 1] || i == classes.Count - 1) && value <= classes.Limits[^1] + 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_limit_belongs_to_the_class_above()
    {
        var classes = ClassBreaks.Make([0, 1, 2], Classing.RoundIntervals, 5, null, [0, 1, 2]);
        Assert.Equal([0, 1, 1], new[] { 0.99, 1, 2 }.Select(classes.Of));
        Assert.Equal("0 till under 100\u00A0%",
            classes.Label(0, NumberFormat.For(Language.Swedish), Texts.Of(Language.Swedish), Units.Share));
    }
}

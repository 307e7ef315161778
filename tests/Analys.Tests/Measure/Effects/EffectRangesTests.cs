using Analys.Measure.Effects;

namespace Analys.Tests.Measure.Effects;

/// <summary>The ranges of figures that hang on one unit, by hand at the edges of steps and classes.</summary>
public class EffectRangesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(0.001)]
    public void The_step_is_the_least_that_leaves_half_a_unit_on_all_sides(double scale)
    {
        (double, double, double, double)? Stepped(double value, double lower, double upper, double sway) =>
            EffectRanges.Stepped(value * scale, lower * scale, upper * scale, sway * scale) is { } range
                ? (Math.Round(range.Step / scale, 9), Math.Round(range.Value / scale, 9), Math.Round(range.Lower / scale, 9),
                    Math.Round(range.Upper / scale, 9)) : null;
        // By 2 the value 3 lies on an edge (3 to 5), by 5 the upper end does; by 10 they are 0 and 0 to 10.
        Assert.Equal((10, 0, 0, 10), Stepped(3, 1, 5, 1));
        // 3.6 by 2 is 4 (3 to 5), its ends 1.3 to 0 and 4.9 to 6.
        Assert.Equal((2, 4, 0, 6), Stepped(3.6, 1.3, 4.9, 0.99));
        Assert.Equal((2, -4, -6, 0), Stepped(-3.6, -4.9, -1.3, 0.99));
        // A step of half the figure or less is a rounding like any other.
        Assert.Null(Stepped(100, 90, 110, 1));
        Assert.Null(Stepped(4.4, 3.3, 4.7, 0.99));
        // Always on an edge.
        Assert.Null(Stepped(3, 0, 4, 1));
    }

    [Fact]
    public void Beyond_counting_there_is_no_range()
    {
        Assert.Null(EffectRanges.Stepped(0.3, 0.1, 0.6, 1e-12));
        Assert.Null(EffectRanges.Stepped(1, 0, 2, 1e14));
        Assert.Null(EffectRanges.Stepped(0.3, -1e14, 0.6, 1));
    }

    [Theory]
    // Classes end at 0.01, 0.05, 0.1, 0.2, 0.5: wide enough, and half a sway from both ends.
    [InlineData(0.03, 0.019, 0.01, 0.05)]
    // Not wide enough: the class above, too.
    [InlineData(0.03, 0.021, 0.01, 0.1)]
    // Too near its lower end, its upper end.
    [InlineData(0.0105, 0.005, 0, 0.05)]
    [InlineData(0.0099, 0.005, 0, 0.05)]
    [InlineData(0.01, 0.005, 0, 0.05)]
    // None is below 0 or above 1: these ends may be near.
    [InlineData(0.0001, 0.004, 0, 0.01)]
    [InlineData(0.9, 0.24, 0.5, 1)]
    [InlineData(0.5, 0.125, 0.2, 1)]
    [InlineData(0.999, 0.26, 0.2, 1)]
    public void A_p_value_lies_between_classes(double p, double sway, double lower, double upper) =>
        Assert.Equal((lower, upper), EffectRanges.OfP(p, sway));

    [Theory]
    // Moved so little that it is given as it is; all classes together say nothing; no p value.
    [InlineData(0.5, 0.1)]
    [InlineData(0.5, 0.6)]
    [InlineData(1.5, 0.5)]
    public void A_p_value_that_is_exact_or_open_has_none(double p, double sway) => Assert.Null(EffectRanges.OfP(p, sway));
}

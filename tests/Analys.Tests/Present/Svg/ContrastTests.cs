using Analys.Present.Svg;

namespace Analys.Tests.Present.Svg;

public class ContrastTests
{
    [Fact]
    public void Is_that_of_WCAG()
    {
        Assert.Equal(21, Contrast.Between("#000000", "#ffffff"), 9);
        Assert.Equal(1, Contrast.Between("#0072b2", "#0072b2"), 9);
        // The well-known grey that just passes on white.
        Assert.Equal(4.54, Contrast.Between("#767676", "#ffffff"), 2);
    }

    [Fact]
    public void Text_is_readable()
    {
        Assert.All(new[] { Palette.Ink, Palette.MutedInk, Palette.Reference, Palette.Mark, Palette.Second }.Concat(Palette.Series.Take(7)),
            colour => Assert.True(Contrast.Between(colour, Palette.Paper) >= 4.2, colour));
        Assert.All(new[] { Palette.Ink, Palette.MutedInk, Palette.Reference, Palette.Mark, Palette.Second },
            colour => Assert.True(Contrast.Between(colour, Palette.Paper) >= 4.5, colour));
        Assert.All(Palette.Sequential.Concat(Palette.Diverging).Concat(Palette.Parts),
            colour => Assert.True(Contrast.Between(Contrast.InkOn(colour), colour) >= 4.5, colour));
    }

    [Fact]
    public void Marks_are_seen()
    {
        Assert.All(Palette.Series.Append(Palette.Axis).Append(Palette.Quiet),
            colour => Assert.True(Contrast.Between(colour, Palette.Paper) >= 3, colour));
        // Classes that are lighter than that have a border.
        Assert.All(Palette.Sequential.Concat(Palette.Diverging).Concat(Palette.Parts), colour =>
            Assert.True(Contrast.Between(colour, Palette.Paper) >= 3 || Contrast.Between(Palette.Axis, Palette.Paper) >= 3, colour));
    }

    [Fact]
    public void More_is_darker() =>
        Assert.All(Palette.Sequential.Zip(Palette.Sequential.Skip(1)),
            pair => Assert.True(Contrast.Between(pair.First, Palette.Paper) < Contrast.Between(pair.Second, Palette.Paper)));
}

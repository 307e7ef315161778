using Analys.Present.Svg;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Analys.Tests.Present.Svg;

public class TextTests
{
    [Fact]
    public void Widths_are_those_of_the_typeface()
    {
        // In units of 2 048 to the size: S 1366, o 1139, d 1139, e 1139, r 682, m 1706, a 1139, l 455; the typeface has no kerning.
        Assert.Equal((1366 + 1139 + 1139 + 1139 + 682 + 1706 + 1139 + 455 + 1706) / 204.8, TextWidth.Of("Södermalm", 10), 6);
        Assert.Equal(TextWidth.Of("Sodermalm", 10), TextWidth.Of("Södermalm".Normalize(System.Text.NormalizationForm.FormD), 10), 6);
    }

    [Property]
    public Property Lines_fit_and_lose_nothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(), Gen.Choose(30, 300).ToArbitrary(), (text, width) =>
        {
            var clean = new string([.. text.Get.Where(c => c is >= ' ' and < (char)0x250 or 'å' or 'ö')]);
            var lines = TextWrap.Lines(clean, width, 13);
            var kept = string.Concat(lines).Replace("-", "").Replace(" ", "");
            return lines.All(line => line.Length <= 2 || TextWidth.Of(line, 13) <= width + 1e-9)
                && kept == clean.Replace("-", "").Replace(" ", "");
        });

    [Fact]
    public void Long_text_ends_in_an_ellipsis()
    {
        var lines = TextWrap.Lines(new string('x', 500), 100, 13, 2);
        Assert.Equal(2, lines.Count);
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(TextWidth.Of(line, 13) <= 100));
    }

    [Fact]
    public void Names_break_after_their_hyphen() =>
        Assert.Equal(["Enskede-Årsta-", "Vantör"], TextWrap.Lines("Enskede-Årsta-Vantör", 100, 13));
}

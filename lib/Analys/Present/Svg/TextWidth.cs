using System.Globalization;
using System.Text;

namespace Analys.Present.Svg;

/// <summary>How wide a text is in the figures' typeface, without a drawing library.</summary>
/// <remarks>Advance widths of Helvetica, which Arial and Liberation Sans share, in thousandths of the size.</remarks>
internal static class TextWidth
{
    private static ReadOnlySpan<short> Ascii =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The width of one line of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The size of the type.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static double Of(string text, double size, bool bold = false)
    {
        var thousandths = 0;
        foreach (var rune in text.EnumerateRunes()) thousandths += Width(rune);
        return thousandths * size / 1000 * (bold ? 1.08 : 1.0);
    }

    private static int Width(Rune rune) => rune.Value switch
    {
        >= 32 and < 127 => Ascii[rune.Value - 32],
        0xA0 or 0x202F or 0xB7 => 278,
        0x2013 => 556,
        0x2014 or 0x2026 => 1000,
        0x2212 or 0xD7 => 584,
        0xE6 or 0xC6 or 0x152 or 0x153 => 1000,
        < 0x250 when char.IsLetter((char)rune.Value) => Base(rune),
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => 0,
        >= 0x1100 => 1000,
        _ => 620,
    };

    // An accented letter is as wide as its base letter.
    private static int Base(Rune rune)
    {
        var first = rune.ToString().Normalize(NormalizationForm.FormD)[0];
        return first < 127 ? Ascii[first - 32] : 611;
    }
}

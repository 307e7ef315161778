using System.Globalization;

namespace Analys.Present.Svg;

/// <summary>The contrast between two colours as WCAG 2.1 defines it, from 1 to 21.</summary>
internal static class Contrast
{
    /// <summary>The contrast ratio of two colours <c>#rrggbb</c>.</summary>
    public static double Between(string first, string second)
    {
        double a = Luminance(first), b = Luminance(second);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>The ink that reads best on a background: dark or white.</summary>
    public static string InkOn(string background) =>
        Between(Palette.Ink, background) >= Between(Palette.Paper, background) ? Palette.Ink : Palette.Paper;

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var value = byte.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}

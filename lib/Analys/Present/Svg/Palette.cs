using System.Globalization;

namespace Analys.Present.Svg;

/// <summary>The colours of all figures: Okabe-Ito for kinds, the purple arm of PuOr for more and less, all of PuOr for two
/// directions.</summary>
/// <remarks>Where a colour of Okabe-Ito has less than 3:1 on white it is darkened. No red beside green; never colour alone.</remarks>
internal static class Palette
{
    /// <summary>The background.</summary>
    public const string Paper = "#ffffff";

    /// <summary>Text.</summary>
    public const string Ink = "#16202a";

    /// <summary>Less important text: ticks, sources.</summary>
    public const string MutedInk = "#4a5663";

    /// <summary>Grid lines: they help the eye and carry nothing.</summary>
    public const string Grid = "#dfe3e8";

    /// <summary>Axes and the borders of light fields.</summary>
    public const string Axis = "#6b7785";

    /// <summary>Bars and points.</summary>
    public const string Mark = "#0072b2";

    /// <summary>What is compared with: the city, a target.</summary>
    public const string Reference = "#b84e00";

    /// <summary>The other of two points.</summary>
    public const string Second = "#b84e00";

    /// <summary>Water on maps: of another hue than the classes.</summary>
    public const string Water = "#bfe3ef";

    /// <summary>Points that stand back.</summary>
    public const string Quiet = "#7b8794";

    /// <summary>Kinds, in the order in which they are taken.</summary>
    public static IReadOnlyList<string> Series { get; } =
        ["#0072b2", "#b84e00", "#007a5a", "#a8487f", "#16202a", "#8a6a00", "#2f7fb0", "#6b7785"];

    /// <summary>The parts of a whole: light and dark take turns; parts have a border where they are light.</summary>
    public static IReadOnlyList<string> Parts { get; } =
        ["#0072b2", "#e69f00", "#16202a", "#56b4e9", "#a8487f", "#d8dde3", "#007a5a", "#f0e442"];

    /// <summary>From less to more: the purple arm of PuOr, the fourth darkened until white text on it has 4.5:1.</summary>
    public static IReadOnlyList<string> Sequential { get; } = ["#f3f2f8", "#d8daeb", "#b2abd2", "#7768a5", "#542788", "#2d004b"];

    /// <summary>From one direction to the other: PuOr, the middle light.</summary>
    public static IReadOnlyList<string> Diverging { get; } = ["#b35806", "#e08214", "#fdb863", "#f7f7f7", "#b2abd2", "#7768a5", "#542788"];

    /// <summary>The dashes of series, so that lines are told apart without colour.</summary>
    public static IReadOnlyList<string?> Dashes { get; } = [null, "7 3", "2 3", "9 3 2 3", null, "4 4", "1 4", "12 4"];
}

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

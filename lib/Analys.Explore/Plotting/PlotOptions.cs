using NetTopologySuite.Geometries;

namespace Analys;

/// <summary>What stands around a plot: its texts, units and size.</summary>
public sealed record PlotOptions
{
    /// <summary>The unit of a difference between shares: 0.02 is printed as 2,0; say "procentenheter" in the subtitle.</summary>
    public const string Points = "points";

    /// <summary>The title: what the plot shows, best as the sentence that it proves.</summary>
    public string? Title { get; init; }

    /// <summary>The line below the title: who, where, when, unit.</summary>
    public string? Subtitle { get; init; }

    /// <summary>Where the numbers come from; printed below as <c>Källa: …</c>.</summary>
    public string? Source { get; init; }

    /// <summary>A remark below the source line, such as what is withheld and why.</summary>
    public string? Note { get; init; }

    /// <summary>The description that a screen reader tells; null for one made of what is drawn.</summary>
    public string? Description { get; init; }

    /// <summary>The unit of the values, one of <see cref="Units"/> or empty: shares are fractions and are printed as percentages.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The unit of the other axis of a scatter.</summary>
    public string UnitX { get; init; } = "";

    /// <summary>The label of the horizontal axis.</summary>
    public string? XLabel { get; init; }

    /// <summary>The label of the vertical axis.</summary>
    public string? YLabel { get; init; }

    /// <summary>The width in pixels.</summary>
    public int Width { get; init; } = 760;

    /// <summary>The height in pixels; null for one that fits what is drawn.</summary>
    public int? Height { get; init; }

    /// <summary>The name of a small plot among several.</summary>
    internal string? Panel { get; init; }

    /// <summary>The language of numbers and words.</summary>
    public Language Language { get; init; } = Language.Swedish;
}

/// <summary>One value of a plot.</summary>
/// <param name="Label">What it belongs to: an area, a year, a group.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Lower">The lower end of its interval.</param>
/// <param name="Upper">The upper end of its interval.</param>
/// <param name="Series">The line, column or side that it belongs to.</param>
/// <param name="Withheld">Whether the value is kept back to protect persons: drawn hatched.</param>
public sealed record PlotRow(string Label, double? Value, double? Lower = null, double? Upper = null, string? Series = null,
    bool Withheld = false);

/// <summary>A point of a scatter.</summary>
/// <param name="X">The horizontal value.</param>
/// <param name="Y">The vertical value.</param>
/// <param name="Label">Its name; printed where there is room.</param>
/// <param name="Group">The group whose colour and shape it has.</param>
public sealed record PlotPoint(double X, double Y, string? Label = null, string? Group = null);

/// <summary>Three parts of a whole, for a triangle.</summary>
/// <param name="A">The part at the top.</param>
/// <param name="B">The part at the lower left.</param>
/// <param name="C">The part at the lower right.</param>
/// <param name="Label">Its name.</param>
/// <param name="Group">The group whose colour and shape it has.</param>
public sealed record PlotParts(double A, double B, double C, string? Label = null, string? Group = null);

/// <summary>An area of a map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its borders, in metres on a plane.</param>
/// <param name="Value">Its value; null where there is none.</param>
/// <param name="Withheld">Whether the value is kept back to protect persons: drawn hatched.</param>
public sealed record PlotArea(string Name, Geometry Shape, double? Value, bool Withheld = false);

namespace Analys.Present.Svg;

/// <summary>The size that a figure is drawn for. Every figure is drawn twice: for a page and for a telephone.</summary>
/// <param name="Name">Part of the ids and the style class: <c>wide</c> or <c>narrow</c>.</param>
/// <param name="Width">The width of the view box, in pixels at scale one.</param>
/// <param name="FontSize">The size of ordinary text.</param>
internal sealed record Frame(string Name, double Width, double FontSize)
{
    /// <summary>For a page on a screen or on paper.</summary>
    public static Frame Wide { get; } = new("wide", 760, 14);

    /// <summary>For a telephone: at 390 px the drawing is shown at scale one or larger.</summary>
    public static Frame Narrow { get; } = new("narrow", 340, 13);

    /// <summary>Whether there is little room to the side.</summary>
    public bool IsNarrow => Width < 500;

    /// <summary>The size of ticks and legends; never below 12.</summary>
    public double SmallSize => FontSize - 1;

    /// <summary>The height of a line of ordinary text.</summary>
    public double LineHeight => FontSize * 1.3;
}

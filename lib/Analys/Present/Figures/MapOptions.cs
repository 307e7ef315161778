namespace Analys.Present.Figures;

/// <summary>What a tile map or a choropleth can be told.</summary>
public sealed record MapOptions : FigureOptions
{
    /// <summary>The division of the tile map, such as <c>sdo14</c>; null for the one that fits the areas.</summary>
    public string? Division { get; init; }

    /// <summary>How values are put into classes.</summary>
    public Classing Classing { get; init; }

    /// <summary>About how many classes, 2 to 6.</summary>
    public int Classes { get; init; } = 5;

    /// <summary>The limits of the classes; null to make them.</summary>
    public IReadOnlyList<double>? Limits { get; init; }

    /// <summary>The middle of <see cref="Classing.AroundMiddle"/>; null for the city's value, else the median.</summary>
    public double? Middle { get; init; }

    /// <summary>The area that stands for the whole and is not on the map; null for the whole city where it is among the results.</summary>
    public string? Reference { get; init; }
}

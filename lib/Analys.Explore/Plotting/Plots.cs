using Analys.Explore.Plotting;
using ScottPlot;

namespace Analys;

/// <summary>Plots in house style. What comes back is a plot of ScottPlot: go on shaping it with everything that it has, then
/// <c>Save("bild.svg")</c>.</summary>
/// <remarks>Numbers as Swedish prints them, colours that can be told apart, a source line, values that are withheld hatched. Never draw
/// confidential rows: release first.</remarks>
public static class Plots
{
    private static readonly PlotOptions Plain = new();

    /// <summary>Horizontal bars with whiskers and values at their ends; several series stand side by side.</summary>
    /// <param name="rows">The bars.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="sort">Whether the largest comes first.</param>
    public static Plot Bars(IReadOnlyList<PlotRow> rows, PlotOptions? options = null, bool sort = true) =>
        BarPlots.Bars(Shown(rows), options ?? Plain, sort);

    /// <summary>Lines over time, named at their ends, with bands where rows have intervals; broken where a period is missing, withheld, or
    /// counted in a new way.</summary>
    /// <param name="rows">The values; the label is the period, the series the line.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="breaks">The first period of a new way of counting, and a word about it.</param>
    public static Plot Lines(IReadOnlyList<PlotRow> rows, PlotOptions? options = null,
        params IReadOnlyList<(double At, string Text)> breaks) => LinePlots.Lines(Shown(rows), options ?? Plain, breaks);

    /// <summary>Points with names where there is room, and on request a straight trend with its 95 % band.</summary>
    /// <param name="points">The points.</param>
    /// <param name="options">Texts, units and size.</param>
    /// <param name="trend">Whether the trend is drawn.</param>
    public static Plot Scatter(IReadOnlyList<PlotPoint> points, PlotOptions? options = null, bool trend = false) =>
        ScatterPlots.Scatter(Some(points), options ?? Plain, trend);

    /// <summary>How many values lie in each class, with the median.</summary>
    /// <param name="values">The values.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="bins">About how many classes; null for Freedman and Diaconis's rule.</param>
    public static Plot Histogram(IReadOnlyList<double> values, PlotOptions? options = null, int? bins = null) =>
        DistributionPlots.Histogram(Some(values), options ?? Plain, bins);

    /// <summary>Boxes from the lower to the upper quartile with the median; whiskers reach 1.5 times the box (Tukey), points beyond stand
    /// alone.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="options">Texts, unit and size.</param>
    public static Plot Boxes(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, PlotOptions? options = null) =>
        DistributionPlots.Boxes(Some(groups), options ?? Plain);

    /// <summary>Smoothed distributions (Gaussian kernel, Silverman's bandwidth); the area under each is one.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="options">Texts, unit and size.</param>
    public static Plot Density(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, PlotOptions? options = null) =>
        DistributionPlots.Density(Some(groups), options ?? Plain);

    /// <summary>A table of values as coloured fields: labels downwards, series across.</summary>
    /// <param name="rows">The values.</param>
    /// <param name="options">Texts, unit and size.</param>
    public static Plot Heat(IReadOnlyList<PlotRow> rows, PlotOptions? options = null) => MatrixPlots.Heat(Shown(rows), options ?? Plain);

    /// <summary>Curves of Lorenz beside the line where all have the same.</summary>
    /// <param name="curves">For each curve its name and its points from (0, 0) to (1, 1).</param>
    /// <param name="options">Texts and size.</param>
    public static Plot Lorenz(IReadOnlyList<(string Name, IReadOnlyList<double> Population, IReadOnlyList<double> Income)> curves,
        PlotOptions? options = null) =>
        LinePlots.Lorenz(Some(curves), options ?? Plain);

    /// <summary>Estimates with intervals below each other, beside the value where there is no effect.</summary>
    /// <param name="rows">The estimates.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="reference">The value of no effect.</param>
    public static Plot Forest(IReadOnlyList<PlotRow> rows, PlotOptions? options = null, double reference = 0) =>
        BarPlots.Forest(Shown(rows), options ?? Plain, reference);

    /// <summary>Two sides of a pyramid, the first label at the bottom.</summary>
    /// <param name="rows">The values; the series is the side.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <exception cref="ArgumentException">There are not two series.</exception>
    public static Plot Pyramid(IReadOnlyList<PlotRow> rows, PlotOptions? options = null) => BarPlots.Pyramid(Shown(rows), options ?? Plain);

    /// <summary>Points in a triangle: three parts of a whole.</summary>
    /// <param name="parts">The points.</param>
    /// <param name="a">What the top stands for.</param>
    /// <param name="b">What the lower left stands for.</param>
    /// <param name="c">What the lower right stands for.</param>
    /// <param name="options">Texts and size.</param>
    public static Plot Ternary(IReadOnlyList<PlotParts> parts, string a, string b, string c, PlotOptions? options = null) =>
        ScatterPlots.Ternary(Some(parts), options ?? Plain, a, b, c);

    /// <summary>A map whose areas are coloured by class.</summary>
    /// <param name="areas">The areas, in metres on a plane.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="names">Whether areas are named where there is room.</param>
    public static Plot Choropleth(IReadOnlyList<PlotArea> areas, PlotOptions? options = null, bool names = true) =>
        MatrixPlots.Choropleth([.. Some(areas).Select(area => area.Withheld ? area with { Value = null } : area)], options ?? Plain, names);

    /// <summary>Small line plots side by side, on one scale.</summary>
    /// <param name="panels">For each panel its name and rows.</param>
    /// <param name="options">Texts, unit and size.</param>
    /// <param name="columns">How many stand in a row.</param>
    public static Plot Multiples(IReadOnlyList<(string Name, IReadOnlyList<PlotRow> Rows)> panels, PlotOptions? options = null,
        int columns = 3) =>
        MatrixPlots.Multiples([.. Some(panels).Select(panel => (panel.Name, Shown(panel.Rows)))], options ?? Plain, Math.Max(1, columns));

    // A value that is withheld must not come out by the length of the axis or the order of the bars either; and a number that is none is a
    // missing one.
    private static IReadOnlyList<PlotRow> Shown(IReadOnlyList<PlotRow> rows) =>
        [.. Some(rows).Select(row => row.Withheld || row.Value is { } value && !double.IsFinite(value)
            ? row with { Value = null, Lower = null, Upper = null }
            : row is { Lower: { } lower, Upper: { } upper } && double.IsFinite(lower) && double.IsFinite(upper) ? row
            : row with { Lower = null, Upper = null })];

    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Count > 0 ? items : throw new ArgumentException("There is nothing to draw.", nameof(items));
    }
}

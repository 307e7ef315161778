using Analys.Present;
using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>A plot that a notebook shows at its own size, with its dashes, and with words for those who do not see it.</summary>
[TypeFormatterSource(typeof(PlotFormatters))]
internal sealed class HousePlot : Plot;

/// <summary>Shows a plot in a notebook: drawing, picture for pages that show no drawings, plain text.</summary>
internal sealed class PlotFormatters() : FormatterSource(
    new Formatter("image/svg+xml", value => (value as Plot)?.SvgText()),
    new Formatter("image/png", value => value is Plot plot ? Convert.ToBase64String(plot.PngBytes()) : null),
    new Formatter("text/plain", value => value is Plot plot && House.Head(plot) is { } head
        ? $"{head.Options.Title}\n{head.Described}".Trim() : "Diagram"));

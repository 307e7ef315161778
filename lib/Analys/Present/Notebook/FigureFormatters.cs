using Analys.Present.Figures;

namespace Analys.Present.Notebook;

/// <summary>Shows a <see cref="Figure"/> in a notebook: page part with table, picture, plain text.</summary>
public sealed class FigureFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Figure figure ? $"<style>{FigureStyle.Css}</style>{figure.ToHtml()}" : null),
    new Formatter("image/svg+xml", value => (value as Figure)?.ToSvg()),
    new Formatter("text/plain", value => (value as Figure)?.ToString()));

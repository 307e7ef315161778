using System.Xml.Linq;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>The SVG of a figure: inline in a page, or a file with its words inside.</summary>
internal static class FigureSvg
{
    private const string Typeface = "Arial, 'Liberation Sans', Helvetica, sans-serif";
    private static readonly XNamespace Svg = Drawing.Namespace;

    /// <summary>The picture alone; the page says the rest.</summary>
    public static XElement Inline(Figure figure, Frame frame)
    {
        var drawing = figure.Draw(frame);
        var root = Root(figure, frame.Name, frame.Width, drawing.Height);
        root.Add(new XAttribute("class", $"figure-{frame.Name}"), drawing.Definitions, drawing.Shapes);
        return root;
    }

    /// <summary>Title, subtitle, picture, source and note in one file.</summary>
    public static string Standalone(Figure figure)
    {
        var frame = Frame.Wide;
        const double Margin = 24;
        var drawing = figure.Draw(frame);
        var words = new Drawing(frame, figure.Id, figure.Language);
        var y = Margin;
        if (figure.Notice is { } notice) y = Block(words, notice, y, 14, Palette.Reference, true);
        y = Block(words, figure.Title, y, 20, Palette.Ink, true);
        y = Block(words, figure.Subtitle, y + 2, 14, Palette.MutedInk, false) + 12;
        var top = y;
        y = Block(words, figure.Source, y + drawing.Height + 12, 12, Palette.MutedInk, false);
        if (figure.Note.Length > 0) y = Block(words, figure.Note, y, 12, Palette.MutedInk, false);
        var root = Root(figure, "file", frame.Width + (2 * Margin), y + Margin);
        root.Add(
            new XAttribute("width", frame.Width + (2 * Margin)),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", Palette.Paper)),
            drawing.Definitions,
            new XElement(Svg + "g", new XAttribute("transform", $"translate({Drawing.N(Margin)} 0)"), words.Shapes),
            new XElement(Svg + "g", new XAttribute("transform", $"translate({Drawing.N(Margin)} {Drawing.N(top)})"), drawing.Shapes));
        return new XDocument(root).ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static double Block(Drawing words, string text, double y, double size, string fill, bool bold)
    {
        var lines = TextWrap.Lines(text, words.Width, size, bold: bold);
        words.Lines(0, y + size, lines, size: size, fill: fill, bold: bold);
        return y + (lines.Count * size * 1.25) + 4;
    }

    internal static XElement Root(Figure figure, string variant, double width, double height)
    {
        var prefix = $"{figure.Id}-{variant}";
        return new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Drawing.N(width)} {Drawing.N(height)}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{prefix}-title {prefix}-desc"),
            new XAttribute("lang", figure.Language.Code()),
            new XAttribute("font-family", Typeface),
            new XElement(Svg + "title", new XAttribute("id", $"{prefix}-title"), Drawing.Clean(figure.Title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{prefix}-desc"), Drawing.Clean(figure.Description)));
    }
}

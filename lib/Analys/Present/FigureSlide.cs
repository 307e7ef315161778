using System.Xml.Linq;
using Analys.Present.Svg;

namespace Analys;

/// <summary>A figure as a slide: 16 by 9, title on top, the picture as large as there is room for, the source below.</summary>
public static class FigureSlide
{
    private const double Width = 1920, Height = 1080, Margin = 80, TitleSize = 52, SubtitleSize = 30, SourceSize = 22;
    private static readonly XNamespace Svg = Drawing.Namespace;

    /// <summary>The slide as SVG of 1 920 × 1 080.</summary>
    /// <remarks>The figure is drawn anew for the slide's room: a long list of bars gets a wider drawing, not larger margins.</remarks>
    /// <param name="figure">The figure.</param>
    public static string ToSlideSvg(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var words = new Drawing(new Frame("slide", Width - (2 * Margin), SubtitleSize), figure.Id, figure.Language);
        var y = Margin - 16;
        if (figure.Notice is { } notice) y = Block(words, notice, y, SubtitleSize, Palette.Reference, true, 2);
        y = Block(words, figure.Title, y, TitleSize, Palette.Ink, true, 2);
        var top = Block(words, figure.Subtitle, y, SubtitleSize, Palette.MutedInk, false, 2) + 20;
        var source = TextWrap.Lines(figure.Source, words.Width, SourceSize, 2);
        var bottom = Height - 44 - (source.Count * SourceSize * 1.25);
        words.Lines(0, bottom + SourceSize, source, size: SourceSize, fill: Palette.MutedInk);
        var (drawing, scale) = Fit(figure, words.Width, bottom - top - 24);
        var left = Margin + ((words.Width - (drawing.Width * scale)) / 2);
        var down = top + Math.Max(0, (bottom - top - 24 - (drawing.Height * scale)) / 2);
        var root = FigureSvg.Root(figure, "slide", Width, Height);
        root.Add(
            new XAttribute("width", Width),
            new XAttribute("height", Height),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"),
                new XAttribute("fill", Palette.Paper)),
            drawing.Definitions,
            Group($"translate({Drawing.N(Margin)} 0)", words.Shapes),
            Group($"translate({Drawing.N(left)} {Drawing.N(down)})", Group(
                $"scale({scale.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)})", drawing.Shapes)));
        return new XDocument(root).ToString(SaveOptions.DisableFormatting) + "\n";
    }

    // Widens the drawing step by step until its width, not its height, bounds the scale: then no room is left at the sides.
    private static (Drawing Drawing, double Scale) Fit(Figure figure, double width, double height)
    {
        var best = (Drawing: figure.Draw(Frame.Wide), Scale: 0.0);
        best.Scale = Math.Min(width / best.Drawing.Width, height / best.Drawing.Height);
        for (var wide = 860.0; wide <= 1560; wide += 100)
        {
            var drawing = figure.Draw(new Frame(Frame.Wide.Name, wide, Frame.Wide.FontSize));
            var scale = Math.Min(width / wide, height / drawing.Height);
            if (scale < best.Scale * 0.97) break;
            best = (drawing, scale);
        }

        return best;
    }

    private static XElement Group(string transform, params object[] content) =>
        new(Svg + "g", new XAttribute("transform", transform), content);

    private static double Block(Drawing words, string text, double y, double size, string fill, bool bold, int most)
    {
        var lines = TextWrap.Lines(text, words.Width, size, most, bold);
        words.Lines(0, y + size, lines, size: size, fill: fill, bold: bold);
        return y + (lines.Count * size * 1.25) + 6;
    }
}

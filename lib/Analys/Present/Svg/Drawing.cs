using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Analys.Present.Svg;

/// <summary>Where a text stands against its point.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>A drawing in the making: shapes in the order in which they are painted. Everything written is escaped by the XML writer.</summary>
internal sealed class Drawing(Frame frame, string id, Language language)
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";
    private readonly List<XElement> shapes = [];
    private bool hatched;

    public Frame Frame { get; } = frame;

    public double Width => Frame.Width;

    public Texts Texts { get; } = Texts.Of(language);

    public Numbers.NumberFormat Numbers { get; } = Present.Numbers.NumberFormat.For(language);

    /// <summary>The height; the chart says it when it is done.</summary>
    public double Height { get; set; } = 60;

    public IReadOnlyList<XElement> Shapes => shapes;

    public string HatchId => $"{id}-{Frame.Name}-hatch";

    /// <summary>The fill of withheld cells.</summary>
    public string Hatch
    {
        get
        {
            hatched = true;
            return $"url(#{HatchId})";
        }
    }

    public XElement? Definitions => hatched
        ? new XElement(Namespace + "defs", new XElement(
            Namespace + "pattern",
            new XAttribute("id", HatchId), new XAttribute("width", 6), new XAttribute("height", 6),
            new XAttribute("patternUnits", "userSpaceOnUse"), new XAttribute("patternTransform", "rotate(45)"),
            new XElement(Namespace + "rect", new XAttribute("width", 6), new XAttribute("height", 6), new XAttribute("fill", Palette.Paper)),
            new XElement(Namespace + "line", new XAttribute("y2", 6), new XAttribute("stroke", Palette.Axis), new XAttribute("stroke-width", 2.4))))
        : null;

    public XElement Rect(double x, double y, double width, double height, string fill, string? stroke = null, double strokeWidth = 1, double radius = 0, string? kind = null)
    {
        var rect = Add("rect", ("x", N(x)), ("y", N(y)), ("width", N(Math.Max(0, width))), ("height", N(Math.Max(0, height))), ("fill", fill));
        if (stroke is not null) rect.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)));
        if (radius > 0) rect.Add(new XAttribute("rx", N(radius)));
        return Kind(rect, kind);
    }

    public XElement Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null, string? kind = null)
    {
        var line = Add("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("stroke", stroke), ("stroke-width", N(width)));
        if (dash is not null) line.Add(new XAttribute("stroke-dasharray", dash));
        return Kind(line, kind);
    }

    public XElement Circle(double x, double y, double radius, string fill, string? stroke = null, double strokeWidth = 1, string? kind = null)
    {
        var circle = Add("circle", ("cx", N(x)), ("cy", N(y)), ("r", N(radius)), ("fill", fill));
        if (stroke is not null) circle.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)));
        return Kind(circle, kind);
    }

    public XElement Path(string data, string fill, string? stroke = null, double strokeWidth = 1, string? dash = null, string? kind = null)
    {
        var path = Add("path", ("d", data), ("fill", fill));
        if (stroke is not null) path.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)), new XAttribute("stroke-linejoin", "round"));
        if (dash is not null) path.Add(new XAttribute("stroke-dasharray", dash));
        return Kind(path, kind);
    }

    public XElement Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width, string? dash = null, string? kind = null) =>
        Path("M" + string.Join("L", points.Select(point => $"{N(point.X)} {N(point.Y)}")), "none", stroke, width, dash, kind);

    public XElement Diamond(double x, double y, double half, string fill, string? stroke = null, string? kind = null) =>
        Path($"M{N(x)} {N(y - half)}L{N(x + half)} {N(y)}L{N(x)} {N(y + half)}L{N(x - half)} {N(y)}Z", fill, stroke, 1.5, null, kind);

    /// <summary>One line of text; <paramref name="y"/> is its baseline.</summary>
    public XElement Text(double x, double y, string text, Anchor anchor = Anchor.Start, double? size = null, string fill = Palette.Ink, bool bold = false, string? kind = null)
    {
        var element = Add("text", ("x", N(x)), ("y", N(y)), ("font-size", N(size ?? Frame.FontSize)), ("fill", fill));
        if (anchor != Anchor.Start) element.Add(new XAttribute("text-anchor", anchor == Anchor.Middle ? "middle" : "end"));
        if (bold) element.Add(new XAttribute("font-weight", "bold"));
        element.Add(Clean(text));
        return Kind(element, kind);
    }

    /// <summary>Several lines of text; <paramref name="y"/> is the first baseline.</summary>
    public void Lines(double x, double y, IReadOnlyList<string> lines, Anchor anchor = Anchor.Start, double? size = null, string fill = Palette.Ink, bool bold = false)
    {
        for (var i = 0; i < lines.Count; i++) Text(x, y + (i * (size ?? Frame.FontSize) * 1.25), lines[i], anchor, size, fill, bold);
    }

    /// <summary>Text without the characters that XML cannot hold.</summary>
    public static string Clean(string text) =>
        XmlText(text) ? text : string.Concat(text.EnumerateRunes().Select(rune => XmlText(rune.ToString()) ? rune.ToString() : "\uFFFD"));

    /// <summary>A length in the drawing, with two decimals at most.</summary>
    public static string N(double value)
    {
        var text = Math.Round(double.IsFinite(value) ? value : 0, 2).ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    private static bool XmlText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return false;
        }

        return true;
    }

    private static XElement Kind(XElement element, string? kind)
    {
        if (kind is not null) element.Add(new XAttribute("class", kind));
        return element;
    }

    private XElement Add(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Namespace + name);
        foreach (var (attribute, value) in attributes) element.Add(new XAttribute(attribute, value));
        shapes.Add(element);
        return element;
    }
}

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

/// <summary>A drawing in the making: shapes in the order in which they are painted. Everything written is escaped by the XML
/// writer.</summary>
internal sealed class Drawing(Frame frame, string id, Language language)
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";
    // The kinds of shapes that a reader can point at; names and lines round them are only marked with their area.
    private static readonly HashSet<string> Marks =
        ["bar", "point", "tile", "area", "cell", "first", "second", "bubble", "suppressed", "nodata", "part", "board", "council",
            "district"];
    private readonly List<XElement> shapes = [];
    private (int? Row, string? Area) told;
    private bool hatched;

    public Frame Frame { get; } = frame;

    public double Width => Frame.Width;

    public Texts Texts { get; } = Texts.Of(language);

    public NumberFormat Numbers { get; } = NumberFormat.For(language);

    /// <summary>The row of the figure's table in which each result stands; null where no table belongs to the drawing.</summary>
    public IReadOnlyDictionary<Result, int>? RowOf { get; init; }

    /// <summary>What is drawn until the scope ends stands for this result: pointing at it reads its row, and choosing its area marks
    /// it.</summary>
    /// <param name="row">The result; null for none.</param>
    public Telling Tell(Result? row)
    {
        var before = told;
        told = row is null ? default : (RowOf?.TryGetValue(row, out var index) == true ? index : null, row.Area is null ? null
            : AreaSlug.Of(row.Area));
        return new Telling(this, before);
    }

    /// <summary>The scope of a result.</summary>
    internal readonly struct Telling(Drawing drawing, (int? Row, string? Area) before) : IDisposable
    {
        public void Dispose() => drawing.told = before;
    }

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
            new XElement(Namespace + "rect", new XAttribute("width", 6), new XAttribute("height", 6),
                new XAttribute("fill", Palette.Paper)),
            new XElement(Namespace + "line", new XAttribute("y2", 6), new XAttribute("stroke", Palette.Axis),
                new XAttribute("stroke-width", 2.4))))
        : null;

    public XElement Rect(double x, double y, double width, double height, string fill, string? stroke = null, double strokeWidth = 1,
        double radius = 0, string? kind = null)
    {
        var rect =
            Add("rect", ("x", N(x)), ("y", N(y)), ("width", N(Math.Max(0, width))), ("height", N(Math.Max(0, height))), ("fill", fill));
        if (stroke is not null) rect.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)));
        if (radius > 0) rect.Add(new XAttribute("rx", N(radius)));
        return Kind(rect, kind);
    }

    public XElement Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null,
        string? kind = null)
    {
        var line = Add("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("stroke", stroke), ("stroke-width", N(width)));
        if (dash is not null) line.Add(new XAttribute("stroke-dasharray", dash));
        return Kind(line, kind);
    }

    public XElement Circle(double x, double y, double radius, string fill, string? stroke = null, double strokeWidth = 1,
        string? kind = null)
    {
        var circle = Add("circle", ("cx", N(x)), ("cy", N(y)), ("r", N(radius)), ("fill", fill));
        if (stroke is not null) circle.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)));
        return Kind(circle, kind);
    }

    public XElement Path(string data, string fill, string? stroke = null, double strokeWidth = 1, string? dash = null, string? kind = null)
    {
        var path = Add("path", ("d", data), ("fill", fill));
        if (stroke is not null)
            path.Add(new XAttribute("stroke", stroke), new XAttribute("stroke-width", N(strokeWidth)),
                new XAttribute("stroke-linejoin", "round"));
        if (dash is not null) path.Add(new XAttribute("stroke-dasharray", dash));
        return Kind(path, kind);
    }

    public XElement Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width, string? dash = null,
        string? kind = null) =>
        Path("M" + string.Join("L", points.Select(point => $"{N(point.X)} {N(point.Y)}")), "none", stroke, width, dash, kind);

    public XElement Diamond(double x, double y, double half, string fill, string? stroke = null, string? kind = null) =>
        Path($"M{N(x)} {N(y - half)}L{N(x + half)} {N(y)}L{N(x)} {N(y + half)}L{N(x - half)} {N(y)}Z", fill, stroke, 1.5, null, kind);

    /// <summary>One line of text; <paramref name="y"/> is its baseline.</summary>
    public XElement Text(double x, double y, string text, Anchor anchor = Anchor.Start, double? size = null, string fill = Palette.Ink,
        bool bold = false, string? kind = null)
    {
        var element = Add("text", ("x", N(x)), ("y", N(y)), ("font-size", N(size ?? Frame.FontSize)), ("fill", fill));
        if (anchor != Anchor.Start) element.Add(new XAttribute("text-anchor", anchor == Anchor.Middle ? "middle" : "end"));
        if (bold) element.Add(new XAttribute("font-weight", "bold"));
        element.Add(Clean(text));
        return Kind(element, kind);
    }

    /// <summary>Several lines of text; <paramref name="y"/> is the first baseline.</summary>
    public void Lines(double x, double y, IReadOnlyList<string> lines, Anchor anchor = Anchor.Start, double? size = null,
        string fill = Palette.Ink, bool bold = false)
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

    private XElement Kind(XElement element, string? kind)
    {
        if (kind is not null) element.Add(new XAttribute("class", kind));
        if (told.Row is { } row && kind is not null && Marks.Contains(kind.Split(' ')[0])) element.Add(new XAttribute("data-r", row));
        return element;
    }

    private XElement Add(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Namespace + name);
        foreach (var (attribute, value) in attributes) element.Add(new XAttribute(attribute, value));
        if (told.Area is { } area) element.Add(new XAttribute("data-a", area));
        shapes.Add(element);
        return element;
    }
}

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

/// <summary>Carries values to places on the drawing, in a straight line.</summary>
/// <param name="Min">The value at <paramref name="From"/>.</param>
/// <param name="Max">The value at <paramref name="To"/>.</param>
/// <param name="From">The place of the smallest value.</param>
/// <param name="To">The place of the largest value; smaller than <paramref name="From"/> on an upright axis.</param>
internal readonly record struct LinearScale(double Min, double Max, double From, double To)
{
    /// <summary>The scale of an axis: it reaches from the first tick to the last.</summary>
    public static LinearScale Over(double[] ticks, double from, double to) => new(ticks[0], ticks[^1], from, to);

    /// <summary>The place of a value.</summary>
    /// <param name="value">The value; outside the range it is carried on along the line.</param>
    public double At(double value) => Max == Min ? From : From + ((value / 2 - Min / 2) / (Max / 2 - Min / 2) * (To - From));

    /// <summary>The place of a value, or of the end of the axis that it lies beyond.</summary>
    public double Clamped(double value) => At(Math.Clamp(value, Math.Min(Min, Max), Math.Max(Min, Max)));
}

/// <summary>Round numbers on an axis: 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    /// <summary>Ticks from at or below <paramref name="min"/> to at or above <paramref name="max"/>, rising, evenly spaced, at least
    /// two.</summary>
    /// <param name="min">The smallest value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="about">How many are wanted; about as many come.</param>
    public static double[] Around(double min, double max, int about = 5)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || max < min) (min, max) = (0, 1);
        if (!double.IsFinite(max - min)) return [min, 0, max];
        if (max - min <= Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-9)
        {
            var room = max == 0 ? 1 : Math.Abs(max) * 0.5;
            (min, max) = (min - (min > 0 && min <= room ? min : room), max + room);
            if (max <= min) return [0, 1];
        }

        var step = Step((max - min) / Math.Max(1, about - 1));
        if (!(step > 0) || !double.IsFinite(max / step)) return [min, max];
        var first = Math.Floor((min / step) + 1e-9);
        var last = Math.Ceiling((max / step) - 1e-9);
        if (last <= first) last = first + 1;
        var ticks = new double[(int)Math.Min(last - first, 1000) + 1];
        for (var i = 0; i < ticks.Length; i++) ticks[i] = At(first + i, step);
        return ticks;
    }

    /// <summary>Round limits of as many classes as possible up to <paramref name="count"/> that hold all values.</summary>
    public static double[] Classes(double min, double max, int count)
    {
        if (!(max - min > Math.Max(Math.Abs(min), Math.Abs(max)) * 1e-9) || !double.IsFinite(max - min)) return Around(min, max, 2);
        var power = Math.Pow(10, Math.Floor(Math.Log10((max - min) / count)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10, 20])
        {
            var step = factor * power;
            var first = Math.Floor((min / step) + 1e-9);
            var last = Math.Ceiling((max / step) - 1e-9);
            if (last - first <= count) return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => At(first + i, step))];
        }

        return Around(min, max, count);
    }

    /// <summary>The smallest of 1, 2 and 5 times a power of ten that is at least <paramref name="raw"/>, almost.</summary>
    private static double Step(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1.0001 => power, <= 2.0001 => 2 * power, <= 5.0001 => 5 * power, _ => 10 * power };
    }

    // A multiple of 0.1 is 0.3, not 0.30000000000000004.
    private static double At(double multiple, double step)
    {
        var value = multiple * step;
        return Math.Abs(value) < 1e12 && step > 1e-12
            ? (double)Math.Round((decimal)value, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 20)) : value;
    }
}

using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace Analys.Raster;

/// <summary>Paints the SVG that figures write: rectangles, lines, circles, paths, text, groups, one hatching. Nothing else is taken, and
/// nothing else is passed over.</summary>
/// <remarks>Figures draw with a few elements (<c>Drawing</c>), so a painter of those is shorter and surer than a reader of all of
/// SVG.</remarks>
internal static class SvgPainter
{
    // The hatching of withheld cells: a stripe in every tile, turned by 45 degrees, as the pattern in Drawing has it.
    private const float Tile = 6, Stripe = 1.2f;
    private static readonly SKColor Paper = SKColors.White, Hatching = SKColor.Parse("#6b7785");

    /// <summary>The size of the picture: its view box.</summary>
    public static (double Width, double Height) Size(XElement svg)
    {
        var box = svg.Attribute("viewBox")!.Value.Split(' ');
        return (Parse(box[2]), Parse(box[3]));
    }

    /// <summary>Paints an <c>svg</c> or <c>g</c> element and all that stands in it.</summary>
    public static void Paint(SKCanvas canvas, XElement parent)
    {
        foreach (var element in parent.Elements())
        {
            using var restore = new SKAutoCanvasRestore(canvas);
            if (Text(element, "transform") is { } transform) Transform(canvas, transform);
            switch (element.Name.LocalName)
            {
                case "title" or "desc" or "defs" or "style": break;
                case "g" or "a": Paint(canvas, element); break;
                case "text": PaintText(canvas, element); break;
                default:
                    using (var path = Outline(canvas, element)) Shape(canvas, element, path);
                    break;
            }
        }
    }

    private static SKPath Outline(SKCanvas canvas, XElement element)
    {
        var path = new SKPath();
        switch (element.Name.LocalName)
        {
            case "rect":
                var (x, y) = (Number(element, "x"), Number(element, "y"));
                // The background of a file fills all that there is.
                var box = Text(element, "width") == "100%"
                    ? canvas.LocalClipBounds
                    : SKRect.Create(x, y, Number(element, "width"), Number(element, "height"));
                var radius = Number(element, "rx");
                path.AddRoundRect(box, radius, radius);
                break;
            case "circle": path.AddCircle(Number(element, "cx"), Number(element, "cy"), Number(element, "r")); break;
            case "line":
                path.MoveTo(Number(element, "x1"), Number(element, "y1"));
                path.LineTo(Number(element, "x2"), Number(element, "y2"));
                break;
            case "path":
                using (var parsed = SKPath.ParseSvgPathData(Text(element, "d") ?? "")) path.AddPath(parsed);
                if (Text(element, "fill-rule") == "evenodd") path.FillType = SKPathFillType.EvenOdd;
                break;
            case var other: throw new NotSupportedException($"A figure holds the element {other}, which is not painted.");
        }

        return path;
    }

    private static void Shape(SKCanvas canvas, XElement element, SKPath path)
    {
        var fill = Text(element, "fill");
        if (fill is not null && fill.StartsWith("url(", StringComparison.Ordinal)) Hatch(canvas, path);
        else if (fill is not (null or "none") && element.Name.LocalName != "line")
        {
            using var paint = new SKPaint { Color = Colour(fill, Text(element, "fill-opacity")), IsAntialias = true };
            canvas.DrawPath(path, paint);
        }

        if (Text(element, "stroke") is not { } stroke || stroke == "none") return;
        using var line = new SKPaint
        {
            Color = Colour(stroke, Text(element, "stroke-opacity")),
            IsStroke = true,
            StrokeWidth = Text(element, "stroke-width") is null ? 1 : Number(element, "stroke-width"),
            StrokeJoin = Text(element, "stroke-linejoin") == "round" ? SKStrokeJoin.Round : SKStrokeJoin.Miter,
            StrokeCap = Text(element, "stroke-linecap") == "round" ? SKStrokeCap.Round : SKStrokeCap.Butt,
            IsAntialias = true,
        };
        if (Text(element, "stroke-dasharray") is { } dash)
        {
            line.PathEffect = SKPathEffect.CreateDash([.. dash.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Select(part => (float)Parse(part))], 0);
        }

        canvas.DrawPath(path, line);
        line.PathEffect?.Dispose();
    }

    // As lines and not as a tile, so that a PDF holds lines.
    private static void Hatch(SKCanvas canvas, SKPath path)
    {
        using var restore = new SKAutoCanvasRestore(canvas);
        canvas.ClipPath(path, SKClipOperation.Intersect, true);
        using var paper = new SKPaint { Color = Paper };
        using var stripe = new SKPaint { Color = Hatching, IsStroke = true, StrokeWidth = Stripe, IsAntialias = true };
        canvas.DrawPath(path, paper);
        canvas.RotateDegrees(45);
        var bounds = canvas.LocalClipBounds;
        for (var x = MathF.Floor(bounds.Left / Tile) * Tile; x < bounds.Right; x += Tile)
        {
            canvas.DrawLine(x + (Stripe / 2), bounds.Top, x + (Stripe / 2), bounds.Bottom, stripe);
        }
    }

    private static void PaintText(SKCanvas canvas, XElement element)
    {
        var runs = Typefaces.Runs(element.Value, Number(element, "font-size"), Text(element, "font-weight") == "bold");
        var width = runs.Sum(run => run.Width);
        var x = Number(element, "x") - (Text(element, "text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 });
        using var paint = new SKPaint { Color = Colour(Text(element, "fill") ?? "#000000", null), IsAntialias = true };
        foreach (var run in runs)
        {
            canvas.DrawText(run.Text, (float)x, Number(element, "y"), SKTextAlign.Left, run.Font, paint);
            x += run.Width;
            run.Font.Dispose();
        }
    }

    private static void Transform(SKCanvas canvas, string transform)
    {
        var open = transform.IndexOf('(', StringComparison.Ordinal);
        var numbers = transform[(open + 1)..].TrimEnd(')').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => (float)Parse(part)).ToArray();
        switch (transform[..open])
        {
            case "translate": canvas.Translate(numbers[0], numbers.Length > 1 ? numbers[1] : 0); break;
            case "rotate" when numbers.Length == 3: canvas.RotateDegrees(numbers[0], numbers[1], numbers[2]); break;
            case "rotate": canvas.RotateDegrees(numbers[0]); break;
            case "scale": canvas.Scale(numbers[0], numbers[^1]); break;
            case var other: throw new NotSupportedException($"A figure holds the transform {other}, which is not painted.");
        }
    }

    private static SKColor Colour(string text, string? opacity)
    {
        var colour = SKColor.Parse(text);
        return opacity is null ? colour : colour.WithAlpha((byte)Math.Round(255 * Parse(opacity)));
    }

    private static string? Text(XElement element, string name) => element.Attribute(name)?.Value;

    private static float Number(XElement element, string name) => Text(element, name) is { } text ? (float)Parse(text) : 0;

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

using ScottPlot;
using SkiaSharp;
using Color = ScottPlot.Color;
using Palette = Analys.Present.Svg.Palette;

namespace Analys.Explore.Plotting;

/// <summary>A filled field: its rings (holes among them), its colour, and a text in its middle.</summary>
internal sealed record FieldShape(Coordinates[][] Rings, Color Color, bool Hatched = false, string? Text = null);

/// <summary>Fields of a map, of a heat map, or bars that are withheld; holes stay open and hatching stays lines.</summary>
internal sealed class Fields(IReadOnlyList<FieldShape> shapes, float border = 0.7f) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => new(shapes.SelectMany(shape => shape.Rings).SelectMany(ring => ring));

    public void Render(RenderPack rp)
    {
        foreach (var shape in shapes)
        {
            using var path = new SKPath { FillType = SKPathFillType.EvenOdd };
            foreach (var ring in shape.Rings)
            {
                for (var i = 0; i < ring.Length; i++)
                {
                    var pixel = Axes.GetPixel(ring[i]);
                    if (i == 0) path.MoveTo(pixel.X, pixel.Y);
                    else path.LineTo(pixel.X, pixel.Y);
                }

                path.Close();
            }

            Patterns.Fill(rp.Canvas, path, shape.Color, shape.Hatched, border);
            if (shape.Text is not { } text || House.Measure(text, House.Small) > path.Bounds.Width - 4) continue;
            var middle = path.Bounds.MidY + 4.5f;
            if (shape.Hatched)
            {
                // A text on hatching cannot be read without a ground of its own.
                var half = House.Measure(text, House.Small) / 2 + 3;
                using var ground = new SKPaint { Color = new SKColor(Color.FromHex(Palette.Paper).ARGB) };
                rp.Canvas.DrawRect(new SKRect(path.Bounds.MidX - half, middle - 12, path.Bounds.MidX + half, middle + 4), ground);
            }

            House.Write(rp.Canvas, text, path.Bounds.MidX, middle, House.Small, shape.Hatched || House.Light(shape.Color) ? House.Ink
                : Color.FromHex(Palette.Paper), align: SKTextAlign.Center);
        }
    }

    public static Coordinates[] Rectangle(double left, double right, double bottom, double top) =>
        [new(left, bottom), new(right, bottom), new(right, top), new(left, top)];
}

/// <summary>Names beside points, where there is room: none lies on another, on a point, or outside the field.</summary>
internal sealed class PointLabels(IReadOnlyList<(Coordinates At, string Text, bool Dark)> labels, IReadOnlyList<Coordinates> points,
    bool centred = false) : IPlottable
{
    private const float Reach = 7;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var taken = new List<SKRect>(points.Select(point =>
        {
            var pixel = Axes.GetPixel(point);
            return new SKRect(pixel.X - 4, pixel.Y - 4, pixel.X + 4, pixel.Y + 4);
        }));
        var field = rp.DataRect.ToSKRect();
        foreach (var (at, text, dark) in labels)
        {
            var pixel = Axes.GetPixel(at);
            var wide = House.Measure(text, House.Small);
            (float X, float Y)[] places = centred ? [(-wide / 2, -7)] :
            [
                (Reach, -7), (-Reach - wide, -7), (-wide / 2, -21), (-wide / 2, 7), (Reach, -17), (Reach, 3), (-Reach - wide, -17),
                (-Reach - wide, 3),
            ];
            foreach (var (dx, dy) in places)
            {
                var box = new SKRect(pixel.X + dx, pixel.Y + dy, pixel.X + dx + wide, pixel.Y + dy + 14);
                if (!field.Contains(box) || taken.Exists(box.IntersectsWith)) continue;
                taken.Add(box);
                if (!dark) Halo(rp.Canvas, text, box.Left, box.Top + 11.5f);
                House.Write(rp.Canvas, text, box.Left, box.Top + 11.5f, House.Small, dark ? Color.FromHex(Palette.Paper) : House.Ink);
                break;
            }
        }
    }

    private static void Halo(SKCanvas canvas, string text, float x, float y)
    {
        using var font = House.Font(House.Small);
        using var paint = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 3,
            StrokeJoin = SKStrokeJoin.Round,
            IsAntialias = true,
            Color = new SKColor(Color.FromHex(Palette.Paper).ARGB),
        };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }
}

/// <summary>Fills of fields: plain with a fine border, or hatched where a value is withheld.</summary>
internal static class Patterns
{
    private const float Gap = 5;

    public static void Fill(SKCanvas canvas, PixelRect box, Color color, bool hatched)
    {
        using var path = new SKPath();
        path.AddRect(box.ToSKRect());
        Fill(canvas, path, color, hatched);
    }

    /// <summary>Fills a path; the hatching is drawn as lines, so that it stays lines in SVG and PDF.</summary>
    public static void Fill(SKCanvas canvas, SKPath path, Color color, bool hatched, float border = 0.7f)
    {
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Fill,
            Color = new SKColor(hatched ? Color.FromHex(Palette.Paper).ARGB : color.ARGB)
        };
        canvas.DrawPath(path, paint);
        paint.Style = SKPaintStyle.Stroke;
        if (hatched)
        {
            canvas.Save();
            canvas.ClipPath(path, antialias: true);
            paint.Color = new SKColor(House.AxisLine.ARGB);
            paint.StrokeWidth = 1;
            var box = path.Bounds;
            for (var x = box.Left - box.Height; x < box.Right; x += Gap) canvas.DrawLine(x, box.Bottom, x + box.Height, box.Top, paint);
            canvas.Restore();
        }

        if (border <= 0) return;
        paint.Color = new SKColor(House.AxisLine.ARGB);
        paint.StrokeWidth = border;
        canvas.DrawPath(path, paint);
    }
}

using Palette = Analys.Present.Svg.Palette;
using ScottPlot;
using SkiaSharp;
using Color = ScottPlot.Color;

namespace Analys.Explore.Plotting;

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
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill, Color = new SKColor(hatched ? Color.FromHex(Palette.Paper).ARGB : color.ARGB) };
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

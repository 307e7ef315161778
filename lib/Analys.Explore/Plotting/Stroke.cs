using ScottPlot;
using SkiaSharp;
using Color = ScottPlot.Color;

namespace Analys.Explore.Plotting;

/// <summary>Dashed lines as outlines: the SVG canvas of Skia leaves dashes out, and a line that is told from others by its dashes would be lost.</summary>
internal static class Stroke
{
    public static void Draw(SKCanvas canvas, SKPath path, Color color, float width, LinePattern pattern)
    {
        using var paint = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true, Color = new SKColor(color.ARGB) };
        using var dashes = Dashes(pattern, width);
        if (dashes is null)
        {
            canvas.DrawPath(path, paint);
            return;
        }

        paint.PathEffect = dashes;
        using var outline = new SKPath();
        paint.GetFillPath(path, outline);
        using var fill = new SKPaint { Style = SKPaintStyle.Fill, IsAntialias = true, Color = new SKColor(color.ARGB) };
        canvas.DrawPath(outline, fill);
    }

    /// <summary>Draws the plot with its dashed lines as outlines, and puts everything back.</summary>
    public static T Outlined<T>(Plot plot, Func<T> draw)
    {
        var (back, list) = (new List<Action>(), plot.PlottableList);
        for (var i = 0; i < list.Count; i++)
        {
            var (item, place) = (list[i], i);
            if (Line(item) is not { } line || line.Style.Pattern.Equals(LinePattern.Solid) || line.Style.Width <= 0) continue;
            var width = line.Style.Width;
            var outlined = new Outline(line.Points, line.Style.Color, width, line.Style.Pattern) { Axes = item.Axes };
            line.Style.Width = 0;
            list[place] = new Pair(outlined, item);
            back.Add(() =>
            {
                line.Style.Width = width;
                list[place] = item;
            });
        }

        try
        {
            return draw();
        }
        finally
        {
            back.ForEach(put => put());
        }
    }

    private static (LineStyle Style, Func<RenderPack, IAxes, IEnumerable<Pixel>> Points)? Line(IPlottable item) => item switch
    {
        ScottPlot.Plottables.Scatter scatter => (scatter.LineStyle, (_, axes) => scatter.Data.GetScatterPoints().Select(axes.GetPixel)),
        ScottPlot.Plottables.LinePlot line => (line.LineStyle, (_, axes) => [axes.GetPixel(line.Start), axes.GetPixel(line.End)]),
        ScottPlot.Plottables.VerticalLine line => (line.LineStyle, (pack, axes) => [new(axes.GetPixelX(line.X), pack.DataRect.Bottom), new(axes.GetPixelX(line.X), pack.DataRect.Top)]),
        ScottPlot.Plottables.HorizontalLine line => (line.LineStyle, (pack, axes) => [new(pack.DataRect.Left, axes.GetPixelY(line.Y)), new(pack.DataRect.Right, axes.GetPixelY(line.Y))]),
        _ => null,
    };

    private static SKPathEffect? Dashes(LinePattern pattern, float width)
    {
        if (pattern.Equals(LinePattern.Solid)) return null;
        float[] lengths = pattern.Equals(LinePattern.Dotted) ? [2, 3] : pattern.Equals(LinePattern.DenselyDashed) ? [6, 4] : [9, 5];
        return SKPathEffect.CreateDash([.. lengths.Select(length => length * Math.Max(1, width / 2))], 0);
    }

    private sealed class Outline(Func<RenderPack, IAxes, IEnumerable<Pixel>> points, Color color, float width, LinePattern pattern) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            using var path = new SKPath();
            foreach (var pixel in points(rp, Axes))
            {
                if (path.PointCount == 0) path.MoveTo(pixel.X, pixel.Y);
                else path.LineTo(pixel.X, pixel.Y);
            }

            Draw(rp.Canvas, path, color, width, pattern);
        }
    }

    // What is left of the item, its markers, is drawn on its line.
    private sealed class Pair(IPlottable below, IPlottable above) : IPlottable
    {
        public bool IsVisible { get => above.IsVisible; set => above.IsVisible = value; }

        public IAxes Axes { get => above.Axes; set => (below.Axes, above.Axes) = (value, value); }

        public IEnumerable<LegendItem> LegendItems => above.LegendItems;

        public AxisLimits GetAxisLimits() => above.GetAxisLimits();

        public void Render(RenderPack rp)
        {
            below.Render(rp);
            above.Render(rp);
        }
    }
}

using ScottPlot;
using SkiaSharp;
using Color = ScottPlot.Color;

namespace Analys.Explore.Plotting;

/// <summary>How an entry of a legend is drawn.</summary>
internal enum KeyShape
{
    Box,
    Hatched,
    Line,
    Point,
}

/// <summary>An entry of a legend.</summary>
internal sealed record LegendKey(string Text, Color Color, KeyShape Kind = KeyShape.Box, LinePattern? Pattern = null, MarkerShape Marker = MarkerShape.FilledCircle);

/// <summary>Title, subtitle and legend above the field, to the left, broken into lines; it also keeps what a file of the plot says of itself.</summary>
internal sealed class HeadPanel(PlotOptions options, string described) : IPanel
{
    private const float TitleSize = 17;
    private const float LineHeight = 1.3f;
    private const float KeyRow = 20;

    public PlotOptions Options { get; } = options;

    /// <summary>What is drawn, for those who do not see it.</summary>
    public string Described { get; } = described;

    public List<LegendKey> Keys { get; } = [];

    public float Width { get; set; } = options.Width;

    /// <summary>The height of the whole figure that fits.</summary>
    public int Height { get; set; }

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Top;

    public float Measure(Paint paint) => Size();

    /// <summary>The height of the panel.</summary>
    public float Size()
    {
        var size = House.Margin + TitleLines.Count * TitleSize * LineHeight + SubtitleLines.Count * House.Text * LineHeight + (Options.Panel is null ? 0 : House.Text * LineHeight);
        return size + (Keys.Count > 0 ? KeyRows().Count * KeyRow + 4 : 0) + (Options.YLabel is null ? 0 : KeyRow) + 10;
    }

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Top - offset, dataRect.Top - offset - size);

    public void Render(RenderPack rp, float size, float offset)
    {
        var left = rp.FigureRect.Left + House.Margin;
        var y = rp.DataRect.Top - offset - size + House.Margin;
        foreach (var line in TitleLines) House.Write(rp.Canvas, line, left, (y += TitleSize * LineHeight) - 5, TitleSize, House.Ink, bold: true);
        if (Options.Panel is { } name) House.Write(rp.Canvas, name, left, (y += House.Text * LineHeight) - 4, House.Text, House.Ink, bold: true);
        foreach (var line in SubtitleLines) House.Write(rp.Canvas, line, left, (y += House.Text * LineHeight) - 4, House.Text, House.Muted);
        y += 4;
        foreach (var row in KeyRows())
        {
            foreach (var (key, x) in row)
            {
                DrawKey(rp, key, left + x, y + KeyRow / 2);
                House.Write(rp.Canvas, key.Text, left + x + 26, y + KeyRow / 2 + 4.5f, House.Small, House.Ink);
            }

            y += KeyRow;
        }

        // Above the axis and lying: a label that stands on its end is read with the head turned.
        if (Options.YLabel is { } label) House.Write(rp.Canvas, label, left, y + KeyRow - 3, House.Small, House.Muted);
    }

    private IReadOnlyList<string> TitleLines => Options.Title is { Length: > 0 } title ? House.Wrap(title, TitleSize, true, Width - 2 * House.Margin) : [];

    private IReadOnlyList<string> SubtitleLines => Options.Subtitle is { Length: > 0 } text ? House.Wrap(text, House.Text, false, Width - 2 * House.Margin) : [];

    private List<List<(LegendKey Key, float X)>> KeyRows()
    {
        var rows = new List<List<(LegendKey, float)>> { new() };
        var x = 0f;
        foreach (var key in Keys)
        {
            var wide = 26 + House.Measure(key.Text, House.Small) + 18;
            if (x > 0 && x + wide > Width - 2 * House.Margin)
            {
                rows.Add([]);
                x = 0;
            }

            rows[^1].Add((key, x));
            x += wide;
        }

        return rows;
    }

    private static void DrawKey(RenderPack rp, LegendKey key, float x, float middle)
    {
        var box = new PixelRect(x, x + 20, middle + 6, middle - 6);
        if (key.Kind == KeyShape.Line)
        {
            using var path = new SKPath();
            path.MoveTo(x, middle);
            path.LineTo(x + 22, middle);
            Stroke.Draw(rp.Canvas, path, key.Color, 2, key.Pattern ?? LinePattern.Solid);
        }
        else if (key.Kind == KeyShape.Point)
        {
            ScottPlot.Drawing.DrawMarker(rp.Canvas, rp.Paint, new Pixel(x + 10, middle), new MarkerStyle(key.Marker, 9, key.Color) { LineColor = key.Color, LineWidth = 1.5f });
        }
        else
        {
            Patterns.Fill(rp.Canvas, box, key.Color, key.Kind == KeyShape.Hatched);
        }
    }
}

/// <summary>The source line and the remark below the field, to the left.</summary>
internal sealed class FootPanel(PlotOptions options) : IPanel
{
    private const float LineHeight = 1.35f;

    public float Width { get; set; } = options.Width;

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Bottom;

    public float Measure(Paint paint) => Size();

    public float Size() => 10 + Lines.Count * House.Small * LineHeight;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Left, dataRect.Right, dataRect.Bottom + offset + size, dataRect.Bottom + offset);

    public void Render(RenderPack rp, float size, float offset)
    {
        var y = rp.DataRect.Bottom + offset + 2;
        foreach (var line in Lines) House.Write(rp.Canvas, line, rp.FigureRect.Left + House.Margin, (y += House.Small * LineHeight) - 3, House.Small, House.Muted);
    }

    private IReadOnlyList<string> Lines
    {
        get
        {
            var texts = new List<string>();
            if (options.Source is { Length: > 0 } source) texts.Add($"{House.Say(options, "Källa", "Source")}: {source.TrimEnd('.')}.");
            if (options.Note is { Length: > 0 } note) texts.Add(note);
            return [.. texts.SelectMany(text => House.Wrap(text, House.Small, false, Width - 2 * House.Margin))];
        }
    }
}

/// <summary>Names at the right ends of lines, moved apart where they would meet.</summary>
internal sealed class EndLabels(Plot plot) : IPanel
{
    private const float Line = 15;

    public List<(string Text, double Y, Color Color)> Labels { get; } = [];

    public bool IsVisible { get; set; } = true;

    public float MinimumSize { get; set; }

    public float MaximumSize { get; set; } = float.MaxValue;

    public bool ShowDebugInformation { get; set; }

    public Edge Edge => Edge.Right;

    public float Measure(Paint paint) => Labels.Count == 0 ? 0 : Labels.Max(label => House.Measure(label.Text, House.Small)) - 8;

    public PixelRect GetPanelRect(PixelRect dataRect, float size, float offset, Paint paint) =>
        new(dataRect.Right + offset, dataRect.Right + offset + size, dataRect.Bottom, dataRect.Top);

    public void Render(RenderPack rp, float size, float offset)
    {
        var placed = Labels.Select(label => (label, Y: plot.Axes.Left.GetPixel(label.Y, rp.DataRect))).OrderBy(one => one.Y).ToArray();
        var at = placed.Select(one => one.Y).ToArray();
        // Neighbours push each other aside until none meet.
        for (var pass = 0; pass < 100; pass++)
        {
            for (var i = 1; i < at.Length; i++)
            {
                var overlap = Line - (at[i] - at[i - 1]);
                if (overlap <= 0) continue;
                at[i - 1] -= overlap / 2;
                at[i] += overlap / 2;
            }
        }

        for (var i = 0; i < at.Length; i++) House.Write(rp.Canvas, placed[i].label.Text, rp.DataRect.Right + offset - 16, at[i] + 4, House.Small, placed[i].label.Color);
    }
}

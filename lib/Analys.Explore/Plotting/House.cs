using Analys.Present;
using ScottPlot;
using SkiaSharp;
using Color = ScottPlot.Color;
using Palette = Analys.Present.Svg.Palette;

namespace Analys.Explore.Plotting;

/// <summary>The house style of plots: colours, type, a frame without a box, light grid lines, title and source outside the field.</summary>
internal static class House
{
    public const float Text = 13;
    public const float Small = 12;
    public const float Margin = 14;
    private const float CornerGap = 6;

    static House() => HouseFont.Use();

    public static Color Ink { get; } = Color.FromHex(Palette.Ink);

    public static Color Muted { get; } = Color.FromHex(Palette.MutedInk);

    public static Color GridLine { get; } = Color.FromHex(Palette.Grid);

    public static Color AxisLine { get; } = Color.FromHex(Palette.Axis);

    public static Color Mark { get; } = Color.FromHex(Palette.Mark);

    public static Color Second { get; } = Color.FromHex(Palette.Second);

    public static Color Quiet { get; } = Color.FromHex(Palette.Quiet);

    public static Color Series(int index) => Color.FromHex(Palette.Series[index % Palette.Series.Count]);

    /// <summary>Patterns beside colours: nothing is told by colour alone.</summary>
    public static LinePattern Pattern(int index) => (index % 5) switch
    {
        1 => LinePattern.Dashed,
        2 => LinePattern.Dotted,
        3 => LinePattern.DenselyDashed,
        4 => LinePattern.Solid,
        _ => LinePattern.Solid,
    };

    public static MarkerShape Shape(int index) => (index % 6) switch
    {
        1 => MarkerShape.FilledSquare,
        2 => MarkerShape.FilledTriangleUp,
        3 => MarkerShape.FilledDiamond,
        4 => MarkerShape.OpenCircle,
        5 =>
            MarkerShape.OpenSquare,
        _ => MarkerShape.FilledCircle,
    };

    /// <summary>The colour of a class on a scale from little to much.</summary>
    public static Color Sequential(int step, int of) =>
        Color.FromHex(Palette.Sequential[of <= 1 ? 3 : (int)Math.Round(step * (Palette.Sequential.Count - 1.0) / (of - 1))]);

    /// <summary>A new plot with the texts that stand around it.</summary>
    /// <param name="options">The texts.</param>
    /// <param name="height">The height that fits what will be drawn, without title and source.</param>
    /// <param name="described">What is drawn, in a sentence, for those who do not see it.</param>
    public static Plot New(PlotOptions options, double height, string described)
    {
        var plot = new HousePlot();
        plot.FigureBackground.Color = Color.FromHex(Palette.Paper);
        plot.DataBackground.Color = Color.FromHex(Palette.Paper);
        plot.Axes.Color(Muted);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.FrameLineStyle.Color = AxisLine;
        plot.Axes.Title.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.MinimumSize = 26;
        plot.Axes.Left.MinimumSize = 12;
        plot.Grid.MajorLineColor = GridLine;
        plot.Grid.MinorLineWidth = 0;
        foreach (var axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = Small;
            axis.TickLabelStyle.ForeColor = Muted;
            axis.TickLabelStyle.FontName = Fonts.Default;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
            axis.Label.FontSize = Text;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Ink;
            axis.Label.FontName = Fonts.Default;
        }

        // The lowest number upwards and the first across would meet in the corner.
        (plot.Axes.Bottom.MajorTickStyle.Length, plot.Axes.Bottom.MajorTickStyle.Width) = (CornerGap, 0);
        if (options.XLabel is { } x) plot.XLabel(x);
        var head = new HeadPanel(options, described);
        var foot = new FootPanel(options);
        plot.Axes.AddPanel(head);
        plot.Axes.AddPanel(foot);
        // How many lines the title takes depends on the width of the figure, which a panel is not told when it is measured.
        plot.RenderManager.RenderStarting += (_, pack) => head.Width = foot.Width = (float)(pack.FigureRect.Width / plot.ScaleFactor);
        head.Height = (int)Math.Ceiling(options.Height ?? (height + head.Size() + foot.Size()));
        return plot;
    }

    /// <summary>Adds to the legend between title and field.</summary>
    public static void Legend(this Plot plot, params IEnumerable<LegendKey> keys)
    {
        var head = Head(plot)!;
        var before = head.Size();
        head.Keys.AddRange(keys);
        if (head.Options.Height is null) head.Height += (int)Math.Ceiling(head.Size() - before);
    }

    /// <summary>The texts of a plot in house style; null of one that was made elsewhere.</summary>
    public static HeadPanel? Head(Plot plot) => plot.Axes.GetPanels().OfType<HeadPanel>().FirstOrDefault();

    public static SKFont Font(float size, bool bold = false) =>
        new(Fonts.GetTypeface(Fonts.Default, bold, false), size) { Subpixel = true, Hinting = SKFontHinting.None };

    public static float Measure(string text, float size, bool bold = false)
    {
        using var font = Font(size, bold);
        return font.MeasureText(text);
    }

    /// <summary>Breaks a text into lines of at most a width, at spaces.</summary>
    public static IReadOnlyList<string> Wrap(string text, float size, bool bold, float width)
    {
        using var font = Font(size, bold);
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }

    public static void Write(SKCanvas canvas, string text, float x, float y, float size, Color color, bool bold = false,
        SKTextAlign align = SKTextAlign.Left)
    {
        using var font = Font(size, bold);
        using var paint = new SKPaint { Color = new SKColor(color.ARGB), IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Whether dark text can be read on a colour: relative luminance by WCAG, where white text needs 4.5:1.</summary>
    public static bool Light(Color color)
    {
        static double Part(byte value) =>
            value / 255.0 <= 0.03928 ? value / 255.0 / 12.92 : Math.Pow(((value / 255.0) + 0.055) / 1.055, 2.4);
        return (0.2126 * Part(color.R)) + (0.7152 * Part(color.G)) + (0.0722 * Part(color.B)) > 0.183;
    }

    /// <summary>Words of a plot.</summary>
    public static string Say(PlotOptions options, string swedish, string english) =>
        options.Language == Language.English ? english : swedish;
}

/// <summary>The type of all plots: the first family that the machine has of those the figures of the report name.</summary>
/// <remarks>Left to itself the plotting library falls back to a serif type where its own choice is missing.</remarks>
internal static class HouseFont
{
    private static readonly string[] Families = ["Arial", "Liberation Sans", "Helvetica", "DejaVu Sans"];
    private static readonly Lock Gate = new();
    private static bool used;

    public static void Use()
    {
        lock (Gate)
        {
            if (used) return;
            var found =
                Families.FirstOrDefault(family => SKFontManager.Default.MatchFamily(family) is { } face && face.FamilyName == family);
            if (found is not null) Fonts.Default = found;
            used = true;
        }
    }
}

/// <summary>A plot that a notebook shows at its own size, with its dashes, and with words for those who do not see it.</summary>
[TypeFormatterSource(typeof(PlotFormatters))]
internal sealed class HousePlot : Plot;

/// <summary>Shows a plot in a notebook: drawing, picture for pages that show no drawings, plain text.</summary>
internal sealed class PlotFormatters() : FormatterSource(
    new Formatter("image/svg+xml", value => (value as Plot)?.SvgText()),
    new Formatter("image/png", value => value is Plot plot ? Convert.ToBase64String(plot.PngBytes()) : null),
    new Formatter("text/plain", value => value is Plot plot && House.Head(plot) is { } head
        ? $"{head.Options.Title}\n{head.Described}".Trim() : "Diagram"));

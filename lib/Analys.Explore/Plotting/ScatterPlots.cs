using MathNet.Numerics.Distributions;
using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>Points: a scatter with names, trend and its uncertainty, and a triangle of three parts.</summary>
internal static class ScatterPlots
{
    public static Plot Scatter(IReadOnlyList<PlotPoint> points, PlotOptions options, bool trend)
    {
        PlotPoint[] known = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        string[] groups = [.. known.Select(point => point.Group ?? "").Distinct()];
        var line = trend && known.Length >= 3 && known.Max(point => point.X) > known.Min(point => point.X) ? Trend(known) : null;
        var told = House.Say(options, $"{known.Length} punkter.", $"{known.Length} points.") + (line is null ? "" : " " + House.Say(
            options, $"Trendens lutning: {Signed(line.Slope)} ({Signed(line.Lower)} till {Signed(line.Upper)}).", $"Slope of the trend: {Signed(line.Slope)} ({Signed(line.Lower)} to {Signed(line.Upper)})."));
        var plot = House.New(options, 430, told);
        if (line is not null)
        {
            var band = plot.Add.FillY(line.Xs, line.Low, line.High);
            band.FillColor = House.Quiet.WithAlpha(0.25);
            band.LineWidth = 0;
            band.MarkerSize = 0;
            var drawn = plot.Add.Scatter(line.Xs, line.Ys);
            drawn.Color = House.Second;
            drawn.LineWidth = 2;
            drawn.MarkerSize = 0;
            plot.Legend(
                new LegendKey(House.Say(options, "linjär trend", "linear trend"), House.Second, KeyShape.Line),
                new LegendKey(House.Say(options, "95 % konfidensband", "95% confidence band"), House.Quiet.WithAlpha(0.25)));
        }

        for (var g = 0; g < groups.Length; g++)
        {
            PlotPoint[] mine = [.. known.Where(point => (point.Group ?? "") == groups[g])];
            var marks = plot.Add.Markers(mine.Select(point => point.X).ToArray(), mine.Select(point => point.Y).ToArray(), House.Shape(g), known.Length > 300 ? 4 : 8, House.Series(g));
            marks.MarkerLineWidth = 1.5f;
            if (groups.Length > 1) plot.Legend(new LegendKey(groups[g], House.Series(g), KeyShape.Point, Marker: House.Shape(g)));
        }

        // From the outside in: names at the edge are those that are looked for.
        var (midX, midY) = (known.Length == 0 ? 0 : known.Average(point => point.X), known.Length == 0 ? 0 : known.Average(point => point.Y));
        double spanX = Math.Max(Span(known, point => point.X), 1e-12), spanY = Math.Max(Span(known, point => point.Y), 1e-12);
        var named = known.Where(point => point.Label is not null).OrderByDescending(point => Math.Pow((point.X - midX) / spanX, 2) + Math.Pow((point.Y - midY) / spanY, 2));
        plot.PlottableList.Add(new PointLabels([.. named.Select(point => (new Coordinates(point.X, point.Y), point.Label!, false))], [.. known.Select(point => new Coordinates(point.X, point.Y))]));
        plot.Axes.Margins(0.07, 0.08);
        plot.Axes.AutoScale();
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.UnitX, options);
        plot.Axes.Left.TickGenerator = new HouseTicks(options.Unit, options);
        return plot;

        string Signed(double value) => HouseTicks.Value(double.Round(value, 6), "", options);
    }

    public static Plot Ternary(IReadOnlyList<PlotParts> parts, PlotOptions options, string a, string b, string c)
    {
        var plot = House.New(options, 470, House.Say(options, $"{parts.Count} punkter i en triangel mellan {a}, {b} och {c}.", $"{parts.Count} points in a triangle between {a}, {b} and {c}."));
        plot.HideAxesAndGrid();
        var numbers = NumberFormat.For(options.Language);
        for (var step = 0; step <= 5; step++)
        {
            var share = step / 5.0;
            var edge = step is 0;
            Grid(At(share, 1 - share, 0), At(share, 0, 1 - share), edge);
            Grid(At(0, share, 1 - share), At(1 - share, share, 0), edge);
            Grid(At(0, 1 - share, share), At(1 - share, 0, share), edge);
            if (step is 0 or 5) continue;
            var text = numbers.Percent(share, 0);
            Note(text, At(share, 1 - share, 0), Alignment.MiddleRight, -7, 0);
            Note(text, At(0, share, 1 - share), Alignment.UpperCenter, 0, 6);
            Note(text, At(1 - share, 0, share), Alignment.MiddleLeft, 7, 0);
        }

        Note(a, At(1, 0, 0), Alignment.LowerCenter, 0, -7, true);
        Note(b, At(0, 1, 0), Alignment.UpperCenter, 0, 24, true);
        Note(c, At(0, 0, 1), Alignment.UpperCenter, 0, 24, true);
        PlotParts[] known = [.. parts.Where(one => one.A >= 0 && one.B >= 0 && one.C >= 0 && one.A + one.B + one.C > 0)];
        string[] groups = [.. known.Select(one => one.Group ?? "").Distinct()];
        for (var g = 0; g < groups.Length; g++)
        {
            Coordinates[] mine = [.. known.Where(one => (one.Group ?? "") == groups[g]).Select(one => At(one.A, one.B, one.C))];
            plot.Add.Markers(mine, House.Shape(g), 8, House.Series(g)).MarkerLineWidth = 1.5f;
            if (groups.Length > 1) plot.Legend(new LegendKey(groups[g], House.Series(g), KeyShape.Point, Marker: House.Shape(g)));
        }

        plot.PlottableList.Add(new PointLabels(
            [.. known.Where(one => one.Label is not null).Select(one => (At(one.A, one.B, one.C), one.Label!, false))], [.. known.Select(one => At(one.A, one.B, one.C))]));
        plot.Axes.SetLimits(-0.16, 1.16, -0.12, 0.95);
        plot.Axes.SquareUnits();
        return plot;

        Coordinates At(double top, double left, double right)
        {
            var sum = top + left + right;
            return new((right + (top / 2)) / sum, top / sum * Math.Sqrt(3) / 2);
        }

        void Grid(Coordinates from, Coordinates to, bool edge)
        {
            var line = plot.Add.Line(from, to);
            line.Color = edge ? House.AxisLine : House.GridLine;
            line.LineWidth = edge ? 1.3f : 1;
        }

        void Note(string text, Coordinates at, Alignment alignment, float dx, float dy, bool strong = false)
        {
            var label = plot.Add.Text(text, at);
            label.LabelAlignment = alignment;
            (label.OffsetX, label.OffsetY) = (dx, dy);
            label.LabelFontSize = strong ? House.Text : House.Small;
            label.LabelFontColor = strong ? House.Ink : House.Muted;
            label.LabelFontName = Fonts.Default;
            label.LabelBold = strong;
        }
    }

    private sealed record TrendLine(double[] Xs, double[] Ys, double[] Low, double[] High, double Slope, double Lower, double Upper);

    // Ordinary least squares; the band is that of the line's mean, not of single points.
    private static TrendLine Trend(PlotPoint[] points)
    {
        int n = points.Length;
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        double sxx = points.Sum(point => Math.Pow(point.X - meanX, 2)), slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / sxx;
        var residual = Math.Sqrt(points.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2)) / (n - 2));
        var wide = StudentT.InvCDF(0, 1, n - 2, 0.975) * residual;
        double low = points.Min(point => point.X), high = points.Max(point => point.X);
        double[] xs = [.. Enumerable.Range(0, 61).Select(i => low + ((high - low) * i / 60))];
        double[] ys = [.. xs.Select(x => meanY + (slope * (x - meanX)))];
        double[] half = [.. xs.Select(x => wide * Math.Sqrt((1.0 / n) + (Math.Pow(x - meanX, 2) / sxx)))];
        var error = wide / Math.Sqrt(sxx);
        return new(xs, ys, [.. ys.Zip(half, (y, h) => y - h)], [.. ys.Zip(half, (y, h) => y + h)], slope, slope - error, slope + error);
    }

    private static double Span(PlotPoint[] points, Func<PlotPoint, double> value) => points.Length == 0 ? 0 : points.Max(value) - points.Min(value);
}

using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>Values along a line: series over years, and curves of Lorenz.</summary>
internal static class LinePlots
{
    private const double Height = 330;
    private const float LongestEnd = 170;

    public static Plot Lines(IReadOnlyList<PlotRow> rows, PlotOptions options, IReadOnlyList<(double At, string Text)> breaks)
    {
        string[] periods = [.. rows.Select(row => row.Label).Distinct()];
        var years =
            periods.All(period => double.TryParse(period, System.Globalization.NumberStyles.Integer,
                System.Globalization.CultureInfo.InvariantCulture, out _));
        double At(string period) =>
            years ? double.Parse(period, System.Globalization.CultureInfo.InvariantCulture) : Array.IndexOf(periods, period);
        string[] series = [.. rows.Select(row => row.Series ?? "").Distinct()];
        var plot = House.New(options, Height, BarPlots.Told(rows, options));
        var ends = new EndLabels(plot);
        foreach (var (at, text) in breaks)
        {
            var line = plot.Add.VerticalLine(at, 1, House.AxisLine, LinePattern.Dotted);
            line.ExcludeFromLegend = true;
        }

        for (var s = 0; s < series.Length; s++)
        {
            PlotRow[] mine = [.. rows.Where(row => (row.Series ?? "") == series[s]).OrderBy(row => At(row.Label))];
            foreach (var run in Runs(mine, At, breaks))
            {
                double[] xs = [.. run.Select(row => At(row.Label))], ys = [.. run.Select(row => row.Value!.Value)];
                if (run.All(row => row is { Lower: not null, Upper: not null }))
                {
                    var band = plot.Add.FillY(xs, [.. run.Select(row => row.Lower!.Value)], [.. run.Select(row => row.Upper!.Value)]);
                    band.FillColor = House.Series(s).WithAlpha(0.15);
                    band.LineWidth = 0;
                    band.MarkerSize = 0;
                }

                var line = plot.Add.Scatter(xs, ys);
                line.Color = House.Series(s);
                line.LineWidth = 2.2f;
                line.LinePattern = House.Pattern(s);
                line.MarkerShape = House.Shape(s);
                line.MarkerSize = run.Count == 1 ? 8 : 6;
            }

            if (mine.LastOrDefault(row => row.Value is not null && !row.Withheld) is { } last)
            {
                var value = HouseTicks.Value(last.Value!.Value, options.Unit, options);
                ends.Labels.Add(($"{House.Short(series[s], LongestEnd)} {value}".Trim(), last.Value.Value, House.Series(s)));
            }

            // A withheld year is a hatched column behind the lines: a gap alone would say that there are no data.
            if (mine.Any(row => row.Withheld))
                plot.PlottableList.Insert(0, new Columns([.. mine.Where(row => row.Withheld).Select(row => At(row.Label))]));
        }

        plot.Axes.AddPanel(ends);
        if (rows.Any(row => row.Withheld)) plot.Legend(BarPlots.WithheldKey(options));
        foreach (var (_, text) in breaks.DistinctBy(one => one.Text)) plot.Legend(
            new LegendKey(text, House.AxisLine, KeyShape.Line, LinePattern.Dotted));
        var shown = rows.Where(row => !row.Withheld && row.Value is not null).ToArray();
        double low = shown.Length == 0 ? 0 : shown.Min(row => row.Lower ?? row.Value!.Value), high = shown.Length == 0
            ? 1 : shown.Max(row => row.Upper ?? row.Value!.Value);
        var range = high > low ? high - low : Math.Max(Math.Abs(high), 1e-9);
        // A share or a count that lies near zero is shown from zero; a narrow band far from it is not pressed flat.
        var bottom = low >= 0 && low < 2 * range ? 0 : low - (0.08 * range);
        plot.Axes.SetLimitsY(bottom, high + (0.08 * range));
        plot.Axes.Left.TickGenerator = new HouseTicks(options.Unit, options);
        double[] xsAll = [.. periods.Select(At)];
        var pad = Math.Max(0.3, (xsAll.Max() - xsAll.Min()) * 0.05);
        plot.Axes.SetLimitsX(xsAll.Min() - pad, xsAll.Max() + pad);
        plot.Axes.Bottom.TickGenerator = years
            ? new YearTicks()
            : new ScottPlot.TickGenerators.NumericManual(xsAll, periods);
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot;
    }

    public static Plot Lorenz(IReadOnlyList<(string Name, IReadOnlyList<double> Population, IReadOnlyList<double> Income)> curves,
        PlotOptions options)
    {
        var told =
            string.Join("; ",
                curves.Select(curve =>
                    $"{curve.Name}: {House.Say(options, "den fattigare hälften har", "the poorer half has")} "
                        + $"{HouseTicks.Value(Half(curve), Units.Share, options)}")) + ".";
        options = options with { YLabel = options.YLabel ?? House.Say(options, "Andel av inkomsterna", "Share of incomes") };
        var plot = House.New(options, 430, told);
        var equal = plot.Add.Line(0, 0, 1, 1);
        equal.Color = House.AxisLine;
        equal.LineWidth = 1;
        equal.LinePattern = LinePattern.Dashed;
        for (var i = 0; i < curves.Count; i++)
        {
            var line = plot.Add.Scatter(curves[i].Population.ToArray(), curves[i].Income.ToArray());
            line.Color = House.Series(i);
            line.LineWidth = 2.2f;
            line.LinePattern = House.Pattern(i);
            line.MarkerSize = 0;
        }

        plot.Legend(curves.Select((curve, i) => new LegendKey(curve.Name, House.Series(i), KeyShape.Line, House.Pattern(i))));
        plot.Legend(new LegendKey(House.Say(options, "alla lika", "all equal"), House.AxisLine, KeyShape.Line, LinePattern.Dashed));
        plot.Axes.SetLimits(0, 1, Math.Min(0, curves.SelectMany(curve => curve.Income).Min()), 1);
        var share = options with { Unit = Units.Share };
        plot.Axes.Left.TickGenerator = new HouseTicks(Units.Share, share);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(Units.Share, share);
        if (options.XLabel is null)
            plot.XLabel(House.Say(options, "Andel av befolkningen, från den fattigaste", "Share of the population, from the poorest"));
        return plot;
    }

    private static double Half((string Name, IReadOnlyList<double> Population, IReadOnlyList<double> Income) curve)
    {
        for (var i = 1; i < curve.Population.Count; i++)
        {
            double a = curve.Population[i - 1], b = curve.Population[i];
            if (b >= 0.5 && b > a) return curve.Income[i - 1] + ((0.5 - a) / (b - a) * (curve.Income[i] - curve.Income[i - 1]));
        }

        return curve.Income[^1];
    }

    // A line is broken where a year is missing or withheld, and where the definition changed.
    private static IEnumerable<List<PlotRow>> Runs(IEnumerable<PlotRow> rows, Func<string, double> at,
        IReadOnlyList<(double At, string Text)> breaks)
    {
        var run = new List<PlotRow>();
        foreach (var row in rows)
        {
            var known = row.Value is not null && !row.Withheld;
            var broken = run.Count > 0 && breaks.Any(one => at(run[^1].Label) < one.At && one.At <= at(row.Label));
            if (run.Count > 0 && (!known || broken))
            {
                yield return run;
                run = [];
            }

            if (known) run.Add(row);
        }

        if (run.Count > 0) yield return run;
    }

    private sealed class Columns(double[] at) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            foreach (var x in at)
            {
                var middle = Axes.GetPixelX(x);
                Patterns.Fill(rp.Canvas, new PixelRect(middle - 7, middle + 7, rp.DataRect.Bottom, rp.DataRect.Top), House.Quiet, true);
            }
        }
    }

    /// <summary>Whole years only, without a thousands separator.</summary>
    private sealed class YearTicks : ITickGenerator
    {
        public Tick[] Ticks { get; set; } = [];

        public int MaxTickCount { get; set; } = 100;

        public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
        {
            var most = Math.Max(1, size.Length / 55);
            int[] steps = [1, 2, 5, 10, 20, 50, 100];
            var step = steps.FirstOrDefault(one => (range.Max - range.Min) / one <= most, 200);
            var first = (int)Math.Ceiling(range.Min / step) * step;
            Ticks = [.. Enumerable.Range(0, Math.Max(0, (int)Math.Floor((range.Max - first) / step) + 1))
                .Select(i =>
                    new Tick(first + (i * step), (first + (i * step)).ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        }
    }
}

using MathNet.Numerics.Statistics;
using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>How values are spread: histogram, boxes by group, smoothed densities.</summary>
internal static class DistributionPlots
{
    private const double Height = 330;

    public static Plot Histogram(IReadOnlyList<double> values, PlotOptions options, int? bins)
    {
        double[] known = [.. values.Where(double.IsFinite).Order()];
        if (known.Length == 0) throw new ArgumentException("There is no value to draw.", nameof(values));
        var edges = Edges(known, bins);
        var counts = new int[edges.Length - 1];
        foreach (var value in known)
            counts[Math.Clamp(Array.BinarySearch(edges, value) is >= 0 and var exact ? exact : ~Array.BinarySearch(edges, value) - 1, 0,
                counts.Length - 1)]++;
        var rows =
            counts.Select((count, i) =>
                $"{HouseTicks.Value(edges[i], options.Unit, options)}–{HouseTicks.Value(edges[i + 1], options.Unit, options)}: {count}");
        options = options with { YLabel = options.YLabel ?? House.Say(options, "Antal", "Number") };
        var plot = House.New(options, Height, House.Say(options, "Antal i varje klass: ", "Number in each class: ")
            + string.Join("; ", rows) + ".");
        var bars = plot.Add.Bars(counts.Select((count, i) => new Bar
        {
            Position = (edges[i] + edges[i + 1]) / 2,
            Value = count,
            Size = edges[i + 1] - edges[i],
            FillColor = House.Mark,
            LineColor = Colors.White,
            LineWidth = 1,
        }).ToList());
        bars.Horizontal = false;
        var middle = plot.Add.VerticalLine(known.Median(), 1.5f, House.Second, LinePattern.Dashed);
        middle.ExcludeFromLegend = true;
        plot.Legend(new LegendKey(House.Say(options, "median ", "median ") + HouseTicks.Value(known.Median(), options.Unit, options),
            House.Second, KeyShape.Line, LinePattern.Dashed));
        plot.Axes.SetLimits(edges[0], edges[^1], 0, counts.Max() * 1.05);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.Unit, options);
        plot.Axes.Left.TickGenerator = new HouseTicks("", options);
        plot.Grid.XAxisStyle.IsVisible = false;
        return plot;
    }

    public static Plot Boxes(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, PlotOptions options)
    {
        var known = groups.Select(group => (group.Name, Values: group.Values.Where(double.IsFinite).Order().ToArray()))
            .Where(group => group.Values.Length > 0).ToArray();
        if (known.Length == 0) throw new ArgumentException("There is no value to draw.", nameof(groups));
        var told =
            string.Join("; ",
                known.Select(group => $"{group.Name}: median {HouseTicks.Value(group.Values.Median(), options.Unit, options)}, "
            + House.Say(options, "hälften mellan", "half of them between")
            + $" {HouseTicks.Value(Quartile(group.Values, 0.25), options.Unit, options)} {House.Say(options, "och", "and")} "
            + $"{HouseTicks.Value(Quartile(group.Values, 0.75), options.Unit, options)}"));
        var plot = House.New(options, 70 + (46 * known.Length), told + ".");
        for (var i = 0; i < known.Length; i++)
        {
            var values = known[i].Values;
            double low = Quartile(values, 0.25), high = Quartile(values, 0.75), reach = 1.5 * (high - low);
            var position = known.Length - 1 - i;
            double first = values.First(value => value >= low - reach), last = values.Last(value => value <= high + reach);
            // The library draws boxes upright only; names of groups need them to lie.
            Stroke(first, low, position, position, 1.3f);
            Stroke(high, last, position, position, 1.3f);
            Stroke(first, first, position - 0.12, position + 0.12, 1.3f);
            Stroke(last, last, position - 0.12, position + 0.12, 1.3f);
            var box = plot.Add.Rectangle(low, high, position - 0.27, position + 0.27);
            box.FillColor = House.Mark.WithAlpha(0.3);
            box.LineColor = House.Ink;
            box.LineWidth = 1.2f;
            Stroke(values.Median(), values.Median(), position - 0.27, position + 0.27, 2.5f);
            Coordinates[] far =
                [.. values.Where(value => value < low - reach || value > high + reach).Select(value => new Coordinates(value, position))];
            if (far.Length > 0) plot.Add.Markers(far, MarkerShape.OpenCircle, 6, House.Muted).MarkerLineWidth = 1.2f;
        }

        double least = known.Min(group => group.Values[0]), most = known.Max(group => group.Values[^1]),
            pad = Math.Max(most - least, 1e-9) * 0.04;
        plot.Axes.SetLimits(least - pad, most + pad, -0.6, known.Length - 0.4);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.Unit, options);
        plot.Axes.Left.TickGenerator =
            new ScottPlot.TickGenerators.NumericManual([.. Enumerable.Range(0, known.Length).Select(i => (double)(known.Length - 1 - i))],
                [.. known.Select(group => House.Short(group.Name))]);
        plot.Axes.Left.TickLabelStyle.ForeColor = House.Ink;
        plot.Grid.YAxisStyle.IsVisible = false;
        return plot;

        void Stroke(double x1, double x2, double y1, double y2, float width)
        {
            var line = plot.Add.Line(x1, y1, x2, y2);
            line.Color = House.Ink;
            line.LineWidth = width;
        }
    }

    public static Plot Density(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, PlotOptions options)
    {
        var known = groups.Select(group => (group.Name, Values: group.Values.Where(double.IsFinite).Order().ToArray()))
            .Where(group => group.Values.Length > 1 && group.Values[^1] > group.Values[0]).ToArray();
        if (known.Length == 0) throw new ArgumentException("A density needs values that differ.", nameof(groups));
        var told =
            string.Join("; ",
                known.Select(group =>
                    $"{group.Name}: {House.Say(options, "tyngdpunkt vid medianen", "centred on the median")} "
                        + $"{HouseTicks.Value(group.Values.Median(), options.Unit, options)}"));
        var plot = House.New(options, Height, told + ".");
        double least = known.Min(group => group.Values[0]), most = known.Max(group => group.Values[^1]), pad = (most - least) * 0.08;
        double[] xs = [.. Enumerable.Range(0, 241).Select(i => least - pad + ((most - least + (2 * pad)) * i / 240))];
        var top = 0.0;
        for (var g = 0; g < known.Length; g++)
        {
            double[] ys = Smooth(known[g].Values, xs);
            top = Math.Max(top, ys.Max());
            var fill = plot.Add.FillY(xs, new double[xs.Length], ys);
            fill.FillColor = House.Series(g).WithAlpha(0.12);
            fill.LineWidth = 0;
            fill.MarkerSize = 0;
            var line = plot.Add.Scatter(xs, ys);
            line.Color = House.Series(g);
            line.LineWidth = 2.2f;
            line.LinePattern = House.Pattern(g);
            line.MarkerSize = 0;
        }

        if (known.Length > 1)
            plot.Legend(known.Select((group, g) => new LegendKey(group.Name, House.Series(g), KeyShape.Line, House.Pattern(g))));
        plot.Axes.SetLimits(xs[0], xs[^1], 0, top * 1.08);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.Unit, options);
        // The height of a density says nothing by itself: the area under each curve is one.
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
        plot.Grid.YAxisStyle.IsVisible = false;
        return plot;
    }

    // Gaussian kernel, bandwidth by Silverman 1986: 0.9 min(sd, IQR/1.34) n^(-1/5).
    private static double[] Smooth(double[] sorted, double[] xs)
    {
        var spread = Math.Min(sorted.StandardDeviation(), (Quartile(sorted, 0.75) - Quartile(sorted, 0.25)) / 1.34);
        if (!(spread > 0)) spread = sorted.StandardDeviation();
        var width = 0.9 * spread * Math.Pow(sorted.Length, -0.2);
        return [.. xs.Select(x => sorted.Sum(value => Math.Exp(-0.5 * Math.Pow((x - value) / width, 2)))
            / (sorted.Length * width * Math.Sqrt(2 * Math.PI)))];
    }

    private static double[] Edges(double[] sorted, int? bins)
    {
        double low = sorted[0], high = sorted[^1];
        // Freedman and Diaconis 1981, at least Sturges's number; then rounded so that classes begin at numbers that can be said.
        var width = 2 * (Quartile(sorted, 0.75) - Quartile(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        var wanted = bins
            ?? (int)Math.Clamp(width > 0 ? Math.Ceiling((high - low) / width) : 1, Math.Ceiling(Math.Log2(sorted.Length) + 1), 60);
        return Present.Svg.Ticks.Around(low, high, wanted + 1);
    }

    /// <summary>A quantile by linear interpolation (type 7 of Hyndman &amp; Fan 1996).</summary>
    private static double Quartile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}

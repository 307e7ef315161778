using NetTopologySuite.Geometries;
using ScottPlot;
using Coordinates = ScottPlot.Coordinates;

namespace Analys.Explore.Plotting;

/// <summary>Fields coloured by class: tables of values, maps; and several small plots of one kind.</summary>
internal static class MatrixPlots
{
    private const int Classes = 5;
    private const float LongestName = 260;
    private const float NarrowestName = 56;

    public static Plot Heat(IReadOnlyList<PlotRow> rows, PlotOptions options)
    {
        string[] labels = [.. rows.Select(row => row.Label).Distinct()], columns = [.. rows.Select(row => row.Series ?? "").Distinct()];
        var plot = House.New(options, 60 + (28 * labels.Length), BarPlots.Told(rows, options));
        var breaks = Breaks(rows.Where(row => !row.Withheld).Select(row => row.Value));
        plot.PlottableList.Add(new Fields([.. rows.Select(row =>
        {
            double x = Array.IndexOf(columns, row.Series ?? ""), y = labels.Length - 1 - Array.IndexOf(labels, row.Label);
            return new FieldShape([Fields.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5)], Color(row.Value, breaks), row.Withheld,
                row.Withheld ? ".." : row.Value is { } value ? HouseTicks.Value(value, options.Unit, options) : "–");
        })]));
        plot.Axes.Left.TickGenerator = Names(labels, falling: true);
        var each = (options.Width - Math.Min(LongestName, labels.Max(label => House.Measure(label, House.Small)))) / columns.Length;
        plot.Axes.Bottom.TickGenerator = Names([.. columns.Select((name, i) => Narrow(name, i, each))], falling: false);
        plot.Axes.Left.TickLabelStyle.ForeColor = plot.Axes.Bottom.TickLabelStyle.ForeColor = House.Ink;
        plot.Axes.Bottom.FrameLineStyle.Width = 0;
        plot.HideGrid();
        plot.Axes.SetLimits(-0.5, columns.Length - 0.5, -0.5, labels.Length - 0.5);
        Key(plot, breaks, rows.Any(row => row.Withheld), options);
        return plot;
    }

    public static Plot Choropleth(IReadOnlyList<PlotArea> areas, PlotOptions options, bool names)
    {
        var plot =
            House.New(options, 520,
                BarPlots.Told([.. areas.Select(area => new PlotRow(area.Name, area.Value, Withheld: area.Withheld))], options));
        var breaks = Breaks(areas.Where(area => !area.Withheld).Select(area => area.Value));
        plot.PlottableList.Add(
            new Fields([.. areas.Select(area => new FieldShape([.. Rings(area.Shape)], Color(area.Value, breaks), area.Withheld))]));
        // The largest areas are named first: in them a name has room.
        if (names)
        {
            var points = areas.OrderByDescending(area => area.Shape.Area)
                .Select(area => (new Coordinates(area.Shape.PointOnSurface.X, area.Shape.PointOnSurface.Y), area.Name, !area.Withheld
                    && !House.Light(Color(area.Value, breaks))));
            plot.PlottableList.Add(new PointLabels([.. points], [], centred: true));
        }

        plot.HideAxesAndGrid();
        plot.Axes.Margins(0.02, 0.02);
        plot.Axes.SquareUnits();
        plot.Axes.AutoScale();
        Key(plot, breaks, areas.Any(area => area.Withheld), options);
        if (areas.Any(area => area.Value is null && !area.Withheld))
            plot.Legend(new LegendKey(House.Say(options, "uppgift saknas", "no value"), Colors.White));
        return plot;
    }

    public static Plot Multiples(IReadOnlyList<(string Name, IReadOnlyList<PlotRow> Rows)> panels, PlotOptions options, int columns)
    {
        var rowCount = (panels.Count + columns - 1) / columns;
        var told = string.Join(" ", panels.Select(panel => $"{panel.Name}: {BarPlots.Told(panel.Rows, options)}"));
        var plot = House.New(options, rowCount * 190, told);
        plot.HideAxesAndGrid();
        // One scale for all: panels that each have their own cannot be compared.
        var all = panels.SelectMany(panel => panel.Rows).Where(row => row.Value is not null && !row.Withheld).ToArray();
        double high = all.Length == 0 ? 1 : all.Max(row => row.Upper ?? row.Value!.Value),
            low = Math.Min(0, all.Length == 0 ? 0 : all.Min(row => row.Lower ?? row.Value!.Value));
        plot.PlottableList.Add(new PanelGrid([.. panels.Select(panel =>
        {
            var small =
                LinePlots.Lines(panel.Rows, options with { Title = null, Subtitle = null, Panel = panel.Name, Source = null, Note = null,
                    XLabel = null, YLabel = null }, []);
            small.Axes.SetLimitsY(low, high * 1.08);
            return small;
        })], columns));
        string[] series = [.. panels.SelectMany(panel => panel.Rows).Select(row => row.Series ?? "").Distinct()];
        if (series.Length > 1)
            plot.Legend(series.Select((name, s) => new LegendKey(name, House.Series(s), KeyShape.Line, House.Pattern(s))));
        return plot;
    }

    private static ScottPlot.TickGenerators.NumericManual Names(string[] names, bool falling) =>
        new ScottPlot.TickGenerators.NumericManual(
            [.. Enumerable.Range(0, names.Length).Select(i => (double)(falling ? names.Length - 1 - i : i))],
            [.. names.Select(name => House.Short(name))]);

    // Where columns are narrower than any name, only some of them are named.
    private static string Narrow(string name, int column, float each)
    {
        var step = (int)Math.Ceiling(NarrowestName / Math.Max(1, each));
        return column % step == 0 ? House.Short(name, (each * step) - 8) : "";
    }

    private static double[] Breaks(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>().Where(double.IsFinite)];
        return known.Length == 0 ? [] : Present.Svg.Ticks.Classes(known.Min(), known.Max(), Classes);
    }

    private static ScottPlot.Color Color(double? value, double[] breaks)
    {
        if (value is not { } known || breaks.Length < 2) return Colors.White;
        var step = 0;
        while (step < breaks.Length - 2 && known >= breaks[step + 1]) step++;
        return House.Sequential(step, breaks.Length - 1);
    }

    private static void Key(Plot plot, double[] breaks, bool withheld, PlotOptions options)
    {
        var texts = HouseTicks.Labels(breaks, options.Unit, options);
        plot.Legend(Enumerable.Range(0, Math.Max(0, breaks.Length - 1))
            .Select(i => new LegendKey($"{texts[i]} – {texts[i + 1]}", House.Sequential(i, breaks.Length - 1))));
        if (withheld) plot.Legend(BarPlots.WithheldKey(options));
    }

    private static IEnumerable<Coordinates[]> Rings(Geometry shape)
    {
        for (var i = 0; i < shape.NumGeometries; i++)
        {
            if (shape.GetGeometryN(i) is not Polygon polygon) continue;
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                yield return [.. ring.Coordinates.Select(point => new Coordinates(point.X, point.Y))];
        }
    }

    /// <summary>Small plots side by side in the field of one, so that title, source and files are those of one plot.</summary>
    private sealed class PanelGrid(IReadOnlyList<Plot> plots, int columns) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => [];

        public AxisLimits GetAxisLimits() => AxisLimits.Default;

        public void Render(RenderPack rp)
        {
            var rows = (plots.Count + columns - 1) / columns;
            float wide = rp.DataRect.Width / columns, high = rp.DataRect.Height / rows;
            for (var i = 0; i < plots.Count; i++)
            {
                float left = rp.DataRect.Left + (i % columns * wide), top = rp.DataRect.Top + (i / columns * high);
                rp.Canvas.Save();
                plots[i].RenderManager.ClearCanvasBeforeEachRender = false;
                plots[i].Render(rp.Canvas, new PixelRect(left, left + wide, top + high, top));
                rp.Canvas.Restore();
            }
        }
    }
}

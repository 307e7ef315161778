using ScottPlot;

namespace Analys.Explore.Plotting;

/// <summary>Values side by side: ranked bars, effects with intervals, two sides of a pyramid.</summary>
internal static class BarPlots
{
    private const double Row = 26;

    public static Plot Bars(IReadOnlyList<PlotRow> rows, PlotOptions options, bool sort)
    {
        string[] series = [.. rows.Select(row => row.Series ?? "").Distinct()];
        string[] labels = [.. Order(rows, sort)];
        var each = series.Length == 1 ? Row : 8 + (18 * series.Length);
        var plot = House.New(options, 40 + (each * labels.Length), Told(rows, options));
        var size = (series.Length == 1 ? 0.72 : 0.82) / series.Length;
        var longest = rows.Max(row => Math.Max(0, row.Upper ?? row.Value ?? 0));
        var lowest = rows.Min(row => Math.Min(0, row.Lower ?? row.Value ?? 0));
        var range = longest - lowest > 0 ? longest - lowest : 1;
        var hatched = new List<FieldShape>();
        for (var s = 0; s < series.Length; s++)
        {
            var color = series.Length == 1 ? House.Mark : House.Series(s);
            var bars = new List<Bar>();
            foreach (var row in rows.Where(row => (row.Series ?? "") == series[s]))
            {
                var position = labels.Length - 1 - Array.IndexOf(labels, row.Label) + (size * (((series.Length - 1) / 2.0) - s));
                if (row.Withheld)
                {
                    hatched.Add(new([Fields.Rectangle(0, range * 0.06, position - (size / 2), position + (size / 2))], House.Quiet, true));
                    Beside(plot, range * 0.06, position, "..");
                }
                else if (row.Value is { } value)
                {
                    bars.Add(new Bar { Position = position, Value = value, FillColor = color, LineWidth = 0, Size = size });
                    if (row is { Lower: { } lower, Upper: { } upper }) Whisker(plot, lower, upper, position, House.Ink);
                    var end = value < 0 ? Math.Min(value, row.Lower ?? value) : Math.Max(value, row.Upper ?? value);
                    Beside(plot, end, position, HouseTicks.Value(value, options.Unit, options), value < 0);
                }
                else
                {
                    Beside(plot, 0, position, House.Say(options, "uppgift saknas", "no value"));
                }
            }

            var added = plot.Add.Bars(bars);
            added.Horizontal = true;
            plot.PlottableList.Remove(added);
            plot.PlottableList.Insert(0, added);
        }

        if (hatched.Count > 0) plot.PlottableList.Add(new Fields(hatched));
        if (series.Length > 1) plot.Legend(series.Select((name, s) => new LegendKey(name, House.Series(s))));
        if (rows.Any(row => row.Withheld)) plot.Legend(WithheldKey(options));
        Labels(plot, labels);
        // A word for what is missing stands where a bar would begin, and needs more room than a number.
        var room = rows.Any(row => row is { Withheld: false, Value: null }) ? 0.2 * range : 0;
        ValueAxis(plot, options, lowest - (lowest < 0 ? range * 0.12 : 0), Math.Max(longest + (range * 0.12), room));
        return plot;
    }

    public static Plot Forest(IReadOnlyList<PlotRow> rows, PlotOptions options, double reference)
    {
        string[] labels = [.. rows.Select(row => row.Label)];
        var plot = House.New(options, 50 + (Row * rows.Count), Told(rows, options));
        var line = plot.Add.VerticalLine(reference, 1.2f, House.Second, LinePattern.Dashed);
        line.ExcludeFromLegend = true;
        for (var i = 0; i < rows.Count; i++)
        {
            var position = rows.Count - 1 - i;
            if (rows[i] is { Lower: { } lower, Upper: { } upper }) Whisker(plot, lower, upper, position, House.Mark, 2);
            if (rows[i].Value is { } value) plot.Add.Marker(value, position, MarkerShape.FilledSquare, 8, House.Mark);
        }

        double low = rows.Min(row => row.Lower ?? row.Value ?? reference), high = rows.Max(row => row.Upper ?? row.Value ?? reference);
        low = Math.Min(low, reference);
        high = Math.Max(high, reference);
        var range = high - low > 0 ? high - low : 1;
        var numbers = new EndLabels(plot);
        numbers.Labels.AddRange(rows.Select((row, i) => (Interval(row, options), (double)(rows.Count - 1 - i), House.Ink)));
        plot.Axes.AddPanel(numbers);
        Labels(plot, labels);
        ValueAxis(plot, options, low - (range * 0.05), high + (range * 0.05));
        return plot;
    }

    public static Plot Pyramid(IReadOnlyList<PlotRow> rows, PlotOptions options)
    {
        string[] sides = [.. rows.Select(row => row.Series ?? "").Distinct()];
        if (sides.Length != 2) throw new ArgumentException("A pyramid has two sides: give each row one of two series.", nameof(rows));
        string[] labels = [.. rows.Select(row => row.Label).Distinct()];
        var plot = House.New(options, 60 + (20 * labels.Length), Told(rows, options));
        var most = rows.Max(row => row.Value ?? 0);
        var hatched = new List<FieldShape>();
        for (var side = 0; side < 2; side++)
        {
            var sign = side == 0 ? -1 : 1;
            var bars = new List<Bar>();
            foreach (var row in rows.Where(row => (row.Series ?? "") == sides[side]))
            {
                // The first label is the lowest step: the youngest stand at the bottom.
                var position = Array.IndexOf(labels, row.Label);
                if (row.Withheld)
                    hatched.Add(new([Fields.Rectangle(0, sign * most * 0.08, position - 0.42, position + 0.42)], House.Quiet, true));
                else if (row.Value is { } value)
                    bars.Add(new Bar
                    {
                        Position = position,
                        Value = sign * value,
                        FillColor = House.Series(side),
                        LineWidth = 0,
                        Size = 0.84
                    });
            }

            plot.Add.Bars(bars).Horizontal = true;
        }

        if (hatched.Count > 0) plot.PlottableList.Add(new Fields(hatched));
        plot.Legend(sides.Select((name, side) => new LegendKey(name, House.Series(side))));
        if (hatched.Count > 0) plot.Legend(WithheldKey(options));
        Labels(plot, labels, rising: true);
        plot.Axes.SetLimitsX(-most * 1.05, most * 1.05);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.Unit, options, magnitudes: true);
        return plot;
    }

    /// <summary>The entry of a legend for values that are kept back.</summary>
    public static LegendKey WithheldKey(PlotOptions options) =>
        new(House.Say(options, "uppgiften skyddas", "withheld to protect persons"), House.Quiet, KeyShape.Hatched);

    /// <summary>The numbers that are drawn, for those who do not see them.</summary>
    public static string Told(IReadOnlyList<PlotRow> rows, PlotOptions options)
    {
        const int most = 60;
        var texts = rows.Take(most).Select(row =>
        {
            var name = row.Series is { Length: > 0 } series ? $"{row.Label}, {series}" : row.Label;
            var value = row.Withheld ? House.Say(options, "skyddad uppgift", "withheld") : row.Value is { } number
                ? HouseTicks.Value(number, options.Unit, options) : House.Say(options, "uppgift saknas", "no value");
            return $"{name}: {value}";
        });
        return string.Join("; ", texts)
            + (rows.Count > most ? House.Say(options, $"; och {rows.Count - most} till", $"; and {rows.Count - most} more") : "") + ".";
    }

    private static IEnumerable<string> Order(IReadOnlyList<PlotRow> rows, bool sort)
    {
        var labels = rows.Select(row => row.Label).Distinct();
        if (!sort) return labels;
        var first = rows.GroupBy(row => row.Label).ToDictionary(group => group.Key, group => group.First());
        return labels.OrderBy(label => first[label].Withheld ? 1 : first[label].Value is null ? 2 : 0)
            .ThenByDescending(label => first[label].Value ?? 0);
    }

    private static string Interval(PlotRow row, PlotOptions options)
    {
        if (row.Withheld) return "..";
        if (row.Value is not { } value) return House.Say(options, "uppgift saknas", "no value");
        var text = HouseTicks.Value(value, options.Unit, options);
        return row is { Lower: { } lower, Upper: { } upper }
            ? $"{text} ({HouseTicks.Value(lower, options.Unit, options)} {House.Say(options, "till", "to")} "
                + $"{HouseTicks.Value(upper, options.Unit, options)})" : text;
    }

    private static void Whisker(Plot plot, double lower, double upper, double position, Color color, float width = 1.3f)
    {
        var middle = (lower + upper) / 2;
        plot.PlottableList.Add(new ScottPlot.Plottables.ErrorBar([middle], [position], [upper - middle], [upper - middle], null, null)
        {
            Color = color,
            LineWidth = width,
            CapSize = 4,
        });
    }

    private static void Beside(Plot plot, double x, double position, string text, bool left = false)
    {
        var label = plot.Add.Text(text, x, position);
        label.LabelAlignment = left ? Alignment.MiddleRight : Alignment.MiddleLeft;
        label.OffsetX = left ? -6 : 6;
        label.LabelFontSize = House.Small;
        label.LabelFontColor = House.Ink;
        label.LabelFontName = Fonts.Default;
    }

    private static void Labels(Plot plot, string[] labels, bool rising = false)
    {
        double[] at = [.. Enumerable.Range(0, labels.Length).Select(i => (double)(rising ? i : labels.Length - 1 - i))];
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual(at, [.. labels.Select(label => House.Short(label))]);
        plot.Axes.Left.TickLabelStyle.ForeColor = House.Ink;
        plot.Axes.SetLimitsY(-0.6, labels.Length - 0.4);
        plot.Grid.YAxisStyle.IsVisible = false;
    }

    private static void ValueAxis(Plot plot, PlotOptions options, double low, double high)
    {
        plot.Axes.SetLimitsX(low, high);
        plot.Axes.Bottom.TickGenerator = new HouseTicks(options.Unit, options);
    }
}

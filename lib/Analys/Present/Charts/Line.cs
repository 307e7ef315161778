using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>A break in a series: from this period on, something else is counted.</summary>
/// <param name="Period">The first period of the new count.</param>
/// <param name="Text">What changed, in a few words.</param>
public sealed record SeriesBreak(string Period, string Text);

/// <summary>What a line chart can be told.</summary>
public sealed record LineOptions : FigureOptions
{
    /// <summary>The name of the series that a result belongs to; null for area, group or population, whichever differs.</summary>
    public Func<Result, string>? Series { get; init; }

    /// <summary>Breaks: lines are not drawn across them.</summary>
    public IReadOnlyList<SeriesBreak> Breaks { get; init; } = [];

    /// <summary>Series in full colour; the others stand back. Empty for all.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];

    /// <summary>Whether the axis starts at zero.</summary>
    public bool FromZero { get; init; } = true;
}

/// <summary>Lines over time, each with its name at its end, breaks marked and not drawn across.</summary>
/// <remarks>Swedish: <i>linjediagram</i>.</remarks>
public static class LineFigure
{
    /// <summary>Draws a line chart.</summary>
    /// <param name="released">One result per series and period; results without a period are left out.</param>
    /// <param name="options">The options.</param>
    public static Figure Line(this Released released, LineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var name = SeriesName.Of(released, options.Series, options);
        var dated = released.Where(row => row.Period is not null);
        var axis = new PeriodAxis(dated.Select(row => row.Period!));
        var series = dated.GroupBy(name).Select(group => (Name: group.Key, Rows: group.OrderBy(row => axis.Of(row.Period!)).ToList()))
            .OrderBy(item => item.Name, SwedishOrder.Comparer).ToList();
        foreach (var (_, rows) in series)
        {
            if (rows.Select(row => row.Period).Distinct().Count() < rows.Count)
                throw new ArgumentException("A line shows one result per series and period: choose with Where, or say what a series is.",
                    nameof(released));
        }

        List<Result> ordered = [.. series.SelectMany(item => item.Rows)];
        return FigureMaker.Make(
            released, options with { Label = options.Label ?? name }, "line", "figure.title.time",
            drawing => LinePanel.Draw(drawing, [.. series.Select((item, i) => new LinePanel.Series(item.Name, item.Rows, i))], axis,
                options), ordered, count: series.Count);
    }
}

/// <summary>The drawing of lines over time.</summary>
internal static class LinePanel
{
    /// <summary>A series and its place in the palette.</summary>
    internal sealed record Series(string Name, IReadOnlyList<Result> Rows, int Index);

    public static void Draw(Drawing d, IReadOnlyList<Series> series, PeriodAxis periods, LineOptions options)
    {
        var frame = d.Frame;
        var rows = series.SelectMany(item => item.Rows).ToList();
        if (rows.Count == 0)
        {
            FigureMaker.Empty(d);
            return;
        }

        var unit = rows[0].Unit;
        var values = rows.Where(row => row.Value.HasNumber)
            .SelectMany(row => new[] { row.Value.Number, row.Lower ?? row.Value.Number, row.Upper ?? row.Value.Number });
        var axis = ValueAxis.Over(options.FromZero ? values.Append(0) : values, 6);
        var left = axis.LabelWidth(d, unit);
        var direct = Ends(d, series, frame.IsNarrow ? 118 : 210, options);
        var right = frame.Width - direct.Room;
        var breaks = options.Breaks.Select(item => (Item: item, At: periods.Find(item.Period))).Where(item => item.At is not null)
            .OrderBy(item => item.At).ToList();
        var top = 10.0 + (breaks.Count > 0 ? frame.SmallSize + 6 : 0);
        // Names never lie on each other: many of them make the chart higher.
        var bottom = top + Math.Max(frame.IsNarrow ? 250 : 300, direct.Height - 20);
        var x = new LinearScale(periods.Min, periods.Max == periods.Min ? periods.Min + 1 : periods.Max, left + 6, right - 8);
        var y = axis.Scale(bottom, top);

        axis.DrawHorizontal(d, y, left, right, unit);
        Periods(d, periods, x, bottom);
        for (var i = 0; i < breaks.Count; i++)
        {
            var place = Between(periods, breaks[i].At!.Value, x);
            d.Line(place, top - 4, place, bottom, Palette.Axis, 1.3, "2 3", kind: "break");
            d.Text(place, top - 8, $"{i + 1}", Anchor.Middle, frame.SmallSize, Palette.Ink, true, kind: "break-number");
        }

        var cuts = breaks.ConvertAll(item => item.At!.Value);
        foreach (var item in series) Lines(d, item, periods, x, y, cuts, options);
        Names(d, direct, right, y, top, bottom);
        if (series.Count == 1) Turns(d, series[0], periods, x, y, options);

        var at = bottom + frame.SmallSize + 26;
        for (var i = 0; i < breaks.Count; i++)
        {
            var lines = TextWrap.Lines($"{i + 1} {d.Texts["figure.break"]} {breaks[i].Item.Period}: {breaks[i].Item.Text}", frame.Width,
                frame.SmallSize);
            d.Lines(0, at, lines, size: frame.SmallSize, fill: Palette.MutedInk);
            at += lines.Count * frame.SmallSize * 1.25;
        }

        d.Height = breaks.Count > 0 ? at - 4 : bottom + frame.SmallSize + 14;
    }

    // A break lies between the last period of the old count and the first of the new.
    private static double Between(PeriodAxis periods, double at, LinearScale x)
    {
        var before = periods.Periods.Select(periods.Of).Where(place => place < at).DefaultIfEmpty(double.NaN).Max();
        return double.IsNaN(before) ? x.Clamped(at) - 4 : (x.At(before) + x.At(at)) / 2;
    }

    private static void Lines(Drawing d, Series item, PeriodAxis periods, LinearScale x, LinearScale y, List<double> cuts,
        LineOptions options)
    {
        using var ofSeries = d.Tell(item.Rows[0]);
        var quiet = IsQuiet(item, options);
        var colour = Colour(item, options);
        var dash = quiet ? null : Palette.Dashes[item.Index % Palette.Dashes.Count];
        var run = new List<(double X, double Y)>();
        double? last = null;
        foreach (var row in item.Rows)
        {
            var place = periods.Of(row.Period!);
            if (!row.Value.HasNumber)
            {
                Flush();
                Missing(d, row, x.At(place), y);
                last = null;
                continue;
            }

            if (last is { } before && cuts.Exists(cut => before < cut && cut <= place)) Flush();
            run.Add((x.At(place), y.At(row.Value.Number)));
            if (row.Lower is { } lower && row.Upper is { } upper)
                d.Line(x.At(place), y.At(lower), x.At(place), y.At(upper), colour, 1.2, kind: "interval");
            last = place;
        }

        Flush();
        foreach (var row in item.Rows.Where(row => row.Value.HasNumber))
        {
            using var telling = d.Tell(row);
            d.Circle(x.At(periods.Of(row.Period!)), y.At(row.Value.Number), quiet ? 2 : 3.4, item.Index % 2 == 0 || quiet
                ? colour : Palette.Paper, colour, 1.6, kind: "point");
        }

        void Flush()
        {
            if (run.Count > 1) d.Polyline(run, colour, quiet ? 1.2 : 2.4, dash, kind: "series");
            run.Clear();
        }
    }

    // Of a line by itself the first, the highest and the lowest value are read too; the last stands at its end.
    private static void Turns(Drawing d, Series item, PeriodAxis periods, LinearScale x, LinearScale y, LineOptions options)
    {
        var known = item.Rows.Where(row => row.Value.HasNumber).ToList();
        if (known.Count < 3) return;
        var taken = known.ConvertAll(row => new LabelPlacement.Box(x.At(periods.Of(row.Period!)) - 4, y.At(row.Value.Number) - 4, 8, 8));
        for (var i = 1; i < known.Count; i++)
        {
            var (a, b) = (taken[i - 1], taken[i]);
            for (var k = 1; k < 12; k++)
                taken.Add(new(a.X + ((b.X - a.X) * k / 12) + 2, a.Y + ((b.Y - a.Y) * k / 12) + 2, 4, 4));
        }

        var size = d.Frame.SmallSize;
        foreach (var row in ((ReadOnlySpan<Result>)[known[0], known.MaxBy(row => row.Value.Number)!,
            known.MinBy(row => row.Value.Number)!]).ToArray().Distinct().Where(row => !ReferenceEquals(row, known[^1])))
        {
            var text = d.Numbers.Value(row.Value, row.Unit, options.Decimals);
            var (px, py, wide) = (x.At(periods.Of(row.Period!)), y.At(row.Value.Number), TextWidth.Of(text, size, true) + 2);
            foreach (var at in (ReadOnlySpan<(double X, double Y)>)
                [(px - (wide / 2), py - size - 9), (px + 7, py - size - 5), (px - (wide / 2), py + 7), (px + 7, py + 4)])
            {
                LabelPlacement.Box box = new(at.X, at.Y, wide, size + 3);
                if (box.X < x.From - 6 || box.X + wide > x.To || box.Y < y.To - 6 || box.Y + box.Height > y.From
                    || taken.Exists(box.Overlaps)) continue;
                taken.Add(box);
                using var telling = d.Tell(row);
                d.Rect(box.X, box.Y, wide, box.Height, Palette.Paper, kind: "halo");
                d.Text(box.X + (wide / 2), box.Y + size, text, Anchor.Middle, size, Colour(item, options), true, kind: "value");
                break;
            }
        }
    }

    private static void Missing(Drawing d, Result row, double x, LinearScale y)
    {
        using var telling = d.Tell(row);
        if (row.Value.Status == ValueStatus.Suppressed) d.Rect(x - 5, y.From - 12, 10, 12, d.Hatch, Palette.Axis, kind: "suppressed");
        d.Text(x, y.From - 16, row.Value.Status == ValueStatus.Suppressed ? ".." : ".", Anchor.Middle, d.Frame.SmallSize, Palette.MutedInk);
    }

    private static void Periods(Drawing d, PeriodAxis periods, LinearScale x, double bottom)
    {
        var small = d.Frame.SmallSize;
        var taken = new List<(double From, double To)>();
        var all = periods.Periods.ToList();
        // The last and the first period always have their label; the others where there is room.
        foreach (var period in all.Take(1).Concat(all.Skip(1).Reverse().Take(1)).Concat(all.Skip(1).SkipLast(1)))
        {
            var middle = x.At(periods.Of(period));
            var half = TextWidth.Of(period, small) / 2;
            d.Line(middle, bottom, middle, bottom + 4, Palette.Axis);
            if (taken.Exists(other => middle - half < other.To + 6 && middle + half > other.From - 6)) continue;
            taken.Add((middle - half, middle + half));
            d.Text(middle, bottom + small + 7, period, Anchor.Middle, small, Palette.MutedInk, kind: "tick");
        }
    }

    internal sealed record EndLabels(double Room, double LineHeight,
        IReadOnlyList<(Series Item, double Value, IReadOnlyList<string> Lines, string Colour, bool Bold)> Items)
    {
        public double Height => Items.Count * LineHeight;
    }

    private static EndLabels Ends(Drawing d, IReadOnlyList<Series> series, double most, LineOptions options)
    {
        var items = series.Where(item => item.Rows.Any(row => row.Value.HasNumber)).Select(item =>
        {
            var last = item.Rows.Last(row => row.Value.HasNumber);
            var text = $"{item.Name} {d.Numbers.Value(last.Value, last.Unit, options.Decimals)}";
            return (item, last.Value.Number, TextWrap.Lines(series.Count == 1 ? d.Numbers.Value(last.Value, last.Unit, options.Decimals)
                : text, most - 14, d.Frame.SmallSize, 3), Colour(item, options), !IsQuiet(item, options));
        }).ToList();
        var width = items.SelectMany(item => item.Item3).Select(line => TextWidth.Of(line, d.Frame.SmallSize, true)).DefaultIfEmpty(0)
            .Max();
        return new(Math.Min(most, width + 14), (items.Select(item => item.Item3.Count).DefaultIfEmpty(1).Max() * d.Frame.SmallSize * 1.2)
            + 2, items);
    }

    private static void Names(Drawing d, EndLabels ends, double right, LinearScale y, double top, double bottom)
    {
        if (ends.Items.Count == 0) return;
        var small = d.Frame.SmallSize;
        var line = small * 1.2;
        var middles = LabelPlacement.Spread([.. ends.Items.Select(item => y.At(item.Value))], ends.LineHeight, top - 12, bottom + 12);
        for (var i = 0; i < ends.Items.Count; i++)
        {
            var (item, value, lines, colour, bold) = ends.Items[i];
            using var telling = d.Tell(item.Rows[0]);
            if (Math.Abs(middles[i] - y.At(value)) > 3) d.Line(right - 3, y.At(value), right + 4, middles[i], Palette.Axis, 0.8);
            for (var k = 0; k < lines.Count; k++)
            {
                d.Text(right + 6, middles[i] + (small * 0.35) + ((k - ((lines.Count - 1) / 2.0)) * line), lines[k], size: small, fill: bold
                    ? colour : Palette.MutedInk, bold: bold, kind: "name");
            }
        }
    }

    private static bool IsQuiet(Series item, LineOptions options) => options.Highlight.Count > 0 && !options.Highlight.Contains(item.Name);

    private static string Colour(Series item, LineOptions options) =>
        IsQuiet(item, options) ? Palette.Quiet : Palette.Series[item.Index % Palette.Series.Count];
}

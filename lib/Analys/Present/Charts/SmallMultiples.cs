using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What small multiples can be told.</summary>
public sealed record MultiplesOptions : FigureOptions
{
    /// <summary>The panel that a result belongs to; null for its area.</summary>
    public Func<Result, string>? Panel { get; init; }

    /// <summary>The panel whose line is repeated in all others, thin; null for the whole city where it is among the results.</summary>
    public string? Reference { get; init; }

    /// <summary>Breaks: lines are not drawn across them.</summary>
    public IReadOnlyList<SeriesBreak> Breaks { get; init; } = [];
}

/// <summary>A small line chart for each area, all on one scale, the city's line in each.</summary>
/// <remarks>Swedish: <i>smådiagram på samma skala</i>.</remarks>
public static class MultiplesFigure
{
    /// <summary>Draws small multiples.</summary>
    /// <param name="released">One result per panel and period; results without a period are left out.</param>
    /// <param name="options">The options.</param>
    public static Figure SmallMultiples(this Released released, MultiplesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var panel = options.Panel ?? options.LabelOf;
        var dated = released.Where(row => row.Period is not null);
        var periods = new PeriodAxis(dated.Select(row => row.Period!));
        var city = Rows.Reference(dated, options.Reference, options) is { } found ? panel(found) : null;
        var panels = dated.GroupBy(panel).Select(group => (Name: group.Key, Rows: group.OrderBy(row => periods.Of(row.Period!)).ToList()))
            .OrderByDescending(item => item.Rows.LastOrDefault(row => row.Value.HasNumber)?.Value.Number ?? double.NegativeInfinity)
            .ThenBy(item => item.Name, SwedishOrder.Comparer).ToList();
        if (panels.Exists(item => item.Rows.Select(row => row.Period).Distinct().Count() < item.Rows.Count))
            throw new ArgumentException("A panel shows one result per period: choose with Where, or say what a panel is.",
                nameof(released));
        var reference = panels.Find(item => item.Name == city);
        var shown = panels.Where(item => item.Name != city || panels.Count == 1).ToList();
        return FigureMaker.Make(
            released, options with { Label = options.Label ?? panel }, "multiples", "figure.title.time",
            drawing => Draw(drawing, shown, reference, periods, options), [.. panels.SelectMany(item => item.Rows)], count: shown.Count);
    }

    private static void Draw(Drawing d, List<(string Name, List<Result> Rows)> panels, (string Name, List<Result> Rows) city,
        PeriodAxis periods, MultiplesOptions options)
    {
        var frame = d.Frame;
        var small = 12.0;
        var columns = frame.IsNarrow ? 2 : Math.Min(4, Math.Max(2, panels.Count));
        const double Gap = 16;
        var axis = ValueAxis.Over(panels.SelectMany(item => item.Rows).Concat(city.Rows ?? []).Where(row => row.Value.HasNumber)
            .Select(row => row.Value.Number).Append(0), 4);
        var unit = panels[0].Rows[0].Unit;
        var left = axis.LabelWidth(d, unit);
        var width = (frame.Width - left - (Gap * (columns - 1))) / columns;
        var height = frame.IsNarrow ? 92.0 : 104.0;
        // The last number of each panel stands beside its line, where no line passes.
        var room = 8 + panels.Select(item => item.Rows.FindLast(row => row.Value.HasNumber)).OfType<Result>()
            .Select(row => TextWidth.Of(d.Numbers.Value(row.Value, row.Unit, options.Decimals), small, true)).DefaultIfEmpty(0).Max();
        room = Math.Min(room, width / 2);
        var nameLines = panels.Max(item => TextWrap.Lines(item.Name, width, small, 2, true).Count);
        var y = 0.0;
        if (city.Rows is not null)
        {
            d.Line(0, 9, 24, 9, Palette.Reference, 1.6, "4 3");
            d.Text(30, 13, city.Name, size: small);
            y = 26;
        }

        for (var i = 0; i < panels.Count; i += columns)
        {
            var top = y + (nameLines * small * 1.25) + 8;
            for (var k = 0; k < columns && i + k < panels.Count; k++)
            {
                var x = left + (k * (width + Gap));
                using var telling = d.Tell(panels[i + k].Rows[0]);
                d.Lines(x, y + small, TextWrap.Lines(panels[i + k].Name, width, small, 2, true), size: small, bold: true);
                Panel(d, panels[i + k].Rows, city.Rows, periods, axis.Scale(top + height, top),
                    new LinearScale(periods.Min, Math.Max(periods.Max, periods.Min + 1e-9), x + 5, x + width - room),
                    axis, x, width, options);
            }

            // The first column of each row has the numbers of the scale.
            axis.DrawHorizontal(d, axis.Scale(top + height, top), left, left, unit);
            y = top + height + small + 18;
        }

        d.Height = y;
    }

    private static void Panel(Drawing d, List<Result> rows, List<Result>? city, PeriodAxis periods, LinearScale y, LinearScale x,
        ValueAxis axis, double left, double width, MultiplesOptions options)
    {
        var end = x.To + 4;
        foreach (var tick in axis.Ticks)
            d.Line(left, y.At(tick), end, y.At(tick), tick == 0 ? Palette.Axis : Palette.Grid, kind: "grid");
        List<double> cuts = [.. options.Breaks.Select(item => periods.Find(item.Period)).OfType<double>()];
        foreach (var cut in cuts) d.Line(x.Clamped(cut) - 3, y.To, x.Clamped(cut) - 3, y.From, Palette.Axis, 1, "2 3", kind: "break");
        // Where lines pass: a number stands where fewest of them do.
        var passed = new List<(double X, double Y)>();
        if (city is not null) Run(city, Palette.Reference, 1.4, "4 3", false);
        Run(rows, Palette.Mark, 2.2, null, true);
        var ends = periods.Periods.ToList();
        d.Text(left, y.From + 14, ends[0], size: 12, fill: Palette.MutedInk, kind: "tick");
        if (ends.Count > 1) d.Text(end, y.From + 14, ends[^1], Anchor.End, 12, Palette.MutedInk, kind: "tick");

        void Run(List<Result> line, string colour, double thickness, string? dash, bool marked)
        {
            var run = new List<(double, double)>();
            double? previous = null;
            foreach (var row in line)
            {
                var at = periods.Of(row.Period!);
                if (!row.Value.HasNumber || (previous is { } before && cuts.Exists(cut => before < cut && cut <= at))) Flush();
                previous = at;
                if (row.Value.HasNumber) run.Add((x.At(at), y.At(row.Value.Number)));
                else if (marked && row.Value.Status == ValueStatus.Suppressed)
                    d.Rect(x.At(at) - 4, y.From - 10, 8, 10, d.Hatch, Palette.Axis, kind: "suppressed");
            }

            Flush();
            if (!marked || line.FindLast(row => row.Value.HasNumber) is not { } last) return;
            var (px, py) = (x.At(periods.Of(last.Period!)), y.At(last.Value.Number));
            foreach (var row in line.Where(row => row.Value.HasNumber))
            {
                using var telling = d.Tell(row);
                d.Circle(x.At(periods.Of(row.Period!)), y.At(row.Value.Number), ReferenceEquals(row, last) ? 3 : 1.8, colour,
                    kind: "point");
            }

            var text = d.Numbers.Value(last.Value, last.Unit, options.Decimals);
            var wide = TextWidth.Of(text, 12, true);
            // A number may be wider than its panel.
            var right = Math.Max(Math.Min(px + (wide / 2), left + width), Math.Min(left + wide, left + width));
            (double X, double Baseline)[] places =
                [(px + 7 + wide, py + 4), (right, py - 8), (right, py + 18), (right, py - 18), (right, py + 28), (px - 7, py - 8),
                    (px - 7, py + 18)];
            var (edge, baseline) = places.Where(at => at.X <= left + width && at.X - wide >= left && at.Baseline - 11 >= y.To - 6
                    && at.Baseline <= y.From - 2)
                .DefaultIfEmpty((X: right, Baseline: Math.Max(py - 8, y.To + 5)))
                .MinBy(at => passed.Count(point => point.X > at.X - wide - 2 && point.X < at.X + 2 && point.Y > at.Baseline - 13
                    && point.Y < at.Baseline + 5));
            d.Rect(edge - wide - 1, baseline - 11, wide + 2, 13, Palette.Paper, kind: "halo");
            d.Text(edge, baseline, text, Anchor.End, 12, colour, true, kind: "value");

            void Flush()
            {
                for (var i = 1; i < run.Count; i++)
                {
                    for (var k = 0; k <= 12; k++) passed.Add((run[i - 1].Item1 + ((run[i].Item1 - run[i - 1].Item1) * k / 12),
                        run[i - 1].Item2 + ((run[i].Item2 - run[i - 1].Item2) * k / 12)));
                }

                if (run.Count > 1) d.Polyline(run, colour, thickness, dash, kind: marked ? "series" : "reference");
                else if (run.Count == 1) d.Circle(run[0].Item1, run[0].Item2, 2.4, colour, kind: "point");
                run.Clear();
            }
        }
    }
}

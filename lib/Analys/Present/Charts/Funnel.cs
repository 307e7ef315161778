using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>Shares of areas against their size, with the limits within which chance alone would keep them.</summary>
/// <remarks>
/// Limits: p ± z √(p (1 − p) / n), z = 1.96 (95 %) and 3.09 (99.8 %), p the city's share. Source: Spiegelhalter 2005, Statistics in
/// Medicine 24(8). Swedish: <i>trattdiagram</i>.
/// </remarks>
public static class FunnelFigure
{
    private static readonly (double Z, string Key)[] Limits = [(1.96, "figure.funnel.inner"), (3.09, "figure.funnel.outer")];

    // So few points that each can have its name.
    private const int Few = 20;

    // A limit further up than this many times the highest ratio is left outside the picture.
    private const double Most = 1.6;

    /// <summary>Draws a funnel plot.</summary>
    /// <param name="released">A share per area with the number behind it, and the city's share.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">The results are not shares, or the city's is not among them.</exception>
    public static Figure Funnel(this Released released, RankedBarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        Rows.OnePerArea(released, options, "funnel plot");
        if (released.Any(row => row.Unit != Units.Share)) throw new ArgumentException("A funnel plot shows shares.", nameof(released));
        var city = Rows.Reference(released, options.Reference, options) ?? released.FirstOrDefault(row => row.Area is null);
        if (released.Count > 0 && city?.Value.HasNumber != true)
            throw new ArgumentException("A funnel plot needs the share of the whole among the results.", nameof(released));
        var rows = Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "funnel", "figure.title.areas", drawing => Draw(drawing, rows, city!, options), city is null
            ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, List<Result> rows, Result city, RankedBarOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var shown = rows.Where(row => row.Value.HasNumber && row.N > 0).ToList();
        var p = city.Value.Number;
        var axisX = ValueAxis.Over(shown.Select(row => row.N!.Value).Append(0), frame.IsNarrow ? 4 : 6);
        var smallest = shown.Select(row => row.N!.Value).DefaultIfEmpty(1).Min();
        double Limit(double n, double z) => z * Math.Sqrt(Math.Max(0, p * (1 - p)) / n);
        var axisY = ValueAxis.Over(shown.Select(row => row.Value.Number).Append(Math.Max(0, p - Limit(smallest, 3.09)))
            .Append(Math.Min(1, p + Limit(smallest, 3.09))), 6);
        var left = axisY.LabelWidth(d, Units.Share);
        var (top, bottom) = (14.0, frame.IsNarrow ? 314.0 : 374.0);
        var x = axisX.Scale(left + 4, frame.Width - 14);
        var y = axisY.Scale(bottom, top);
        axisY.DrawHorizontal(d, y, left, frame.Width, Units.Share);
        axisX.DrawVertical(d, x, top, bottom, Units.Persons);
        foreach (var ((z, _), i) in Limits.Select((limit, i) => (limit, i)))
        {
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var points = Enumerable.Range(0, 80)
                    .Select(k => Math.Max(smallest * 0.6, 1) + (k / 79.0 * (axisX.Ticks[^1] - Math.Max(smallest * 0.6, 1))))
                    .Where(n => n > 0)
                    .Select(n => (n, Value: p + (side * Limit(n, z))))
                    .Where(point => point.Value >= axisY.Ticks[0] && point.Value <= axisY.Ticks[^1])
                    .Select(point => (x.At(point.n), y.At(point.Value))).ToList();
                if (points.Count > 1) d.Polyline(points, Palette.Axis, 1.3, i == 0 ? "4 3" : null, kind: "limit");
            }
        }

        d.Line(x.From, y.At(p), x.To, y.At(p), Palette.Reference, 1.6, kind: "reference");
        foreach (var row in shown)
        {
            using var telling = d.Tell(row);
            d.Circle(x.At(row.N!.Value), y.At(row.Value.Number), 4.6, IsOutside(row) ? Palette.Mark : Palette.Paper, Palette.Mark, 1.8,
                kind: "point");
        }

        var named = shown.Where(row => IsOutside(row) || options.Highlight.Contains(options.LabelOf(row)))
            .OrderByDescending(row => Math.Abs(row.Value.Number - p)).ToList();
        var boxes =
            LabelPlacement.Beside(
                [.. named.Select(row => (x.At(row.N!.Value), y.At(row.Value.Number), 5.0, TextWidth.Of(options.LabelOf(row), small)))],
                small + 2, new(left + 2, top - 10, frame.Width - left - 2, bottom - top + 10));
        for (var i = 0; i < named.Count; i++)
        {
            if (boxes[i] is { } box) d.Text(box.X, box.Y + small - 1, options.LabelOf(named[i]), size: small, kind: "name");
        }

        var under = bottom + (small * 2) + 16;
        d.Text(left, under, d.Texts["figure.funnel.x"], size: small, fill: Palette.MutedInk);
        under += small * 1.8;
        Key(Palette.Reference, null,
            d.Texts.Get("figure.funnel.expected", ("value", d.Numbers.Value(city.Value, city.Unit, options.Decimals))));
        foreach (var ((_, key), i) in Limits.Select((limit, i) => (limit, i))) Key(Palette.Axis, i == 0 ? "4 3" : null, d.Texts[key]);
        var hidden = rows.Except(shown).Select(options.LabelOf).ToList();
        if (hidden.Count > 0)
        {
            var lines = TextWrap.Lines(d.Texts.Get("figure.notshown", ("areas", string.Join(", ", hidden))), frame.Width, small);
            d.Lines(0, under, lines, size: small, fill: Palette.MutedInk);
            under += lines.Count * small * 1.3;
        }

        d.Height = under;

        bool IsOutside(Result row) => Math.Abs(row.Value.Number - p) > Limit(row.N!.Value, 3.09);

        void Key(string colour, string? dash, string text)
        {
            d.Line(0, under - 4, 26, under - 4, colour, 1.8, dash);
            d.Text(34, under, text, size: small);
            under += small * 1.5;
        }
    }

    /// <summary>Draws standardised ratios against the events expected, with the limits of chance and of what all areas share.</summary>
    /// <param name="released">Results of standardisation: ratios, expected events and funnel limits by
    /// area.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">Limits or expected events are missing, or an area has two of them.</exception>
    public static Figure RatioFunnel(this Released released, RankedBarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var ratios = released.Where(row => row.Measure.Id == "standardised-mortality-ratio").ToList();
        var expected = ByArea(released.Where(row => row.Measure.Id == "expected-events"));
        var inner = ByArea(released.Where(row => row.Measure.Id == "funnel-limit" && row.Parameters.GetValueOrDefault("level") == "0.95"));
        var outer = ByArea(released.Where(row => row.Measure.Id == "funnel-limit" && row.Parameters.GetValueOrDefault("level") == "0.998"));
        var points = ratios.Where(row => row.Value.HasNumber && row.Area is not null
            && expected.GetValueOrDefault(row.Area) is { Value.HasNumber: true })
            .Select(row => (Row: row, X: expected[row.Area!].Value.Number)).OrderBy(point => point.X).ToList();
        if (ratios.Count == 0
            || inner.Count == 0) throw new ArgumentException("A funnel of ratios needs ratios, expected events and limits.",
            nameof(released));
        return FigureMaker.Make(
            released, options, "ratio-funnel", "figure.title.areas", drawing => DrawRatios(drawing, points, [inner, outer], options),
                ratios, count: ratios.Count);

        Dictionary<string, Result> ByArea(IEnumerable<Result> rows)
        {
            var found = new Dictionary<string, Result>(StringComparer.Ordinal);
            foreach (var row in rows.Where(row => row.Area is not null))
            {
                if (!found.TryAdd(row.Area!, row)) throw new ArgumentException("A funnel of ratios shows one period.", nameof(released));
            }

            return found;
        }
    }

    private static void DrawRatios(Drawing d, List<(Result Row, double X)> points, Dictionary<string, Result>[] limits,
        RankedBarOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var axisX = ValueAxis.Over(points.Select(point => point.X).Append(0), frame.IsNarrow ? 4 : 6);
        var highest = points.Select(point => point.Row.Value.Number).DefaultIfEmpty(1).Max();
        // The limits belong to what is shown; those of an area that expects hardly anything would press the rest flat.
        double[] ends = [.. limits.SelectMany(level => points.Select(point =>
            level.GetValueOrDefault(point.Row.Area!)?.Upper).OfType<double>())
            .Where(end => end <= Most * Math.Max(1, highest))];
        var axisY = ValueAxis.Over([0, 1, highest * 1.15, .. ends], 6);
        var left = axisY.LabelWidth(d, Units.Ratio);
        var (top, bottom) = (14.0, frame.IsNarrow ? 314.0 : 374.0);
        LinearScale x = axisX.Scale(left + 4, frame.Width - 14), y = axisY.Scale(bottom, top);
        axisY.DrawHorizontal(d, y, left, frame.Width, Units.Ratio);
        axisX.DrawVertical(d, x, top, bottom, Units.Count);
        for (var level = 0; level < limits.Length; level++)
        {
            foreach (var upper in (ReadOnlySpan<bool>)[false, true])
            {
                var line = points.Select(point => (point.X, End: limits[level].GetValueOrDefault(point.Row.Area!) is { } row ? upper
                    ? row.Upper : row.Lower : null))
                    .Where(point => point.End >= axisY.Ticks[0] && point.End <= axisY.Ticks[^1])
                        .Select(point => (x.At(point.X), y.At(point.End!.Value))).ToList();
                if (line.Count > 1) d.Polyline(line, Palette.Axis, 1.3, level == 0 ? "4 3" : null, kind: "limit");
            }
        }

        d.Line(x.From, y.At(1), x.To, y.At(1), Palette.Reference, 1.6, kind: "reference");
        foreach (var (row, at) in points)
            d.Circle(x.At(at), y.At(row.Value.Number), 4.6, IsOutside(row) ? Palette.Mark : Palette.Paper, Palette.Mark, 1.8,
                kind: "point");
        var named = points.Where(point => points.Count <= Few || IsOutside(point.Row)
            || options.Highlight.Contains(options.LabelOf(point.Row))).ToList();
        var boxes = LabelPlacement.Beside(
            [.. named.Select(point => (x.At(point.X), y.At(point.Row.Value.Number), 5.0, TextWidth.Of(options.LabelOf(point.Row), small)))],
            small + 2, new(left + 2, top - 10, frame.Width - left - 2, bottom - top + 10));
        for (var i = 0; i < named.Count; i++)
        {
            if (boxes[i] is { } box) d.Text(box.X, box.Y + small - 1, options.LabelOf(named[i].Row), size: small, kind: "name");
        }

        var under = bottom + (small * 2) + 16;
        d.Text(left, under, d.Texts["figure.funnel.events"], size: small, fill: Palette.MutedInk);
        foreach (var ((_, key), level) in Limits.Select((limit, i) => (limit, i)))
        {
            under += small * 1.6;
            d.Line(0, under - 4, 26, under - 4, Palette.Axis, 1.8, level == 0 ? "4 3" : null);
            d.Text(34, under, d.Texts[$"{key}.wide"], size: small);
        }

        d.Height = under + (small * 0.5);

        bool IsOutside(Result row) => limits[^1].GetValueOrDefault(row.Area!) is { } limit
            && (row.Value.Number < limit.Lower || row.Value.Number > limit.Upper);
    }
}

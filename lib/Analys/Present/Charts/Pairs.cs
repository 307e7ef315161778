using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>The two values of each area, for dumbbell and slope.</summary>
internal sealed class Pairs
{
    internal sealed record Item(string Label, Result? First, Result? Second);

    private Pairs(string first, string second, IReadOnlyList<Item> items)
    {
        First = first;
        Second = second;
        Items = items;
    }

    public string First { get; }

    public string Second { get; }

    /// <summary>By the second value, largest first; then those without, by name.</summary>
    public IReadOnlyList<Item> Items { get; }

    public IEnumerable<Result> Rows => Items.SelectMany(item => new[] { item.First, item.Second }).OfType<Result>();

    public static Pairs Of(IReadOnlyList<Result> rows, PairOptions options)
    {
        var series = SeriesName.Of(rows, options.Series, options, period: true);
        var names = rows.Select(series).Distinct().Order(SwedishOrder.Comparer).ToList();
        var first = options.First ?? names.FirstOrDefault() ?? "";
        var second = options.Second ?? names.LastOrDefault() ?? "";
        var items = rows.Where(row => series(row) == first || series(row) == second).GroupBy(options.LabelOf).Select(area =>
        {
            Result? One(string name)
            {
                var found = area.Where(row => series(row) == name).Take(2).ToList();
                return found.Count < 2 ? found.FirstOrDefault()
                    : throw new ArgumentException(
                        "A pair shows two results per area, and an area has more: choose with Where, or say what tells them apart.",
                        nameof(rows));
            }

            return new Item(area.Key, One(first), first == second ? null : One(second));
        });
        return new Pairs(first, second, [.. items
            .OrderByDescending(item => item.Second?.Value.HasNumber == true ? 1 : 0)
            .ThenByDescending(item => (item.Second ?? item.First) is { Value.HasNumber: true } row ? row.Value.Number : 0)
            .ThenBy(item => item.Label, SwedishOrder.Comparer)]);
    }

    /// <summary>A row per area with both values and the change.</summary>
    public DataTable Table(PairOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        var units = Rows.Select(row => row.Unit).Distinct().ToList();
        var unit = units.Count == 1 ? $", {Words.Unit(units[0], options.Language)}" : "";
        // Shares differ by percentage points.
        var change = units is [Units.Share] ? $", {texts["figure.points"]}" : unit;
        return new DataTable(
            options.Title ?? string.Join(", ", Rows.Select(row => options.NameOf(row.Measure)).Distinct()),
            [texts["figure.table.area"], First + unit, Second + unit, texts["figure.percent.change"] + change],
            [.. Items.Select(item => (IReadOnlyList<DataCell>)[item.Label, Cell(item.First), Cell(item.Second), Change(item)])],
            TableMaker.Marks(Rows, options.Language));

        DataCell Cell(Result? row) => row is null ? "" : new DataCell(
            format.Value(row.Value, row.Unit, options.Decimals), row.Value.HasNumber
            ? TableMaker.InHeadingsUnit(row.Value.Number, row.Unit) : null);

        DataCell Change(Item item)
        {
            if (item is not { First.Value.HasNumber: true, Second.Value.HasNumber: true } || item.First.Unit != item.Second.Unit) return "";
            var change = item.Second.Value.Number - item.First.Value.Number;
            var decimals = options.Decimals ?? NumberFormat.DefaultDecimals(item.First.Unit);
            var text = item.First.Unit == Units.Share ? format.Points(change, decimals) : format.Number(change, decimals);
            return new DataCell(change > 0 ? $"+{text}" : text, TableMaker.Difference(item.First, item.Second));
        }
    }
}

/// <summary>What a dumbbell or a slope chart can be told.</summary>
public sealed record PairOptions : FigureOptions
{
    /// <summary>What tells the two values of an area apart; null for the period, else population, group or measure, whichever
    /// differs.</summary>
    public Func<Result, string>? Series { get; init; }

    /// <summary>The name of the first value; null for the first in order.</summary>
    public string? First { get; init; }

    /// <summary>The name of the second value; null for the last in order.</summary>
    public string? Second { get; init; }

    /// <summary>Areas in full colour in a slope chart; the others stand back. Empty for all.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];
}

/// <summary>Two values per area as points joined by a line: then and now, women and men.</summary>
/// <remarks>Swedish: <i>hanteldiagram</i>.</remarks>
public static class DumbbellFigure
{
    /// <summary>Draws a dumbbell, sorted by the second value.</summary>
    /// <param name="released">Two results per area.</param>
    /// <param name="options">The options.</param>
    public static Figure Dumbbell(this Released released, PairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var pairs = Pairs.Of(released, options);
        return FigureMaker.Make(released, options, "dumbbell", "figure.title.areas", drawing => Draw(drawing, pairs, options),
            [.. pairs.Rows], pairs.Table(options), count: pairs.Items.Count);
    }

    private static void Draw(Drawing d, Pairs pairs, PairOptions options)
    {
        var frame = d.Frame;
        var unit = pairs.Rows.First().Unit;
        var values = pairs.Rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number).Append(0).ToList();
        var axis = ValueAxis.Over(values, frame.IsNarrow ? 4 : 6).Tight(values);
        string Print(Result row) => d.Numbers.Value(row.Value, row.Unit, options.Decimals);
        var valueRoom = pairs.Rows.Select(row => TextWidth.Of(Print(row), frame.SmallSize)).Append(28).Max() + 12;
        var labelRoom = frame.IsNarrow ? 0 : Math.Min(240, pairs.Items.Select(item => TextWidth.Of(item.Label, frame.FontSize)).Max() + 14);
        var scale = axis.Scale(labelRoom + valueRoom, frame.Width - valueRoom);
        var top = Legend(d, pairs) + 6;
        var y = top;
        var rows = new List<(Pairs.Item Item, IReadOnlyList<string> Label, double Y)>();
        foreach (var item in pairs.Items)
        {
            var lines = TextWrap.Lines(item.Label, frame.IsNarrow ? frame.Width : labelRoom - 12, frame.FontSize, 2);
            var height = frame.IsNarrow ? (lines.Count * frame.LineHeight) + 24 : Math.Max(25, (lines.Count * frame.FontSize * 1.25) + 7);
            rows.Add((item, lines, frame.IsNarrow ? y + (lines.Count * frame.LineHeight) + 8 : y + (height / 2)));
            y += height;
        }

        axis.DrawVertical(d, scale, top - 2, y, unit);
        foreach (var (item, lines, middle) in rows)
        {
            using var telling = d.Tell(item.Second ?? item.First);
            if (frame.IsNarrow) d.Lines(0, middle - 8 - ((lines.Count - 1) * frame.FontSize * 1.25) - 6, lines);
            else d.Lines(labelRoom - 10, middle + (frame.FontSize * 0.35) - ((lines.Count - 1) * frame.FontSize * 0.625), lines,
                Anchor.End);
            Pair(d, item, middle, scale, Print);
        }

        d.Height = y + (frame.SmallSize * 1.25) + 8;
    }

    private static void Pair(Drawing d, Pairs.Item item, double y, LinearScale scale, Func<Result, string> print)
    {
        double? first = item.First?.Value.HasNumber == true ? scale.At(item.First.Value.Number) : null;
        double? second = item.Second?.Value.HasNumber == true ? scale.At(item.Second.Value.Number) : null;
        if (first is { } from && second is { } to) d.Line(from, y, to, y, Palette.Quiet, 3, kind: "join");
        // The first value is an open ring and the second a filled disc: told apart without colour.
        if (first is { } a) d.Circle(a, y, 5.2, Palette.Paper, Palette.Second, 2.4, kind: "first");
        if (second is { } b) d.Circle(b, y, 6.2, Palette.Mark, kind: "second");
        var firstLeft = (first ?? double.MinValue) <= (second ?? double.MaxValue);
        Side(item.First, first, firstLeft, Palette.Second);
        Side(item.Second, second, !firstLeft, Palette.Mark);

        void Side(Result? row, double? x, bool left, string colour)
        {
            if (row is null) return;
            var at = x ?? (left ? Math.Min(first ?? scale.From, second ?? scale.From) - 12
                : Math.Max(first ?? scale.From, second ?? scale.From) + 12);
            if (row.Value.Status == ValueStatus.Suppressed) d.Rect(at - 5, y - 6, 10, 12, d.Hatch, Palette.Axis, kind: "suppressed");
            d.Text(left ? at - 10 : at + 10, y + (d.Frame.SmallSize * 0.35), print(row), left ? Anchor.End
                : Anchor.Start, d.Frame.SmallSize, row.Value.HasNumber ? colour : Palette.MutedInk, kind: "value");
        }
    }

    private static double Legend(Drawing d, Pairs pairs)
    {
        var y = d.Frame.FontSize;
        var firstLines = TextWrap.Lines(pairs.First, (d.Width / 2) - 30, d.Frame.FontSize, 2);
        var second = 18 + firstLines.Max(line => TextWidth.Of(line, d.Frame.FontSize)) + 24;
        var secondLines = TextWrap.Lines(pairs.Second, d.Width - second - 18, d.Frame.FontSize, 2);
        d.Circle(6, y - 5, 5.2, Palette.Paper, Palette.Second, 2.4);
        d.Lines(17, y, firstLines);
        d.Circle(second + 6, y - 5, 6.2, Palette.Mark);
        d.Lines(second + 17, y, secondLines);
        return y + ((Math.Max(firstLines.Count, secondLines.Count) - 1) * d.Frame.FontSize * 1.25) + 10;
    }
}

/// <summary>Lines from one point in time to another, a name at each end.</summary>
/// <remarks>Swedish: <i>lutningsdiagram</i>.</remarks>
public static class SlopeFigure
{
    /// <summary>Draws a slope chart.</summary>
    /// <param name="released">Two results per area.</param>
    /// <param name="options">The options.</param>
    public static Figure Slope(this Released released, PairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var pairs = Pairs.Of(released, options);
        return FigureMaker.Make(released, options, "slope", "figure.title.areas", drawing => Draw(drawing, pairs, options), [.. pairs.Rows],
            pairs.Table(options), count: pairs.Items.Count);
    }

    private static void Draw(Drawing d, Pairs pairs, PairOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var line = small * 1.35;
        var values = pairs.Rows.Where(row => row.Value.HasNumber).Select(row => row.Value.Number).Append(0).ToList();
        var axis = ValueAxis.Over(values, 5).Tight(values);
        var top = frame.FontSize + 24;
        var bottom = top + Math.Max(frame.IsNarrow ? 260 : 320, pairs.Items.Count * line);
        string Print(Result row) => d.Numbers.Value(row.Value, row.Unit, options.Decimals);
        // The first column has the numbers only; the second has names and numbers.
        var left = pairs.Rows.Select(row => TextWidth.Of(Print(row), small)).Append(24).Max() + 12;
        var names = pairs.Items.Where(item => item.Second is not null)
            .Select(item => TextWidth.Of($"{Print(item.Second!)} {item.Label}", small, true)).DefaultIfEmpty(60).Max() + 18;
        var right = frame.Width - Math.Min(names, frame.Width * 0.55);
        var y = axis.Scale(bottom, top);
        d.Line(left, top - 6, left, bottom, Palette.Axis);
        d.Line(right, top - 6, right, bottom, Palette.Axis);
        d.Text(left, frame.FontSize, pairs.First, Anchor.Middle, bold: true);
        d.Text(right, frame.FontSize, pairs.Second, Anchor.Middle, bold: true);
        foreach (var item in pairs.Items)
        {
            if (item is not { First.Value.HasNumber: true, Second.Value.HasNumber: true }) continue;
            var colour = Colour(item);
            var (from, to) = (y.At(item.First.Value.Number), y.At(item.Second.Value.Number));
            using var telling = d.Tell(item.Second);
            d.Line(left, from, right, to, colour, IsQuiet(item) ? 1.3 : 2.2, kind: "slope");
            d.Circle(left, from, 3.4, Palette.Paper, colour, 1.8, kind: "first");
            d.Circle(right, to, 3.6, colour, kind: "second");
        }

        Side(item => item.First, left, Anchor.End, (_, row) => Print(row), top, bottom);
        Side(item => item.Second, right, Anchor.Start, (item, row) => $"{Print(row)} {item.Label}", top, bottom);
        d.Height = bottom + 16;

        bool IsQuiet(Pairs.Item item) => options.Highlight.Count > 0 && !options.Highlight.Contains(item.Label);
        string Colour(Pairs.Item item) =>
            IsQuiet(item) ? Palette.Quiet : item is { First.Value.HasNumber: true, Second.Value.HasNumber: true }
            && item.Second.Value.Number > item.First.Value.Number ? Palette.Second : Palette.Mark;

        void Side(Func<Pairs.Item, Result?> part, double x, Anchor anchor, Func<Pairs.Item, Result, string> words, double from, double to)
        {
            var shown = pairs.Items.Where(item => part(item) is not null).ToList();
            var places =
                LabelPlacement.Spread([.. shown.Select(item => part(item)!.Value.HasNumber ? y.At(part(item)!.Value.Number) : to + 8)],
                    line, from - 10, to + 14);
            for (var i = 0; i < shown.Count; i++)
            {
                var row = part(shown[i])!;
                using var telling = d.Tell(row);
                var side = anchor == Anchor.End ? -1 : 1;
                if (row.Value.HasNumber && Math.Abs(places[i] - y.At(row.Value.Number)) > 3)
                    d.Line(x + (side * 4), y.At(row.Value.Number), x + (side * 10), places[i], Palette.Axis, 0.8);
                if (row.Value.Status == ValueStatus.Suppressed)
                    d.Rect(x + (side * 11) - (side < 0 ? 10 : 0), places[i] - 6, 10, 12, d.Hatch, Palette.Axis, kind: "suppressed");
                var text = TextWrap.Lines(words(shown[i], row), frame.Width - right - 12, small, 1, !IsQuiet(shown[i]))[0];
                d.Text(x + (side * (row.Value.Status == ValueStatus.Suppressed ? 25 : 12)), places[i] + (small * 0.35), text, anchor, small,
                    IsQuiet(shown[i]) || !row.Value.HasNumber ? Palette.MutedInk : Colour(shown[i]), !IsQuiet(shown[i])
                    && options.Highlight.Count > 0, kind: "name");
            }
        }
    }
}

using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>What a dumbbell or a slope chart can be told.</summary>
public sealed record PairOptions : FigureOptions
{
    /// <summary>What tells the two values of an area apart; null for the period, else population, group or measure, whichever differs.</summary>
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
        return FigureMaker.Make(released, options, "dumbbell", "figure.title.areas", drawing => Draw(drawing, pairs, options), [.. pairs.Rows], pairs.Table(options), count: pairs.Items.Count);
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
            if (frame.IsNarrow) d.Lines(0, middle - 8 - ((lines.Count - 1) * frame.FontSize * 1.25) - 6, lines);
            else d.Lines(labelRoom - 10, middle + (frame.FontSize * 0.35) - ((lines.Count - 1) * frame.FontSize * 0.625), lines, Anchor.End);
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
            var at = x ?? (left ? Math.Min(first ?? scale.From, second ?? scale.From) - 12 : Math.Max(first ?? scale.From, second ?? scale.From) + 12);
            if (row.Value.Status == ValueStatus.Suppressed) d.Rect(at - 5, y - 6, 10, 12, d.Hatch, Palette.Axis, kind: "suppressed");
            d.Text(left ? at - 10 : at + 10, y + (d.Frame.SmallSize * 0.35), print(row), left ? Anchor.End : Anchor.Start, d.Frame.SmallSize, row.Value.HasNumber ? colour : Palette.MutedInk, kind: "value");
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

using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

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
        return FigureMaker.Make(released, options, "slope", "figure.title.areas", drawing => Draw(drawing, pairs, options), [.. pairs.Rows], pairs.Table(options), count: pairs.Items.Count);
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
        var names = pairs.Items.Where(item => item.Second is not null).Select(item => TextWidth.Of($"{Print(item.Second!)} {item.Label}", small, true)).DefaultIfEmpty(60).Max() + 18;
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
            d.Line(left, from, right, to, colour, IsQuiet(item) ? 1.3 : 2.2, kind: "slope");
            d.Circle(left, from, 3.4, Palette.Paper, colour, 1.8, kind: "first");
            d.Circle(right, to, 3.6, colour, kind: "second");
        }

        Side(item => item.First, left, Anchor.End, (_, row) => Print(row), top, bottom);
        Side(item => item.Second, right, Anchor.Start, (item, row) => $"{Print(row)} {item.Label}", top, bottom);
        d.Height = bottom + 16;

        bool IsQuiet(Pairs.Item item) => options.Highlight.Count > 0 && !options.Highlight.Contains(item.Label);
        string Colour(Pairs.Item item) => IsQuiet(item) ? Palette.Quiet : item is { First.Value.HasNumber: true, Second.Value.HasNumber: true } && item.Second.Value.Number > item.First.Value.Number ? Palette.Second : Palette.Mark;

        void Side(Func<Pairs.Item, Result?> part, double x, Anchor anchor, Func<Pairs.Item, Result, string> words, double from, double to)
        {
            var shown = pairs.Items.Where(item => part(item) is not null).ToList();
            var places = LabelPlacement.Spread([.. shown.Select(item => part(item)!.Value.HasNumber ? y.At(part(item)!.Value.Number) : to + 8)], line, from - 10, to + 14);
            for (var i = 0; i < shown.Count; i++)
            {
                var row = part(shown[i])!;
                var side = anchor == Anchor.End ? -1 : 1;
                if (row.Value.HasNumber && Math.Abs(places[i] - y.At(row.Value.Number)) > 3) d.Line(x + (side * 4), y.At(row.Value.Number), x + (side * 10), places[i], Palette.Axis, 0.8);
                if (row.Value.Status == ValueStatus.Suppressed) d.Rect(x + (side * 11) - (side < 0 ? 10 : 0), places[i] - 6, 10, 12, d.Hatch, Palette.Axis, kind: "suppressed");
                var text = TextWrap.Lines(words(shown[i], row), frame.Width - right - 12, small, 1, !IsQuiet(shown[i]))[0];
                d.Text(x + (side * (row.Value.Status == ValueStatus.Suppressed ? 25 : 12)), places[i] + (small * 0.35), text, anchor, small, IsQuiet(shown[i]) || !row.Value.HasNumber ? Palette.MutedInk : Colour(shown[i]), !IsQuiet(shown[i]) && options.Highlight.Count > 0, kind: "name");
            }
        }
    }
}

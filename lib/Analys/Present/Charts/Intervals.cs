using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>Areas as points with their intervals, largest first, with the city as a line.</summary>
/// <remarks>For values where a bar from zero would say the wrong thing: indices, ratios, differences. Swedish:
/// <i>intervalldiagram</i>.</remarks>
public static class IntervalFigure
{
    /// <summary>Draws points and intervals.</summary>
    /// <param name="released">One result per area.</param>
    /// <param name="options">The options.</param>
    public static Figure Intervals(this Released released, RankedBarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        Rows.OnePerArea(released, options, "figure of intervals");
        var city = released.Count > 1 ? Rows.Reference(released, options.Reference, options) : null;
        var rows = Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "interval", "figure.title.areas", drawing => Draw(drawing, rows, city, options),
            city is null ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, List<Result> rows, Result? city, RankedBarOptions options)
    {
        const double Row = 16;
        var frame = d.Frame;
        var small = frame.SmallSize;
        var values = rows.Append(city).OfType<Result>().Where(row => row.Value.HasNumber)
            .SelectMany(row => new[] { row.Value.Number, row.Lower ?? row.Value.Number, row.Upper ?? row.Value.Number }).ToList();
        var axis = ValueAxis.Over(values, frame.IsNarrow ? 4 : 6);
        var unit = (rows.FirstOrDefault() ?? city!).Unit;
        string Print(Result row) => row.Value.HasNumber && row.Lower is { } lower && row.Upper is { } upper
            ? $"{d.Numbers.Value(row.Value, row.Unit, options.Decimals)} ({d.Numbers.Interval(lower, upper, row.Unit, options.Decimals)})"
            : d.Numbers.Value(row.Value, row.Unit, options.Decimals);
        var cityWords = city?.Value.HasNumber == true
            ? d.Texts.Get("figure.reference", ("name", options.LabelOf(city)),
                ("value", d.Numbers.Value(city.Value, city.Unit, options.Decimals))) : null;
        var top = cityWords is null ? 6 : small + 10;
        var layout = new LabelledRows(d, rows.ConvertAll(row => options.LabelOf(row)), top, Row);
        // On a telephone the numbers stand at the right of the name's line.
        var numbers = rows.Select(row => TextWidth.Of(Print(row), small)).DefaultIfEmpty(0).Max() + 8;
        var scale = axis.Scale(layout.Left + 10, frame.Width - (frame.IsNarrow ? 10 : numbers + 10));
        axis.DrawVertical(d, scale, top - 2, layout.Bottom, unit);
        if (cityWords is not null)
        {
            var x = scale.At(city!.Value.Number);
            d.Line(x, top - 4, x, layout.Bottom, Palette.Reference, 1.6, "6 3", kind: "reference");
            var half = TextWidth.Of(cityWords, small, true) / 2;
            d.Text(Math.Clamp(x, half, Math.Max(half, frame.Width - half)), small, cityWords, Anchor.Middle, small, Palette.Reference,
                true);
        }

        layout.DrawNames(Row);

        for (var i = 0; i < rows.Count; i++)
        {
            var (row, y) = (rows[i], layout.Middle(i));
            using var telling = d.Tell(row);
            if (row.Value.HasNumber)
            {
                if (row.Lower is { } lower && row.Upper is { } upper) Whisker(d, scale.At(lower), scale.At(upper), y);
                d.Circle(scale.At(row.Value.Number), y, 4, Palette.Mark, kind: "point");
            }
            else if (row.Value.Status == ValueStatus.Suppressed)
                d.Rect(scale.From, y - 6, 46, 12, d.Hatch, Palette.Axis, kind: "suppressed");

            var words = row.Value.HasNumber ? Print(row)
                : $"{Print(row)} " + (row.Value.Status == ValueStatus.Suppressed ? d.Texts["figure.suppressed"]
                    : Words.Absent(row.Value, options.Language));
            if (frame.IsNarrow)
            {
                // A long name has the line to itself; its numbers stand in the table.
                if (TextWidth.Of(options.LabelOf(row), frame.FontSize) + TextWidth.Of(words, small) + 8 > frame.Width) continue;
                d.Rect(frame.Width - TextWidth.Of(words, small) - 2, y - (Row / 2) - small - 3, TextWidth.Of(words, small) + 2, small + 2,
                    Palette.Paper, kind: "halo");
                d.Text(frame.Width, y - (Row / 2) - 5, words, Anchor.End, small, Palette.MutedInk, kind: "value");
            }
            else d.Text(row.Value.HasNumber ? frame.Width : scale.From + 54, y + (small * 0.35), words, row.Value.HasNumber ? Anchor.End
                : Anchor.Start, small, Palette.MutedInk, kind: "value");
        }

        d.Height = layout.Bottom + (small * 1.25) + 8;
    }

    private static void Whisker(Drawing d, double from, double to, double y)
    {
        d.Line(from, y, to, y, Palette.Mark, 2, kind: "interval");
        foreach (var end in (ReadOnlySpan<double>)[from, to]) d.Line(end, y - 5, end, y + 5, Palette.Mark, 1.6);
    }
}

/// <summary>Rows with a name each: beside the row on a page, above it on a telephone.</summary>
internal sealed class LabelledRows
{
    private readonly Drawing d;
    private readonly List<(IReadOnlyList<string> Lines, double Middle)> rows = [];

    public LabelledRows(Drawing drawing, IReadOnlyList<string> labels, double top, double rowHeight, double widest = 240)
    {
        d = drawing;
        var frame = d.Frame;
        Left = frame.IsNarrow
            ? 0 : Math.Min(widest, labels.Select(label => TextWidth.Of(label, frame.FontSize)).DefaultIfEmpty(0).Max() + 14);
        var y = top;
        foreach (var label in labels)
        {
            var lines = TextWrap.Lines(label, frame.IsNarrow ? frame.Width : Left - 12, frame.FontSize, 2);
            var names = lines.Count * frame.FontSize * 1.25;
            rows.Add((lines, frame.IsNarrow ? y + names + 4 + (rowHeight / 2) : y + (Math.Max(rowHeight + 8, names + 6) / 2)));
            y += frame.IsNarrow ? names + rowHeight + 12 : Math.Max(rowHeight + 8, names + 6);
        }

        Bottom = y;
    }

    /// <summary>Where the names end and the drawing begins.</summary>
    public double Left { get; }

    /// <summary>Below the last row.</summary>
    public double Bottom { get; }

    /// <summary>The middle of a row.</summary>
    public double Middle(int row) => rows[row].Middle;

    public void DrawNames(double rowHeight)
    {
        var size = d.Frame.FontSize;
        foreach (var (lines, middle) in rows)
        {
            var rest = (lines.Count - 1) * size * 1.25;
            if (d.Frame.IsNarrow) Ground(lines, middle - (rowHeight / 2) - 5, size);
            if (d.Frame.IsNarrow) d.Lines(0, middle - (rowHeight / 2) - 5 - rest, lines);
            else d.Lines(Left - 10, middle + (size * 0.35) - (rest / 2), lines, Anchor.End);
        }
    }

    // Above the row a name would lie on grid lines.
    private void Ground(IReadOnlyList<string> lines, double last, double size)
    {
        var height = ((lines.Count - 1) * size * 1.25) + size + 2;
        d.Rect(0, last - height + 4, lines.Max(line => TextWidth.Of(line, size)) + 3, height, Palette.Paper, kind: "halo");
    }
}

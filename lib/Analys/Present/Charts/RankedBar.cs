using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a ranked bar can be told.</summary>
public sealed record RankedBarOptions : FigureOptions
{
    /// <summary>The area whose value is drawn as a line across the bars; null for the whole city where it is among the results, and its
    /// value is no sum of theirs.</summary>
    public string? Reference { get; init; }

    /// <summary>Areas whose bars are drawn in full colour; the others stand back. Empty for all alike.</summary>
    public IReadOnlyCollection<string> Highlight { get; init; } = [];

    /// <summary>Whether intervals are drawn where the results have them.</summary>
    public bool ShowIntervals { get; init; } = true;

    /// <summary>Whether the bars stand in the order of the results (of time, of a questionnaire) and not by size.</summary>
    public bool KeepOrder { get; init; }
}

/// <summary>Areas as bars, largest first, with the city as a line across them.</summary>
/// <remarks>Swedish: <i>rangordnat stapeldiagram</i>.</remarks>
public static class RankedBarFigure
{
    /// <summary>Draws a ranked bar.</summary>
    /// <param name="released">One result per area.</param>
    /// <param name="options">The options.</param>
    /// <param name="reference">Short for <see cref="RankedBarOptions.Reference"/>.</param>
    public static Figure RankedBar(this Released released, RankedBarOptions? options = null, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options = (options ?? new()) with { Reference = reference ?? options?.Reference };
        Rows.OnePerArea(released, options, "ranked bar");
        var city = released.Count > 1 ? Rows.Reference(released, options.Reference, options) : null;
        // The number of all is no measure of the number in one: a line far to the right would only press the bars together.
        var line = city is not null && (options.Reference is not null || city.Unit is not (Units.Persons or Units.Count)) ? city : null;
        var rows = options.KeepOrder ? [.. released.Where(row => !ReferenceEquals(row, city))]
            : Rows.Ranked(released.Where(row => !ReferenceEquals(row, city)), options);
        return FigureMaker.Make(
            released, options, "bar", "figure.title.areas", drawing => Draw(drawing, rows, line, options),
            city is null ? rows : [.. rows, city], reference: city, count: rows.Count);
    }

    private static void Draw(Drawing d, List<Result> rows, Result? city, RankedBarOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var cityValue = city?.Value.HasNumber == true ? city.Value.Number : (double?)null;
        var values = rows.SelectMany(row => Ends(row, options)).Append(cityValue ?? 0).Append(0).ToList();
        var axis = ValueAxis.Over(values, frame.IsNarrow ? 4 : 6).Tight(values);
        string Print(Result row) => d.Numbers.Value(row.Value, row.Unit, options.Decimals);

        var valueRoom = rows.Select(row => TextWidth.Of(Print(row), frame.FontSize)).DefaultIfEmpty(0).Max() + 10;
        var labelRoom = frame.IsNarrow
            ? 0 : Math.Min(240, rows.Select(row => TextWidth.Of(options.LabelOf(row), frame.FontSize)).DefaultIfEmpty(0).Max() + 14);
        var labels =
            rows.ConvertAll(row =>
                TextWrap.Lines(options.LabelOf(row), frame.IsNarrow ? frame.Width - 4 : labelRoom - 12, frame.FontSize, 2));
        var negative = axis.Min < 0 ? valueRoom : 2;
        var scale = axis.Scale(labelRoom + negative, frame.Width - valueRoom - 2);
        var cityLines = cityValue is null
            ? [] : TextWrap.Lines(d.Texts.Get("figure.reference", ("name", options.LabelOf(city!)), ("value", Print(city!))),
                frame.Width - 8, small, 2, bold: true);
        var top = (cityLines.Count * small * 1.25) + (cityLines.Count > 0 ? 10 : 4);
        var barHeight = frame.IsNarrow ? 13.0 : 15.0;

        var y = top;
        var zero = scale.At(0);
        var bars = new List<(Result Row, double Y, IReadOnlyList<string> Label)>();
        for (var i = 0; i < rows.Count; i++)
        {
            var lines = labels[i].Count;
            var height = frame.IsNarrow ? (lines * frame.LineHeight) + barHeight + 8
                : Math.Max(barHeight + 9, (lines * frame.FontSize * 1.25) + 6);
            bars.Add((rows[i], frame.IsNarrow ? y + (lines * frame.LineHeight) : y + ((height - barHeight) / 2), labels[i]));
            y += height;
        }

        var unit = rows.Count > 0 ? rows[0].Unit : city!.Unit;
        axis.DrawVertical(d, scale, top - 2, y, unit);
        foreach (var (row, at, label) in bars)
        {
            using var telling = d.Tell(row);
            if (!frame.IsNarrow) d.Lines(labelRoom - 10, at + (barHeight / 2) + (frame.FontSize * 0.35) - (
                (label.Count - 1) * frame.FontSize * 0.625),
                    label, Anchor.End);
            Bar(d, row, at, barHeight, scale, zero, options, Within(row));
        }

        // A bar whose interval holds the whole's value stands back: the difference may be chance.
        bool Within(Result row) => options.ShowIntervals && row.Lower <= cityValue && cityValue <= row.Upper;

        d.Line(zero, top - 2, zero, y, Palette.Axis);
        foreach (var (row, at, label) in frame.IsNarrow ? bars : [])
        {
            using var telling = d.Tell(row);
            // Above its bar a name would lie on the grid lines.
            var first = at - ((label.Count - 1) * frame.FontSize * 1.25) - 5;
            d.Rect(0, first - frame.FontSize + 1, label.Max(line => TextWidth.Of(line, frame.FontSize)) + 3,
                at - first + frame.FontSize - 3, Palette.Paper, kind: "halo");
            d.Lines(0, first, label);
        }

        if (cityValue is { } value)
        {
            var x = scale.At(value);
            Reference(d, x, top - 4, y, frame.IsNarrow ? bars.ConvertAll(bar => (bar.Y - 3, bar.Y + barHeight + 3)) : [(top - 4, y)]);
            var width = cityLines.Max(line => TextWidth.Of(line, small, true));
            d.Lines(Math.Clamp(x, width / 2, frame.Width - (width / 2)), small, cityLines, Anchor.Middle, small, Palette.Reference, true);
        }

        // Last, so that the line does not cross a number.
        foreach (var (row, at, _) in bars) Value(d, row, at, barHeight, scale, zero, options, Print(row));
        d.Height = y + (small * 1.25) + 8;
        if (options.Highlight.Count > 0 || !rows.Exists(Within)) return;
        var said = TextWrap.Lines(d.Texts.Get("figure.within", ("name", Words.Inside(options.LabelOf(city!)))), frame.Width - 22, small, 2);
        d.Rect(0, d.Height + 2, 14, small, Palette.Quiet, kind: "key");
        d.Lines(22, d.Height + small, said, size: small, fill: Palette.MutedInk);
        d.Height += (said.Count * small * 1.25) + 8;
    }

    // On a telephone the names stand between the bars, and the line leaves them free.
    private static void Reference(Drawing d, double x, double top, double bottom, IReadOnlyList<(double From, double To)> parts)
    {
        foreach (var (from, to) in parts)
        {
            d.Line(x, from, x, to, Palette.Paper, 4);
            d.Line(x, from, x, to, Palette.Reference, 2, parts.Count == 1 ? "6 3" : null, kind: "reference");
        }

        if (parts.Count > 1) d.Line(x, top, x, Math.Min(top + 5, bottom), Palette.Reference, 2);
    }

    private static IEnumerable<double> Ends(Result row, RankedBarOptions options)
    {
        if (!row.Value.HasNumber) yield break;
        yield return row.Value.Number;
        if (!options.ShowIntervals) yield break;
        if (row.Lower is { } lower) yield return lower;
        if (row.Upper is { } upper) yield return upper;
    }

    private static void Bar(Drawing d, Result row, double y, double height, LinearScale scale, double zero, RankedBarOptions options,
        bool within)
    {
        using var telling = d.Tell(row);
        if (row.Value.Status == ValueStatus.Suppressed)
        {
            d.Rect(zero, y, 46, height, d.Hatch, Palette.Axis, kind: "suppressed");
            return;
        }

        if (!row.Value.HasNumber) return;
        var end = scale.At(row.Value.Number);
        var quiet = options.Highlight.Count > 0 ? !options.Highlight.Contains(options.LabelOf(row)) : within;
        d.Rect(Math.Min(zero, end), y, Math.Abs(end - zero), height, quiet ? Palette.Quiet : Palette.Mark, kind: "bar");
        if (!options.ShowIntervals || row.Lower is not { } lower || row.Upper is not { } upper) return;
        double left = scale.At(lower), right = scale.At(upper), middle = y + (height / 2);
        d.Line(left, middle, right, middle, Palette.Paper, 3.6);
        d.Line(left, middle, right, middle, Palette.Ink, 1.4, kind: "interval");
        foreach (var x in (ReadOnlySpan<double>)[left, right]) d.Line(x, middle - 4, x, middle + 4, Palette.Ink, 1.6);
    }

    private static void Value(Drawing d, Result row, double y, double height, LinearScale scale, double zero, RankedBarOptions options,
        string text)
    {
        using var telling = d.Tell(row);
        var baseline = y + (height / 2) + (d.Frame.FontSize * 0.35);
        if (!row.Value.HasNumber)
        {
            var suppressed = row.Value.Status == ValueStatus.Suppressed;
            var (words, x) = suppressed ? ($".. {d.Texts["figure.suppressed"]}", zero + 52)
                : ($". {Words.Absent(row.Value, options.Language)}", zero + 6);
            d.Rect(x - 1, y - 1, TextWidth.Of(words, d.Frame.SmallSize) + 4, height + 2, Palette.Paper, kind: "halo");
            d.Text(x, baseline, words, size: d.Frame.SmallSize, fill: Palette.MutedInk);
        }
        else
        {
            var negative = row.Value.Number < 0;
            var ends = Ends(row, options).Select(scale.At).Append(zero);
            var x = negative ? ends.Min() - 6 : ends.Max() + 6;
            var width = TextWidth.Of(text, d.Frame.FontSize);
            d.Rect(negative ? x - width - 1 : x - 1, y - 1, width + 2, height + 2, Palette.Paper, kind: "halo");
            d.Text(x, baseline, text, negative ? Anchor.End : Anchor.Start, kind: "value");
        }
    }
}

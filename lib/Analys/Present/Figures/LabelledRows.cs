using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>Rows with a name each: beside the row on a page, above it on a telephone.</summary>
internal sealed class LabelledRows
{
    private readonly Drawing d;
    private readonly List<(IReadOnlyList<string> Lines, double Middle)> rows = [];

    public LabelledRows(Drawing drawing, IReadOnlyList<string> labels, double top, double rowHeight, double widest = 240)
    {
        d = drawing;
        var frame = d.Frame;
        Left = frame.IsNarrow ? 0 : Math.Min(widest, labels.Select(label => TextWidth.Of(label, frame.FontSize)).DefaultIfEmpty(0).Max() + 14);
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

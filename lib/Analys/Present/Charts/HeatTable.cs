using Analys.Domain;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>What a heat table can be told.</summary>
public sealed record HeatOptions : FigureOptions
{
    /// <summary>The column of a result; null for the period, else population, group or measure, whichever differs.</summary>
    public Func<Result, string>? Column { get; init; }

    /// <summary>Whether every column has classes of its own, as when they are different measures; null to decide by the units.</summary>
    public bool? ClassesByColumn { get; init; }

    /// <summary>About how many classes, 2 to 6.</summary>
    public int Classes { get; init; } = 5;

    /// <summary>Whether the first column gives the order, as when columns are no course of time.</summary>
    internal bool SortByFirst { get; init; }
}

/// <summary>A table of areas with coloured cells: every number is there, the colour shows the pattern.</summary>
/// <remarks>Swedish: <i>färgtabell</i>.</remarks>
public static class HeatFigure
{
    /// <summary>Draws a heat table, sorted by its last column.</summary>
    /// <param name="released">A result per area and column.</param>
    /// <param name="options">The options.</param>
    public static Figure HeatTable(this Released released, HeatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options ??= new();
        var column = SeriesName.Of(released, options.Column, options, period: true);
        if (options.Column is null && released.Select(column).Distinct().Count() < 2)
            column = SeriesName.Of(released, null, options with { Label = _ => "" });
        List<string> columns = [.. released.Select(column).Distinct()];
        if (options.Column is null && released.Select(row => row.Period).Distinct().Skip(1).Any()) columns.Sort(SwedishOrder.Comparer);
        var rows = released.GroupBy(options.LabelOf).Select(area => (Label: area.Key, Cells: columns.ConvertAll(name =>
        {
            var found = area.Where(row => column(row) == name).Take(2).ToList();
            return found.Count < 2 ? found.FirstOrDefault()
                : throw new ArgumentException(
                    "A heat table shows one result per area and column: choose with Where, or say what a column is.", nameof(released));
        }))).OrderByDescending(row => row.Cells[options.SortByFirst ? 0 : ^1] is { Value.HasNumber: true } leading ? leading.Value.Number
            : double.NegativeInfinity)
        .ThenBy(row => row.Label, SwedishOrder.Comparer).ToList();
        return FigureMaker.Make(released, options, "heat", "figure.title.areas", drawing => Draw(drawing, rows, columns, options),
            [.. released], Table(released, rows, columns, options), count: rows.Count);
    }

    private static DataTable Table(Released released, List<(string Label, List<Result?> Cells)> rows, List<string> columns,
        HeatOptions options)
    {
        var texts = Texts.Of(options.Language);
        var format = NumberFormat.For(options.Language);
        return new DataTable(
            options.Title ?? string.Join(", ", released.Select(row => options.NameOf(row.Measure)).Distinct()),
            [texts["figure.table.area"], .. columns.Select((name, i) => rows.Select(row => row.Cells[i]).OfType<Result>()
                .Select(row => row.Unit).Distinct().ToList() is [var unit] ? $"{name}, {Words.Unit(unit, options.Language)}" : name)],
            [.. rows.Select(row =>
                (IReadOnlyList<DataCell>)[row.Label,
                    .. row.Cells.Select(cell => cell is null
                        ? "" : new DataCell(format.Value(cell.Value, cell.Unit, options.Decimals), cell.Value.HasNumber
                            ? TableMaker.InHeadingsUnit(cell.Value.Number, cell.Unit) : null))])],
            TableMaker.Marks(released, options.Language));
    }

    private static void Draw(Drawing d, List<(string Label, List<Result?> Cells)> rows, List<string> columns, HeatOptions options)
    {
        var frame = d.Frame;
        var small = frame.SmallSize;
        var apart = options.ClassesByColumn ?? rows.SelectMany(row => row.Cells).OfType<Result>().Select(row => row.Unit).Distinct()
            .Count() > 1;
        ClassBreaks Classes(IEnumerable<Result?> cells) =>
            ClassBreaks.Make([.. cells.OfType<Result>().Where(row => row.Value.HasNumber).Select(row => row.Value.Number)],
                Classing.RoundIntervals, options.Classes, null, null);
        var classes = columns.Select((_, i) => Classes(apart ? rows.Select(row => row.Cells[i]) : rows.SelectMany(row => row.Cells)))
            .ToList();
        var left = frame.IsNarrow ? 0 : Math.Min(230, rows.Max(row => TextWidth.Of(row.Label, frame.FontSize, IsWhole(row.Cells))) + 14);
        // Columns that would be too narrow for their numbers stand in several blocks beneath each other.
        var most = Math.Max(1, (int)((frame.Width - left) / (frame.IsNarrow ? 56 : 64)));
        var blocks = (columns.Count + most - 1) / most;
        var each = (columns.Count + blocks - 1) / blocks;
        var y = 0.0;
        for (var first = 0; first < columns.Count; first += each)
        {
            y = Block(d, rows, columns, first, Math.Min(columns.Count, first + each), left, y, classes, options);
        }

        var all = rows.SelectMany(row => row.Cells).OfType<Result>().ToList();
        y += small + 12;
        d.Height = apart ? y - small : Legend.Draw(d, 0, y, frame.Width, classes[0], all[0].Unit, null, all, options,
            rows.Exists(row => row.Cells.Contains(null))) + 10;
    }

    private static bool IsWhole(List<Result?> cells) => cells.TrueForAll(cell => cell is null or { Area: null });

    private static double Block(Drawing d, List<(string Label, List<Result?> Cells)> rows, List<string> columns, int from, int to,
        double left, double y, List<ClassBreaks> classes, HeatOptions options)
    {
        const double Height = 24;
        var frame = d.Frame;
        var small = frame.SmallSize;
        var width = Math.Min(frame.IsNarrow ? 110 : 120, (frame.Width - left) / (to - from));
        var heads = columns[from..to].ConvertAll(name => TextWrap.Lines(name, width - 6, small, 6, true));
        y += (from > 0 ? 18 : 0) + (heads.Max(lines => lines.Count) * small * 1.25) + 8;
        for (var i = 0; i < heads.Count; i++)
            d.Lines(left + ((i + 0.5) * width), y - 8 - ((heads[i].Count - 1) * small * 1.25), heads[i], Anchor.Middle, small,
                Palette.MutedInk, true);
        foreach (var (label, cells) in rows)
        {
            var lines = TextWrap.Lines(label, frame.IsNarrow ? frame.Width : left - 12, frame.FontSize, 2);
            var whole = IsWhole(cells);
            using var telling = d.Tell(cells.Find(cell => cell is not null));
            if (frame.IsNarrow)
            {
                d.Lines(0, y + frame.FontSize, lines, bold: whole);
                y += (lines.Count * frame.FontSize * 1.25) + 4;
            }
            else d.Lines(left - 10, y + (Height / 2) + (frame.FontSize * 0.35) - ((lines.Count - 1) * frame.FontSize * 0.625), lines,
                Anchor.End, bold: whole);

            for (var i = from; i < to; i++) Cell(d, cells[i], left + ((i - from) * width), y, width, Height, classes[i], options);
            y += frame.IsNarrow ? Height + 8 : Math.Max(Height, (lines.Count * frame.FontSize * 1.25) + 4);
        }

        return y;
    }

    private static void Cell(Drawing d, Result? row, double x, double y, double width, double height, ClassBreaks classes,
        HeatOptions options)
    {
        using var telling = d.Tell(row);
        var known = row?.Value.HasNumber == true;
        var fill = known ? classes.ColourOf(row!.Value.Number) : row?.Value.Status == ValueStatus.Suppressed ? d.Hatch : Palette.Paper;
        d.Rect(x + 1, y + 1, width - 2, height - 2, fill, Palette.Grid, kind: known ? "cell" : "cell withheld");
        var text = row is null ? "" : d.Numbers.Value(row.Value, row.Unit, options.Decimals);
        var size = d.Frame.SmallSize;
        while (size > 11 && TextWidth.Of(text, size) > width - 4) size--;
        if (row?.Value.Status == ValueStatus.Suppressed) d.Rect(x + (width / 2) - 9, y + 6, 18, height - 12, Palette.Paper);
        d.Text(x + (width / 2), y + (height / 2) + (size * 0.35), text, Anchor.Middle, size, known ? Contrast.InkOn(fill) : Palette.Ink,
            kind: known ? "value inked" : "value");
    }
}

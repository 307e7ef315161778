using System.Text;

namespace Analys.Cli.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Name">The name, and the heading where there is no other.</param>
/// <param name="IsNumber">Whether it stands to the right and is never broken.</param>
/// <param name="Keep">Columns with a lower number go first where not all fit; the highest never go.</param>
internal sealed record TableColumn(string Name, bool IsNumber = false, int Keep = int.MaxValue)
{
    /// <summary>The heading, where it is another word than the name.</summary>
    public string Heading { get; init; } = Name;
}

/// <summary>A table of plain text that is never wider than asked: first texts are wrapped between words, then long ids at their joints,
/// then the columns that say least go, and that is said. Spectre's tables break words wherever a line ends, and cannot leave a column
/// out.</summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int Piece = 1 << 15;

    /// <summary>Writes a table, and gives the names of the columns that did not fit.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="width">How wide a line may be; 0 for as wide as it gets.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The cells, one for each column.</param>
    /// <param name="heading">The heading of the part that a row begins; null where it goes on.</param>
    public static IReadOnlyList<string> Write(TextWriter output, int width, IReadOnlyList<TableColumn> columns,
        IReadOnlyList<string[]> rows,
        Func<int, string?>? heading = null)
    {
        int[] shown = [.. Enumerable.Range(0, columns.Count)];
        var dropped = new List<string>();
        int[] widths;
        while ((widths = Fit(width, shown, columns, rows)).Length == 0)
        {
            var next = shown.Where(i => columns[i].Keep != int.MaxValue).OrderBy(i => columns[i].Keep)
                .Select(i => (int?)i).FirstOrDefault();
            if (next is not { } least)
            {
                widths = Chopped(width, shown, columns, rows);
                break;
            }

            dropped.Add(columns[least].Heading);
            shown = [.. shown.Where(i => i != least)];
        }

        // A terminal's writer hands every line on by itself: a long table goes out in pieces.
        var text = new StringBuilder();
        Line(text, output.NewLine, shown, widths, columns, [.. columns.Select(column => column.Heading)]);
        text.AppendJoin(new string(' ', Gap), widths.Select(wide => new string('-', wide))).Append(output.NewLine);
        for (var i = 0; i < rows.Count; i++)
        {
            if (heading?.Invoke(i) is { } part) text.Append(part).Append(output.NewLine);
            Line(text, output.NewLine, shown, widths, columns, rows[i]);
            if (text.Length < Piece) continue;
            output.Write(text.ToString());
            text.Clear();
        }

        output.Write(text.ToString());
        return dropped;
    }

    private static void Line(StringBuilder text, string newLine, int[] shown, int[] widths, IReadOnlyList<TableColumn> columns,
        string[] cells)
    {
        var wrapped = new IReadOnlyList<string>[shown.Length];
        for (var i = 0; i < shown.Length; i++) wrapped[i] = TextLayout.Wrap(cells[shown[i]], widths[i]);
        var parts = wrapped.Max(lines => lines.Count);
        for (var part = 0; part < parts; part++)
        {
            var start = text.Length;
            for (var i = 0; i < shown.Length; i++)
            {
                var cell = part < wrapped[i].Count ? wrapped[i][part] : "";
                var room = Math.Max(0, widths[i] - TextLayout.Width(cell));
                if (i > 0) text.Append(' ', Gap);
                if (columns[shown[i]].IsNumber) text.Append(' ', room).Append(cell);
                else text.Append(cell).Append(' ', room);
            }

            var end = text.Length;
            while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
            text.Length = end;
            text.Append(newLine);
        }
    }

    /// <summary>How wide a table is where nothing is broken.</summary>
    public static int Natural(IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows) => Total([.. columns
        .Select((column, i) => rows.Select(row => row[i]).Append(column.Heading).Max(TextLayout.Width))]);

    // The widths of columns that fit; none where they cannot.
    private static int[] Fit(int width, int[] shown, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows)
    {
        var natural = Of(TextLayout.Width, TextLayout.Width);
        if (width == 0 || Total(natural) <= width) return natural;
        foreach (var narrowest in (Func<string, int>[])[TextLayout.Narrowest, TextLayout.NarrowestAtJoints])
        {
            var least = Of(narrowest, TextLayout.Width);
            if (Total(least) <= width) return Shared(natural, least, width);
        }

        return [];

        int[] Of(Func<string, int> text, Func<string, int> number) =>
            [.. shown.Select(i => rows.Select(row => row[i]).Append(columns[i].Heading)
            .Max(cell => columns[i].IsNumber ? number(cell) : text(cell)))];
    }

    // What is over the width is taken from the widest column, again and again.
    private static int[] Shared(int[] natural, int[] least, int width)
    {
        int[] widths = [.. natural];
        while (Total(widths) > width)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(i => widths[i] > least[i]).MaxBy(i => widths[i]);
            widths[widest]--;
        }

        return widths;
    }

    private static int[] Chopped(int width, int[] shown, IReadOnlyList<TableColumn> columns, IReadOnlyList<string[]> rows)
    {
        int[] natural = [.. shown.Select(i => rows.Select(row => row[i]).Append(columns[i].Heading).Max(TextLayout.Width))];
        int[] least = [.. shown.Select((column, i) => columns[column].IsNumber ? natural[i] : 1)];
        return Total(least) <= width ? Shared(natural, least, width) : least;
    }

    private static int Total(int[] widths) => widths.Sum() + (Gap * (widths.Length - 1));
}

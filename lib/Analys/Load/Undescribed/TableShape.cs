using System.Text;
using Analys.Load.Csv;
using CsvHelper;

namespace Analys.Load.Undescribed;

/// <summary>
/// Where the table stands in a file that nobody described: its separator, the row of its header and what it lacks. Told by the number
/// of cells in the rows; where that does not tell, the file is refused, not guessed.
/// </summary>
internal sealed class TableShape
{
    private const int Sample = 500;
    private static readonly char[] Separators = ['\t', ';', '|', ','];

    private readonly List<Line> lines;
    private readonly int width;

    private TableShape(char separator, List<Line> lines, bool headed)
    {
        Separator = separator;
        this.lines = lines;
        width = Mode(lines);
        var filled = lines.FindIndex(line => line.Filled > 0);
        // A first row of more cells than the table, or a table of which no two rows agree, has no title to look for.
        var first = headed ? 0 : Math.Max(0, filled);
        var searched = !headed && filled >= 0 && (lines[filled].Cells <= width || lines[filled].IsTitle(width))
            && lines.Count(line => line.Cells == width && line.Filled > 0) > 1;
        var header = searched ? lines.FindIndex(IsHeader) : first;
        if (header < 0) header = first;
        HeaderRow = header + 1;
        Header = lines.Count == 0 ? [] : Labels(header);
        Titles = [.. Enumerable.Range(1, header).Select(row => (long)row)];
        Problem = headed || lines.Count == 0 ? null : Doubt(header, filled);
    }

    /// <summary>The separator.</summary>
    public char Separator { get; }

    /// <summary>The row of the header, from 1.</summary>
    public int HeaderRow { get; }

    /// <summary>The names, one for each cell of a row; blank where there is none.</summary>
    public string[] Header { get; }

    /// <summary>Whether the header alone ends in a separator.</summary>
    public bool EndsInSeparator { get; private set; }

    /// <summary>The rows above the header.</summary>
    public IReadOnlyList<long> Titles { get; }

    /// <summary>Why it cannot be told where the header is, with its row; null where it can.</summary>
    public (int Row, string Expected)? Problem { get; }

    /// <summary>Whether names in the header are whole numbers, as in data.</summary>
    public bool HasNumberLabels => Header.Any(label => NumberForm.Of(label).Fits != NumberNotation.None && !YearText.Is(label));

    /// <summary>The shape of the table that begins in a block.</summary>
    /// <param name="block">The first block of the file.</param>
    /// <param name="separator">The separator; null to find it.</param>
    /// <param name="headed">Whether the header is known to be the first row.</param>
    public static TableShape Of(CsvBlock block, char? separator, bool headed = false)
    {
        if (separator is { } known) return new TableShape(known, Read(block, known), headed);
        TableShape? best = null;
        long most = -1;
        foreach (var candidate in Separators)
        {
            var lines = Read(block, candidate);
            var mode = Mode(lines);
            var count = mode < 2 ? 0 : lines.Count(line => line.Cells == mode);
            if (count > most && (best is null || count > 0)) (best, most) = (new TableShape(candidate, lines, headed), count);
        }

        return most > 0 ? best! : new TableShape(',', Read(block, ','), headed);
    }

    private static List<Line> Read(CsvBlock block, char separator)
    {
        var lines = new List<Line>();
        using var reader =
            CsvReader.Create(block.Bytes, new CsvReaderOptions
            {
                HasHeader = false,
                Separator = separator,
                SkipEmptyLines = false,
                DetectSeparatorHint = false,
                MaxRecordSize = CsvBlocks.MaxRecord,
                IncludeValuesInExceptions = false
            });
        while (lines.Count < Sample && reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (!System.Text.Unicode.Utf8.IsValid(reader.GetSpan(i))) throw new NotUtf8Exception();
            }

            lines.Add(new Line([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]));
        }

        // The sample may end in footnotes of any shape, but a byte order mark alone is no line.
        if (lines is [{ Texts: [var first, ..] } line, ..]) line.Texts[0] = first.TrimStart('\uFEFF');
        return lines is [{ Filled: 0, Cells: 1 }] ? [] : lines;
    }

    // The number of cells that most rows of several cells have; 1 for a table of one column.
    private static int Mode(List<Line> lines) => lines.Where(line => line is { Filled: > 0, Cells: > 1 }).GroupBy(line => line.Cells)
        .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).FirstOrDefault()?.Key ?? 1;

    private bool IsHeader(Line line, int at) => line.Filled > 0 && !line.IsTitle(width)
        && (line.Cells == width || (line.Cells == width - 1 && EndsBlank(at + 1) && HoldsNumbers(at + 1))
            || (line.Cells == width + 1 && line.Texts[^1].Length == 0));

    private bool IsHeader(Line line) => IsHeader(line, lines.IndexOf(line));

    // Whether all full rows from here on have nothing in their last cell.
    private bool EndsBlank(int from)
    {
        var full = lines.Skip(from).Where(line => line.Cells == width && line.Filled > 0).ToList();
        return full.Count > 0 && full.TrueForAll(line => line.Texts[^1].Length == 0);
    }

    // Whether the next row reads as data: a title may have as many cells as a header that lacks its last separator.
    private bool HoldsNumbers(int at) => lines.Skip(at).FirstOrDefault(line => line.Filled > 0) is { } next && !next.Texts.All(IsName);

    private static bool IsName(string text) => NumberForm.Of(text).Fits == NumberNotation.None || YearText.Is(text);

    private string[] Labels(int header)
    {
        var texts = lines[header].Texts;
        // Rows end in a separator that the header lacks, or the header in one that the rows lack.
        if (texts.Length == width - 1 && EndsBlank(header + 1)) return [.. texts, ""];
        EndsInSeparator = texts.Length == width + 1 && texts[^1].Length == 0 && lines.Count > header + 1;
        return EndsInSeparator ? texts[..^1] : texts;
    }

    private (int Row, string Expected)? Doubt(int header, int filled)
    {
        const string Say = "say which row is the header with analys.dialect.headerRow in a schema";
        if (filled < 0) return (1, "a table with a header: no cell has a value");
        var labels = Header;
        var next = lines.Skip(header + 1).FirstOrDefault(line => line.Filled > 0);
        if (header != filled)
        {
            var named = labels.Select((label, i) => (label, i)).Where(pair => pair.i > 0 && pair.i < labels.Length - 1)
                .All(pair => pair.label.Length > 0);
            if (!named || !labels.All(IsName) || labels.Where(label => label.Length > 0).Distinct()
                .Count() < labels.Count(label => label.Length > 0))
                return (header + 1, $"one row of names below the titles: {Say}");
            var names = labels.Count(label => label.Length > 0);
            if (lines.Take(header).Any(line => line.Filled > 1 && line.Cells == names))
                return (header + 1, $"one row of names: a row above has as many cells; {Say}");
            if (next is null) return (header + 1, $"a table below the titles: {Say}");
            if (TableAbove(header) is { } other)
                return (other + 1, "one table: another with a header of its own stands below; keep one in the file");
        }

        if (labels.Length > 2 && labels.AsSpan()[1..^1].Contains("") && next is not null && next.Filled > lines[header].Filled
            && next.Cells == lines[header].Cells && next.Texts.All(IsName))
            return (header + 1, $"one row of names: this one and the next look like two; {Say}");
        if (IsDividedByBlanks(header))
            return (header + 1, "columns divided by a comma, a semicolon, a tab or a bar: these are divided by "
                + "blanks; write it anew, in R with write.csv");
        // A fraction or a negative number names no column, nor does a count; limits of classes and days do.
        return HasCounts(labels) || labels.Any(label => NumberForm.Of(label) is { Fits: not NumberNotation.None } form
            && (form.Fits != NumberNotation.All || form.IsCode || label.TrimStart()[0] is '-' or '+' or '−'))
            ? (header + 1, "a header: this row holds numbers as data do. A file without one needs a schema with headerRow 0")
            : null;
    }

    // Where another table begins among what would be titles: a row of names above rows with numbers, all of as many cells.
    private int? TableAbove(int header)
    {
        for (var top = 0; top + 2 < header; top++)
        {
            if (lines[top] is not { Filled: > 1 } names || !names.Texts.All(IsName)) continue;
            var below = lines.Skip(top + 1).Take(header - top - 1).TakeWhile(line => line.Filled > 1 && line.Cells == names.Cells).ToList();
            if (below.Count >= 2 && below.TrueForAll(line => !line.Texts.All(IsName))) return top;
        }

        return null;
    }

    private static bool HasCounts(string[] labels)
    {
        var numbers = labels.Where(NumberText.IsDigits).Select(label => label.Trim().PadLeft(20, '0')).ToList();
        var rise = numbers.Count > 1 && numbers.Zip(numbers.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
        return !rise && labels.Any(label => NumberText.IsDigits(label) && label.Trim() is { Length: > 4 } digits
            && !(digits.Length is 6 or 8 && digits[..2] is "19" or "20" or "21"));
    }

    // As R's write.table has it: one cell a row, of as many words, some of which are numbers below a name that is none.
    private bool IsDividedByBlanks(int header)
    {
        if (width != 1 || lines.Count < header + 3) return false;
        var names = Words(lines[header].Texts[0]);
        var data = lines.Skip(header + 1).Where(line => line.Filled > 0).Select(line => Words(line.Texts[0])).ToList();
        var extra = data.Count < 2 ? -1 : data[0].Length - names.Length;
        return names.Length > 1 && extra is 0 or 1 && data.All(words => words.Length == data[0].Length) && Enumerable.Range(0, names.Length)
            .Any(i => !NumberText.IsDigits(names[i]) && data.All(words => NumberForm.Of(words[i + extra]).Fits != NumberNotation.None));
    }

    private static string[] Words(string text) =>
        [.. text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"'))];

    private sealed record Line(string[] Texts)
    {
        public int Cells => Texts.Length;

        public int Filled { get; } = Texts.Count(text => !text.AsSpan().Trim(" \u00A0\t;|,").IsEmpty);

        // A text alone in its row, in a table of several columns.
        public bool IsTitle(int width) => width > 1 && Filled == 1 && Texts[0].Length > 0;
    }
}

/// <summary>Whether a row that has only its first cell reads like a footnote, where no schema says that there are any.</summary>
/// <remarks>A last row with missing values must not be taken for one: it would be lost without a word.</remarks>
internal static class Footnotes
{
    private static readonly string[] Openings =
        ["källa", "source", "anm", "not", "fotnot", "kommentar", "uppdaterad", "senast", "statistik", "copyright", "©", "*", "¹", "1)"];

    public static bool Reads(ReadOnlySpan<byte> cell, ColumnParser? column, bool afterBlank)
    {
        if (afterBlank || cell.Length > 80) return true;
        if (column is { IsNumeric: true }) return !column.Accepts(cell);
        return Opens(Encoding.UTF8.GetString(cell));
    }

    /// <summary>Whether a row of fewer cells than the table has columns is a note: a row cut short must not be taken for one.</summary>
    public static bool ReadsShort(ReadOnlySpan<byte> cell, int cells, bool afterBlank)
    {
        var text = Encoding.UTF8.GetString(cell);
        return Opens(text) || (cells == 1 && text.Trim().Count(letter => letter == ' ') >= (afterBlank ? 1 : 2) && text.Any(char.IsLetter));
    }

    private static bool Opens(string text) => Openings.Any(opening => text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)
        && (text.Length == opening.Length || !char.IsLetter(opening[^1]) || !char.IsLetter(text[opening.Length])
            || text.Contains(':', StringComparison.Ordinal)));
}

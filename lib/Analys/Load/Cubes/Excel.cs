using System.Globalization;
using System.IO.Compression;
using System.Text;
using Analys.Load.Screening;
using Analys.Load.Undescribed;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Analys.Load.Cubes;

/// <summary>The table of a workbook's first sheet that has one: titles above it are passed over, merged cells filled, header rows
/// joined.</summary>
internal static class ExcelTable
{
    private const int MaxCells = 50_000_000;
    private const int HeaderSearch = 60;

    /// <summary>Reads a workbook.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheet">The name of the sheet, or its number from 1; null for the first with a table.</param>
    /// <exception cref="ExtractRejectedException">It is not one, or no table stands in it.</exception>
    /// <exception cref="SheetNotFoundException">It has no such sheet.</exception>
    public static RowTable Load(string path, string? sheet = null)
    {
        var bytes = SourceReader.Bytes(path);
        if (bytes.AsSpan().StartsWith("PK"u8) && !PackedFile.IsSafe(bytes))
            throw SourceReader.Rejected(path, "a workbook that is no larger unpacked than 512 MB and declares no entities");
        _ = TextEncoding.Windows1252;
        try
        {
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes));
            return Read(reader, path, sheet);
        }
        catch (Exception e)
        when (e is ExcelReaderException or InvalidDataException or System.Xml.XmlException or FormatException or ArgumentException
            or IndexOutOfRangeException
            or NullReferenceException or InvalidOperationException or OverflowException or NotSupportedException or KeyNotFoundException
            or EndOfStreamException or InvalidCastException)
        {
            // The reader throws what it happens to meet in a broken file; its message may hold a cell.
            throw SourceReader.Rejected(path, "a workbook that can be read", "format-error");
        }
    }

    private static RowTable Read(IExcelDataReader reader, string path, string? sheet)
    {
        var names = new List<string>();
        (RowTable Table, int Sheet)? found = null;
        (List<string[]> Cells, CellRange[] Merged)? wanted = null;
        do
        {
            names.Add(reader.Name);
            if (found is not null || (sheet is not null && reader.Name != sheet && !(IsNumber(sheet, names.Count) && wanted is null)))
                continue;
            var (cells, merged) = Cells(reader, path);
            // A sheet may be called by a number that is another's place: the name counts.
            if (sheet is not null && reader.Name != sheet) wanted = (cells, merged);
            else if (Find(cells, merged) is { } table) found = (table, names.Count);
        }
        while (reader.NextResult());
        if (names.Exists(IdentifierScreening.IsInText))
            throw new ExtractRejectedException(Path.GetFileName(path), [IdentifierScreening.OfText(Path.GetFileName(path), "names of sheets")]);
        if (found is null && wanted is { } numbered && !names.Contains(sheet!) && Find(numbered.Cells, numbered.Merged) is { } named)
            found = (named, int.Parse(sheet!, CultureInfo.InvariantCulture));
        if (found is { } one) return one.Table with { Notices = [.. Notices(one.Table, one.Sheet, names, sheet, Path.GetFileName(path))] };
        if (sheet is not null && !names.Contains(sheet) && wanted is null)
            throw new SheetNotFoundException($"There is no sheet {sheet}. The sheets are {string.Join(", ", names)}.");
        throw SourceReader.Rejected(path, sheet is null ? "a sheet with a table" : "a table on that sheet");
    }

    private static bool IsNumber(string sheet, int number) =>
        int.TryParse(sheet, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked == number;

    private static IEnumerable<Notice> Notices(RowTable table, int sheet, List<string> names, string? asked, string file)
    {
        if (asked is null && names.Count > 1)
            yield return new Notice(NoticeCodes.OtherSheets, file, null, null, RowNumbers.None,
                $"the sheet {names[sheet - 1]} was read; the others are {string.Join(", ", names.Where((_, i) => i != sheet - 1))}: "
                    + "choose with --sheet");
        if (table.FirstRow > 1)
            yield return new Notice(NoticeCodes.Title, file, null, null,
                RowNumbers.Of(Enumerable.Range(1, table.FirstRow - 1).Select(row => (long)row)),
                "taken as titles or blank rows above the header");
    }

    private static (List<string[]> Cells, CellRange[] Merged) Cells(IExcelDataReader reader, string path)
    {
        var rows = new List<string[]>();
        long cells = 0;
        while (reader.Read())
        {
            cells += reader.FieldCount + 1;
            if (cells > MaxCells || reader.FieldCount > 16384) throw SourceReader.Rejected(path, "a sheet of fewer than 50 million cells");
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))]);
        }

        return (rows, reader.MergeCells ?? []);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DateTime moment =>
            moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal).Trim(),
    };

    private static RowTable? Find(List<string[]> cells, CellRange[] merged)
    {
        var width = cells.Take(HeaderSearch + 200).Select(Filled).DefaultIfEmpty(0).Max();
        if (width == 0) return null;
        // The header: the first row that is nearly as wide as the table and has no numbers but years.
        var header = cells.Take(HeaderSearch).ToList()
            .FindIndex(row => Filled(row) >= Math.Max(1, (width * 3 + 3) / 4)
                && row.All(cell => cell.Length == 0 || !IsNumber(cell) || YearText.Is(cell)));
        if (header < 0) header = cells.FindIndex(row => Filled(row) > 0);
        Fill(cells, merged);
        var names = Names(cells, merged, header);
        var last = Array.FindLastIndex(names, name => name.Length > 0);
        var first = Array.FindIndex(names, name => name.Length > 0);
        // A column without a name that has values keeps its place and is reported; empty ones beside the table are not part of it.
        for (var column = names.Length - 1; column > last; column--)
        {
            if (cells.Skip(header + 1).Any(row => column < row.Length && row[column].Length > 0 && Filled(row) > 1))
                last = Math.Max(last, column);
        }

        if (first > 0 && cells.Skip(header + 1).Any(row => row.Take(first).Any(cell => cell.Length > 0) && Filled(row) > 1)) first = 0;
        if (last < first || first < 0) return null;
        var rows = cells.Skip(header + 1)
            .Select(row => (string?[])[.. row.Skip(first).Take(last - first + 1),
                .. Enumerable.Repeat("", Math.Max(0, last - row.Length + 1))]).ToList();
        while (rows.Count > 0 && rows[^1].All(cell => cell is null or "")) rows.RemoveAt(rows.Count - 1);
        return new RowTable([names[first..(last + 1)], .. rows], header + 1);
    }

    // A header of several rows: the merged cells above belong to the names below them.
    private static string[] Names(List<string[]> cells, CellRange[] merged, int header)
    {
        var names = cells[header].ToArray();
        for (var above = header - 1;
        above >= 0 && merged.Any(range => range.FromRow <= above && range.ToRow >= above && range.ToColumn > range.FromColumn
            && range.ToColumn - range.FromColumn + 1 < names.Length); above--)
        {
            for (var column = 0; column < names.Length && column < cells[above].Length; column++)
            {
                if (cells[above][column] is { Length: > 0 } over && over != names[column])
                    names[column] = names[column].Length == 0 ? over : $"{over} {names[column]}";
            }
        }

        return names;
    }

    // Every cell of a merged range has the value of its first.
    private static void Fill(List<string[]> cells, CellRange[] merged)
    {
        foreach (var range in merged)
        {
            if (range.FromRow >= cells.Count || range.FromColumn >= cells[range.FromRow].Length) continue;
            var value = cells[range.FromRow][range.FromColumn];
            // A title or footnote over the whole width is no value of each column.
            if (value.Length == 0 || range.ToColumn - range.FromColumn + 1 >= cells[range.FromRow].Length) continue;
            for (var row = range.FromRow; row <= Math.Min(range.ToRow, cells.Count - 1); row++)
            {
                for (var column = range.FromColumn; column <= Math.Min(range.ToColumn, cells[row].Length - 1); column++)
                    cells[row][column] = value;
            }
        }
    }

    private static int Filled(string[] row) => row.Count(cell => cell.Length > 0);

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}

/// <summary>Whether a packed workbook is what it claims: no bomb that unpacks to gigabytes, no entities that expand without end.</summary>
internal static class PackedFile
{
    public static bool IsSafe(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (zip.Entries.Count > 10_000 || zip.Entries.Sum(entry => entry.Length) > SourceReader.MaxWhole) return false;
            // The lengths in the directory can lie: what is unpacked is counted.
            var left = SourceReader.MaxWhole;
            foreach (var entry in zip.Entries)
            {
                using var stream = entry.Open();
                using var counter = new Counter();
                Limited.Copy(stream, counter, left);
                left -= counter.Count;
                if (counter.DeclaresEntities) return false;
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Counts, and looks for a document type among the first bytes, where alone it may stand.
    private sealed class Counter : Stream
    {
        private readonly byte[] start = new byte[4096];
        private int kept;

        public long Count { get; private set; }

        public bool DeclaresEntities => Encoding.Latin1.GetString(start, 0, kept).Replace("\0", "", StringComparison.Ordinal)
            .Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var take = Math.Min(buffer.Length, start.Length - kept);
            buffer[..take].CopyTo(start.AsSpan(kept));
            kept += take;
            Count += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

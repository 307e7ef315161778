using Analys.Load.Formats.Records;

namespace Analys.Load.Formats.Sheets;

/// <summary>The table of a workbook that a reader means: the sheet and table that were asked for, or the first that is one.</summary>
internal static class WorkbookTable
{
    /// <summary>What was asked for.</summary>
    /// <param name="Sheet">The name or number of the sheet, from 1; null for the first with a table.</param>
    /// <param name="Table">The number of the table on it, from 1; null for the first.</param>
    /// <param name="HeaderRow">The row of the header; null to find it.</param>
    /// <param name="HeaderRows">The number of rows of the header; null to find it.</param>
    public sealed record Choice(string? Sheet = null, int? Table = null, int? HeaderRow = null, int? HeaderRows = null);

    /// <summary>Whether a file's name says that it is a workbook.</summary>
    public static bool Knows(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".XLSX" or ".XLSM" or ".XLS" or ".XLSB" or ".ODS";

    /// <summary>Reads the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">What is meant.</param>
    /// <exception cref="ExtractRejectedException">No table stands there, or a cell of it holds an error.</exception>
    /// <exception cref="SheetNotFoundException">There is no such sheet or table.</exception>
    public static RowTable Load(string path, Choice choice)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.RandomAccess);
            using var book = Open(stream);
            return Read(book, path, choice);
        }
        catch (DamagedFileException e)
        {
            throw SourceReader.Rejected(path, $"a workbook that can be read: this one is damaged, {e.Message}", "format-error");
        }
        catch (UnreadableFileException e)
        {
            throw SourceReader.Rejected(path, e.Message, "format-error");
        }
        catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or EndOfStreamException)
        {
            throw SourceReader.Rejected(path, "a workbook that can be read", "format-error");
        }
    }

    // By content: the three kinds are often named for each other.
    private static IWorkbook Open(Stream stream)
    {
        var start = new byte[2];
        var read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read < 2 || start is not [(byte)'P', (byte)'K']) return new OldWorkbook(stream);
        using var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Read, leaveOpen: true);
        var names = zip.Entries.Take(10_000).Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        stream.Position = 0;
        if (names.Contains("content.xml")) return new OdsWorkbook(stream);
        return names.Any(name => name.EndsWith("workbook.bin", StringComparison.Ordinal)) ? new OldWorkbook(stream)
            : new XlsxWorkbook(stream);
    }

    private static RowTable Read(IWorkbook book, string path, Choice choice)
    {
        var file = Path.GetFileName(path);
        var names = book.Sheets.Select(sheet => sheet.Name).ToList();
        if (names.Exists(Screening.IdentifierScreening.IsInText)) throw new ExtractRejectedException(file,
            [Screening.IdentifierScreening.OfText(file, "names of sheets")]);
        foreach (var index in Candidates(book, choice))
        {
            var sheet = book.Read(index);
            var tables = SheetTables.Find(sheet, choice.HeaderRow, choice.HeaderRows);
            // A sheet of one cell, or of words to the reader, is no table unless it was asked for.
            var real = choice.Sheet is null ? tables.Where(table => table.Rows.End.Value > table.Rows.Start.Value).ToList() : tables;
            if (real.Count == 0) continue;
            if (choice.Table is { } number
                && (number < 1
                || number > real.Count)) throw new SheetNotFoundException($"The sheet {names[index]} has {real.Count} tables, so none "
                    + $"of number {number}.");
            var chosen = choice.Table is { } wanted ? real[wanted - 1]
                : real.Find(table => HoldsNumbers(sheet, table)) ?? real[0];
            var made = Make(sheet, chosen, file,
                [.. SheetNotices(book, index, names, choice, file), .. TableNotices(sheet, real, chosen, file)]);
            return book is OldWorkbook && made.HasBlanks
                ? made with
                {
                    Notices = [.. made.Notices, new Notice(NoticeCodes.OldWorkbook, file, null, null, RowNumbers.None,
                    "errors such as #N/A and formulas that were never calculated cannot be told from empty cells in this format: "
                        + "save it as .xlsx if there may be some")]
                }
                : made;
        }

        if (choice.Sheet is { } missing
            && Find(book,
            missing) < 0) throw new SheetNotFoundException($"There is no sheet {missing}. The sheets are {string.Join(", ", names)}.");
        throw SourceReader.Rejected(path, choice.Sheet is null ? "a sheet with a table" : "a table on that sheet");
    }

    // Of several tables the first with numbers is meant, and the others are named.
    private static bool HoldsNumbers(Sheet sheet, SheetTable table) =>
        sheet.Rows.Take(table.Rows).Any(row => row.Cells.Any(SheetTables.IsValue));

    // Wide tables before narrow ones, what is shown before what is hidden.
    private static IEnumerable<int> Candidates(IWorkbook book, Choice choice)
    {
        if (choice.Sheet is { } asked) return Find(book, asked) is var found && found >= 0 ? [found] : [];
        return Enumerable.Range(0, book.Sheets.Count).OrderBy(index => book.Sheets[index].IsHidden).ThenBy(index =>
            IsNarrow(book, index)).ThenBy(index => index);
    }

    // Read twice where it is the one: only in workbooks of several sheets, whose order has to be told from what stands on them.
    private static bool IsNarrow(IWorkbook book, int index) =>
        book.Sheets.Count > 1
        && (SheetTables.Find(book.Read(index)) is not [var first, ..] || first.First == first.Last
        || first.Rows.End.Value == first.Rows.Start.Value);

    // A sheet may be called by a number that is another's place: the name counts.
    private static int Find(IWorkbook book, string asked)
    {
        for (var i = 0; i < book.Sheets.Count; i++)
        {
            if (book.Sheets[i].Name == asked) return i;
        }

        return int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number) && number >= 1 && number <= book.Sheets.Count ? number - 1 : -1;
    }

    private static RowTable Make(Sheet sheet, SheetTable table, string file, List<Notice> notices)
    {
        var (first, last) = (table.First, table.Last);
        var width = last - first + 1;
        var names = SheetHeader.Names(sheet, table);
        var header = sheet.Rows[table.Header.End.Value - 1].Number;
        if (SheetHeader.NameByTitle(sheet, table, names) is > 0 and var named) notices.Add(new Notice(NoticeCodes.BlankLabel, file, null,
            null, RowNumbers.Of([header]), $"the first {named} columns have no names in the header: named as the title has them"));
        var places = sheet.Rows.Skip(table.Rows.Start.Value).Take(table.Rows.End.Value - table.Rows.Start.Value).ToList();
        var (from, to) = (sheet.Rows[table.Header.Start.Value].Number, places.Count == 0 ? header : places[^1].Number);
        var doubts =
            sheet.Doubts.Where(doubt => doubt.Row >= from && doubt.Row <= to && doubt.Column >= first && doubt.Column <= last).ToList();
        if (doubts.Count > 0)
        {
            throw new ExtractRejectedException(file,
                [.. doubts.Take(100).Select(doubt =>
                new Finding(FindingCodes.Type, file, doubt.Row, names[doubt.Column - first] is { Length: > 0 } name ? name
                : null, doubt.Column + 1, doubt.Expected))]);
        }

        var rows = new List<string?[]>(places.Count + 1) { names };
        var data = new List<string?[]>(places.Count);
        var next = header + 1;
        foreach (var place in places)
        {
            // Blank rows keep their place, so that a finding names the sheet's own row.
            for (; next < place.Number; next++) rows.Add(new string?[width]);
            var cells = new string?[width];
            for (var i = 0; i < width; i++) cells[i] = place.At(first + i);
            rows.Add(cells);
            data.Add(cells);
            next++;
        }

        FillMerged(sheet, places, data, first, last);
        foreach (var column in SheetHeader.FillDown(data)) notices.Add(new Notice(NoticeCodes.FilledDown, file,
            names[column] is { Length: > 0 } name ? name
            : null, first + column + 1, RowNumbers.None, "names that stand on the first row of a group only were taken for all its rows"));
        return new RowTable(rows, header) { Notices = notices };
    }

    // Every cell of a merged range has the value of its first; a title or note over the whole width is no value of each column.
    private static void FillMerged(Sheet sheet, List<SheetRow> places, List<string?[]> data, int first, int last)
    {
        if (sheet.Merged.Count == 0) return;
        var byNumber = new Dictionary<int, int>();
        for (var i = 0; i < places.Count; i++) byNumber[places[i].Number] = i;
        foreach (var range in sheet.Merged.Take(100_000))
        {
            if (range.FromColumn < first || range.FromColumn > last || range.ToColumn - range.FromColumn + 1 >= last - first + 1
                || !byNumber.TryGetValue(range.FromRow, out var top)) continue;
            var value = data[top][range.FromColumn - first];
            if (string.IsNullOrEmpty(value)) continue;
            for (var i = top; i < places.Count && places[i].Number <= range.ToRow; i++)
            {
                for (var column = range.FromColumn; column <= Math.Min(range.ToColumn, last); column++) data[i][column - first] = value;
            }
        }
    }

    private static IEnumerable<Notice> SheetNotices(IWorkbook book, int index, List<string> names, Choice choice, string file)
    {
        if (choice.Sheet is not null || names.Count < 2) yield break;
        var others = names.Where((_, i) => i != index).ToList();
        var hidden = book.Sheets.Where((sheet, i) => i != index && sheet.IsHidden).Select(sheet => sheet.Name).ToList();
        yield return new Notice(NoticeCodes.OtherSheets, file, null, null, RowNumbers.None,
            $"the sheet {names[index]} was read; the others are "
                + $"{string.Join(", ", others)}{(hidden.Count > 0 ? $" (hidden: {string.Join(", ", hidden)})" : "")}: choose with --sheet");
    }

    private static IEnumerable<Notice> TableNotices(Sheet sheet, List<SheetTable> tables, SheetTable chosen, string file)
    {
        if (chosen.Titles.Count > 0) yield return new Notice(NoticeCodes.Title, file, null, null,
            RowNumbers.Of(chosen.Titles.Select(i => (long)sheet.Rows[i].Number)), "taken as titles or blank rows above the header");
        if (sheet.HiddenRows > 0) yield return new Notice(NoticeCodes.HiddenRows, file, null, null, RowNumbers.None,
            $"{sheet.HiddenRows} rows of the sheet are hidden in the workbook: they were read too");
        if (tables.Count > 1)
        {
            var places = tables.Select((table, i) => $"{i + 1} with its header in row {sheet.Rows[table.Header.Start.Value].Number}");
            yield return new Notice(NoticeCodes.OtherTables, file, null, null, RowNumbers.None,
                $"table {tables.IndexOf(chosen) + 1} of {tables.Count} on the sheet was read; they are {string.Join(", ", places)}: "
                    + $"choose with --table");
        }

        var end = chosen.Rows.End.Value;
        var next = tables.FirstOrDefault(table => table.Header.Start.Value >= end);
        var stop = next is null ? sheet.Rows.Count : next.Titles.Count > 0 ? next.Titles[0] : next.Header.Start.Value;
        if (stop > end) yield return new Notice(NoticeCodes.Footer, file, null, null,
            RowNumbers.Of(Enumerable.Range(end, stop - end).Select(i => (long)sheet.Rows[i].Number)), "taken as notes below the table");
    }
}

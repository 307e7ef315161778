using System.Globalization;
using Analys.Load.Undescribed;

namespace Analys.Load.Formats.Sheets;

/// <summary>A table on a sheet: where its header stands and which rows and columns are its.</summary>
/// <param name="Titles">The rows above the header that are titles.</param>
/// <param name="Header">The places of the header's rows among the sheet's rows.</param>
/// <param name="Rows">The places of the table's rows among the sheet's rows, the first and the one behind the last.</param>
/// <param name="First">Its first column.</param>
/// <param name="Last">Its last column.</param>
internal sealed record SheetTable(IReadOnlyList<int> Titles, Range Header, Range Rows, int First, int Last);

/// <summary>Finds the tables of a sheet: titles above them, headers of one to several rows, other tables and notes below.</summary>
internal static class SheetTables
{
    private const int MostHeaderRows = 4;

    /// <summary>A jump of more rows than this ends a table: what comes is another, or a note.</summary>
    private const int LargestGap = 100;

    /// <summary>The tables, from the top.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="headerRow">The row of the header as somebody stated it, from 1; null to find it.</param>
    /// <param name="headerRows">The number of its rows as stated; null to find it.</param>
    public static List<SheetTable> Find(Sheet sheet, int? headerRow = null, int? headerRows = null)
    {
        var rows = sheet.Rows;
        var tables = new List<SheetTable>();
        var from = 0;
        while (from < rows.Count && tables.Count < 1000)
        {
            var start = headerRow is { } stated && tables.Count == 0 ? rows.FindIndex(row => row.Number >= stated)
                : FirstHeader(rows, from);
            if (start < 0) break;
            var count = headerRows is { } many && tables.Count == 0 ? Math.Min(many, rows.Count - start) : HeaderRows(sheet, start);
            var data = start + count;
            if (headerRow is null) AddTableAbove(sheet, tables, ref from, start);
            var end = End(rows, start, data);
            var table = Shape(rows, from, start, data, end);
            tables.Add(table);
            from = end;
            // What follows without a header of its own are notes.
            if (from < rows.Count && !IsHeaderBelow(rows, from, table)) from = NextHeader(rows, from, table);
        }

        return tables;
    }

    /// <summary>Whether a text is a number as a sheet has them, or a mark in the place of one.</summary>
    public static bool IsValue(string cell) => IsNumber(cell) || (cell.Length is > 0 and <= 5 && MarkText.Parse(cell) is not null);

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // A name in a header: a text or a year.
    private static bool IsName(string cell) => cell.Length > 0 && (!IsValue(cell) || YearText.Is(cell));

    // Letters that are marks among numbers (m, x, c) are short names too: of men, say.
    private static bool MayBeName(string cell) => cell.Length == 0 || IsName(cell) || cell.All(char.IsLetter);

    private static bool AreNames(SheetRow row) => row.Cells.All(cell => cell.Length == 0 || IsName(cell));

    private static bool MayBeNames(SheetRow row) => row.Cells.All(MayBeName) && row.Cells.Any(IsName);

    // The header: the first row that is nearly as wide as what follows, with names alone; in a sheet without such, the first row.
    private static int FirstHeader(List<SheetRow> rows, int from)
    {
        var sample = rows.Skip(from).Take(200).ToList();
        if (sample.Count == 0) return -1;
        var data =
            sample.FindIndex(row =>
            row.Cells.Any(IsNumber) && !(row.Filled > 1 && AreNames(row)));
        if (data > 0)
        {
            // Rows of names right above the first row of numbers.
            var top = IsIndexName(sample, data - 1) ? data - 1 : data;
            while (top > 0 && data - top < MostHeaderRows && sample[top - 1].Number == sample[top].Number - 1
                && IsHeaderRow(sample[top - 1], sample[data])) top--;
            if (top < data) return from + Trim(sample, top, data);
        }

        var width = sample.Max(row => row.Filled);
        var header =
            sample.FindIndex(row => row.Filled >= Math.Max(1, ((width * 3) + 3) / 4)
            && AreNames(row));
        return from + Math.Max(header, 0);
    }

    private static bool IsHeaderRow(SheetRow row, SheetRow data) => MayBeNames(row) && (row.Filled > 1 || data.Filled == 1);

    // A table of words alone above the first with numbers: rows of as many cells, three or more, and a blank row behind them. Fewer
    // cells than the table below are the lines of a title: who made it, when.
    private static void AddTableAbove(Sheet sheet, List<SheetTable> tables, ref int from, int header)
    {
        var rows = sheet.Rows;
        if (header == 0 || rows[header].Number == rows[header - 1].Number + 1) return;
        var top = header - 1;
        while (top > from && rows[top - 1].Number == rows[top].Number - 1 && rows[top - 1].Filled == rows[header - 1].Filled) top--;
        if (header - top < 3 || rows[top].Filled < Math.Max(2, rows[header].Filled) || !AreNames(rows[top])) return;
        tables.Add(Shape(rows, from, top, top + 1, header));
        from = header;
    }

    // Of several rows of names only those belong to the header that leave room for each other; else the first is the header and the rest
    // is data without numbers.
    private static int Trim(List<SheetRow> sample, int top, int data)
    {
        while (top < data - 1 && sample[top].Filled <= 1) top++;
        return top;
    }

    private static int HeaderRows(Sheet sheet, int start)
    {
        var rows = sheet.Rows;
        var data = start + 1;
        while (data < rows.Count && data - start < MostHeaderRows && rows[data].Number == rows[data - 1].Number + 1 && rows[data].Filled > 1
            && (AreNames(rows[data]) || (rows[data].At(0).Length == 0 && rows[data].Cells.All(MayBeName)))) data++;
        if (IsIndexName(rows, data)) data++;
        if (data == start + 1 || data >= rows.Count || !rows[data].Cells.Any(IsValue)) return 1;
        var width = rows.Skip(start).Take(data - start + 1).Max(row => row.Cells.Length);
        for (var i = start; i < data - 1; i++)
        {
            // A row above the last has blanks that its names stretch over, or the last has blanks below names: groups and their members.
            if (Blanks(rows[i], width) == 0 && Blanks(rows[i + 1], width) == 0 && !IsUnits(rows[i + 1])) return i - start + 1;
        }

        return data - start;
    }

    // A row that only names the first column, below rows of names that leave it blank, as pandas has it.
    private static bool IsIndexName(List<SheetRow> rows, int at) => at > 0 && at + 1 < rows.Count
        && rows[at] is { Filled: 1 } name && IsName(name.At(0)) && rows[at - 1].At(0).Length == 0 && rows[at - 1].Filled > 1
        && rows[at - 1].Number == name.Number - 1 && rows[at + 1].Number == name.Number + 1
        && AreNames(rows[at - 1])
        && rows[at + 1].At(0).Length > 0 && rows[at + 1].Cells.Any(IsValue);

    private static int Blanks(SheetRow row, int width) => Enumerable.Range(0, width).Count(column => row.At(column).Length == 0);

    private static bool IsUnits(SheetRow row) =>
        row.Cells.All(cell =>
        cell.Length == 0
        || cell.Trim('(',
        ')') is "antal" or "Antal" or "procent" or "Procent" or "%" or "kr" or "tkr" or "mnkr" or "SEK"
            or "kronor" or "number" or "percent" or "per cent");

    // The table goes on until a header of other columns below a blank row, a long jump, or the end; notes at its end are not of it.
    private static int End(List<SheetRow> rows, int start, int data)
    {
        var numeric = NumericColumns(rows, data);
        var wide = rows.Skip(start).Take(50).Max(row => row.Filled) > 1;
        for (var i = data + 1; i < rows.Count; i++)
        {
            var gap = rows[i].Number - rows[i - 1].Number - 1;
            if (gap > LargestGap) return i;
            if (gap > 0 && IsHeaderAt(rows, i, numeric, rows[start])) return i;
            // A title of the next table stands between, or notes to the end of the sheet.
            if (gap > 0 && wide && rows[i].Filled == 1)
            {
                var next = i;
                while (next < rows.Count && rows[next].Filled == 1) next++;
                if (next == rows.Count || IsHeaderAt(rows, next, numeric, rows[start])) return i;
            }
        }

        return rows.Count;
    }

    private static bool IsHeaderBelow(List<SheetRow> rows, int at, SheetTable table) =>
        IsHeaderAt(rows, at, NumericColumns(rows, table.Rows.Start.Value), rows[table.Header.Start.Value])
        || (rows[at].Filled > 1 && at + 1 < rows.Count);

    private static int NextHeader(List<SheetRow> rows, int from, SheetTable table)
    {
        var numeric = NumericColumns(rows, table.Rows.Start.Value);
        for (var i = from; i < rows.Count; i++)
        {
            // Titles of the next table are kept with it.
            if (rows[i].Filled > 1 && IsHeaderAt(rows, i, numeric, rows[table.Header.Start.Value])) return from;
        }

        return rows.Count;
    }

    // Names where numbers have stood, or the first name of the table above once more, and numbers below them.
    private static bool IsHeaderAt(List<SheetRow> rows, int at, HashSet<int> numeric, SheetRow above)
    {
        var row = rows[at];
        if (row.Filled < 2 || at + 1 >= rows.Count || !MayBeNames(row)) return false;
        var key = Array.FindIndex(row.Cells, cell => cell.Length > 0);
        var again = row.At(key) == above.At(key);
        if (again && (!numeric.Contains(key) || !IsNumber(row.At(key)))) return true;
        if (!AreNames(row)) return false;
        var over = Enumerable.Range(0, row.Cells.Length).Where(column => numeric.Contains(column) && row.At(column).Length > 0).ToList();
        if (over.Count == 0) return false;
        var years = over.Select(row.At).Where(YearText.Is).ToList();
        // Counts can look like years; a header has each once and in order.
        if (years.Count == over.Count
            && (years.Distinct().Count() < years.Count || !years.SequenceEqual(years.Order(StringComparer.Ordinal)))) return false;
        return rows.Skip(at + 1).Take(MostHeaderRows).Any(next => next.Cells.Any(IsValue));
    }

    private static HashSet<int> NumericColumns(List<SheetRow> rows, int data)
    {
        var columns = new HashSet<int>();
        var sample = rows.Skip(data).Take(20).ToList();
        for (var column = 0; column < sample.Select(row => row.Cells.Length).DefaultIfEmpty(0).Max(); column++)
        {
            if (sample.Take(3).Any(row => IsNumber(row.At(column)))) columns.Add(column);
        }

        return columns;
    }

    private static SheetTable Shape(List<SheetRow> rows, int from, int header, int data, int end)
    {
        bool Holds(int column) =>
            Enumerable.Range(header, end - header).Any(i =>
            rows[i].At(column).Length > 0 && (i < data || rows[i].Filled > 1 || column == 0));
        var width = Enumerable.Range(header, Math.Max(end - header, 1)).Max(i => i < rows.Count ? rows[i].Cells.Length : 0);
        var (first, last) = (0, width - 1);
        while (first < last && !Holds(first)) first++;
        while (last > first && !Holds(last)) last--;
        return new SheetTable([.. Enumerable.Range(from, header - from)], header..data, data..end, first, last);
    }
}

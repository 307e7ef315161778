using System.Runtime.CompilerServices;
using System.Text;
using Analys.Load.Screening;
using Analys.Load.Undescribed;

namespace Analys.Load.Csv;

/// <summary>
/// Reads the records of a block without quotes in one pass: the cell's end is found while its digits are read.
/// </summary>
/// <remarks>
/// Where no quote stands, CSV is bytes between separators and line breaks, and an index of the cells made beforehand costs as much as
/// their parsing. Blocks with quotes are read by CsvHelper.
/// </remarks>
internal sealed unsafe class PlainRecords
{
    private readonly CsvLayout layout;
    private readonly ColumnParser?[] plan;
    private readonly ColumnParser[] columns;
    private readonly byte separator;
    private readonly int last;

    public PlainRecords(CsvLayout layout, ColumnParser[] columns)
    {
        this.layout = layout;
        this.columns = columns;
        separator = (byte)(layout.Options.Separator ?? ',');
        plan = new ColumnParser?[layout.Width];
        foreach (var column in columns) plan[column.Index] = column;
        last = layout.Width - 1;
    }

    /// <summary>Reads a block; false where it has more than <paramref name="room"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(CsvBlock block, ParsedBlock parsed, int skip, int room)
    {
        var record = 0;
        var row = 0;
        var footer = layout.Footer && layout.Width > 1;
        var prose = footer && block.IsLast;
        fixed (byte* start = block.Padded)
        {
            var p = start;
            var end = start + block.Span.Length;
            // A byte order mark is not part of the first cell.
            if (block.Index == 0 && block.Span.StartsWith("\uFEFF"u8)) p += 3;
            while (p < end)
            {
                if (record < skip || parsed.FooterRecord is not null)
                {
                    var line = p;
                    p = LineEnd(p, end);
                    if (record >= skip) LookAtNote(line, p, parsed);
                    if (record >= skip && parsed.DataAfterFooter is null && IsData(line, p)) parsed.DataAfterFooter = record;
                }
                else if (*p is (byte)'\n' or (byte)'\r')
                {
                    parsed.BlankRecords.Add(record);
                }
                else if ((footer || *p == separator) && IsSparse(p, out var filled)
                    && (!filled || (footer && IsFootnote(p, parsed, record))))
                {
                    var line = p;
                    if (filled)
                    {
                        parsed.FooterRecord = record;
                        LookAtNote(line, LineEnd(p, end), parsed);
                    }
                    else
                    {
                        Blank(parsed, record);
                    }

                    p = LineEnd(p, end);
                }
                else if (prose && IsProse(p, parsed, record))
                {
                    var line = p;
                    parsed.FooterRecord = record;
                    LookAtNote(line, LineEnd(p, end), parsed);
                    p = LineEnd(p, end);
                }
                else
                {
                    if (row == room) return false;
                    p = ReadRow(p, parsed, record, row);
                    row++;
                }

                record++;
                // A sentinel break may stand at the end.
                p += *p == (byte)'\r' && p[1] == (byte)'\n' ? 2 : 1;
            }
        }

        parsed.Rows = row;
        parsed.Records = record;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private byte* ReadRow(byte* p, ParsedBlock parsed, int record, int row)
    {
        var sep = separator;
        var cells = plan;
        for (var i = 0; ; i++)
        {
            var column = i < cells.Length ? cells[i] : null;
            if (column is null) p = Cells.End(p, sep);
            else if (column.IsNumeric) p = column.ReadNumber(p, sep, record, row);
            else p = column.ReadText(p, sep, record, row);
            if (*p == sep)
            {
                p++;
                continue;
            }

            if (i != last) WrongWidth(parsed, record, row, i + 1);
            return p;
        }
    }

    private void WrongWidth(ParsedBlock parsed, int record, int row, int count)
    {
        BlockParser.ReportWidth(layout, parsed, record, count);
        foreach (var column in columns)
        {
            if (column.Index >= count) column.Add(default, false, record, row);
        }
    }

    // Whether at most the first cell of a row is filled in.
    private bool IsSparse(byte* p, out bool filled)
    {
        var q = Cells.End(p, separator);
        filled = q > p;
        while (*q == separator) q++;
        return *q is (byte)'\n' or (byte)'\r';
    }

    private static void Blank(ParsedBlock parsed, int record)
    {
        parsed.BlankRecords.Add(record);
        parsed.EmptyRows.Add(record);
    }

    private static void LookAtNote(byte* from, byte* to, ParsedBlock parsed) =>
        parsed.NotesIdentify |= IdentifierScreening.IsInText(Encoding.UTF8.GetString(from, (int)(to - from)));

    private bool IsFootnote(byte* p, ParsedBlock parsed, int record) => !layout.FooterGuessed
        || Footnotes.Reads(new ReadOnlySpan<byte>(p, (int)(Cells.End(p, separator) - p)), plan[0], parsed.IsBlank(record - 1));

    // A note of fewer cells than the table has columns, such as one that has separators in its text.
    private bool IsProse(byte* p, ParsedBlock parsed, int record)
    {
        var cells = 1;
        var q = Cells.End(p, separator);
        var first = (int)(q - p);
        for (; *q == separator; cells++) q = Cells.End(q + 1, separator);
        return cells < layout.Width && Footnotes.ReadsShort(new ReadOnlySpan<byte>(p, first), cells, parsed.IsBlank(record - 1));
    }

    private bool IsData(byte* p, byte* end)
    {
        var filled = 0;
        for (var i = 0; ; i++)
        {
            if (i > last) return false;
            var q = Cells.End(p, separator);
            if (q > p) filled++;
            if (plan[i] is { } column && !column.Accepts(new ReadOnlySpan<byte>(p, (int)(q - p)))) return false;
            if (q >= end || *q != separator) return i == last && filled > 1;
            p = q + 1;
        }
    }

    private static byte* LineEnd(byte* p, byte* end) =>
        p + new ReadOnlySpan<byte>(p, (int)(end - p) + 1).IndexOfAny((byte)'\n', (byte)'\r');
}

/// <summary>Where a cell without quotes ends.</summary>
internal static unsafe class Cells
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Highs = 0x8080808080808080;

    /// <summary>The separator or line break that ends the cell at <paramref name="p"/>; a line break must follow somewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* End(byte* p, byte separator)
    {
        var pattern = Ones * separator;
        while (true)
        {
            // Eight bytes at a time: the lowest byte that equals the separator, LF or CR (a zero byte after xor).
            var word = Unsafe.ReadUnaligned<ulong>(p);
            var a = word ^ pattern;
            var b = word ^ (Ones * (byte)'\n');
            var c = word ^ (Ones * (byte)'\r');
            var hits = (((a - Ones) & ~a) | ((b - Ones) & ~b) | ((c - Ones) & ~c)) & Highs;
            if (hits != 0) return p + (System.Numerics.BitOperations.TrailingZeroCount(hits) >> 3);
            p += 8;
        }
    }
}

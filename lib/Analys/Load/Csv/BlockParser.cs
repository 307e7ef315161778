using Analys.Load.Schema;
using Analys.Load.Screening;
using Analys.Load.Undescribed;
using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>Parses blocks into typed columns; one per thread, since it keeps the distinct texts that it has seen.</summary>
internal sealed class BlockParser
{
    private readonly CsvLayout layout;
    private readonly ColumnParser[] columns;
    private readonly PlainRecords plain;

    public BlockParser(CsvLayout layout)
    {
        this.layout = layout;
        columns = [.. layout.Columns.Select((column, slot) => new ColumnParser(column.Field, column.Index, layout.Schema, slot))];
        plain = new PlainRecords(layout, columns);
    }

    /// <summary>The parsers of the columns, which hold the distinct texts by code.</summary>
    public IReadOnlyList<ColumnParser> Columns => columns;

    /// <summary>Parses the records of a block; the header and what stands above it is in the first one.</summary>
    /// <param name="block">The block.</param>
    /// <param name="targets">Where its rows go.</param>
    /// <param name="offset">From which row on.</param>
    /// <param name="room">For how many rows there is room; for more of them it makes targets of its own.</param>
    public ParsedBlock Parse(CsvBlock block, ColumnTarget[] targets, int offset, int room)
    {
        var from = columns.Select(column => column.Texts.Count).ToArray();
        if (!TryParse(block, targets, offset, room, out var parsed))
        {
            // Line breaks of several kinds, or inside quotes: more records than breaks were counted.
            var breaks = block.Span.Count((byte)'\n') + block.Span.Count((byte)'\r') + 1;
            TryParse(block, ColumnTarget.For(layout, breaks), 0, breaks, out parsed);
        }

        for (var i = 0; i < columns.Length; i++) parsed.NewCodes[i] = (from[i], columns[i].Texts.Count);
        return parsed;
    }

    private bool TryParse(CsvBlock block, ColumnTarget[] targets, int offset, int room, out ParsedBlock parsed)
    {
        parsed = new ParsedBlock(block.Index, this, targets, offset, columns.Length);
        foreach (var column in columns) column.Begin(parsed);
        var skip = block.Index == 0 ? layout.Skip : 0;
        var fits = block.HasQuotes ? ReadQuoted(block, parsed, skip, room) : plain.Read(block, parsed, skip, room);
        return fits;
    }

    private bool ReadQuoted(CsvBlock block, ParsedBlock parsed, int skip, int room)
    {
        using var reader = CsvReader.Create(block.Bytes, layout.Options);
        var records = 0;
        while (reader.Read())
        {
            if (records++ < skip) continue;
            var record = records - 1;
            var count = reader.FieldCount;
            if (IsBlank(reader, count))
            {
                parsed.BlankRecords.Add(record);
                if (count > 1) parsed.EmptyRows.Add(record);
                continue;
            }

            if (parsed.FooterRecord is not null)
            {
                LookAtNote(reader, parsed, count);
                if (count == layout.Width && IsData(reader)) parsed.DataAfterFooter ??= record;
                continue;
            }

            if (layout.Footer && IsFooter(reader, count) && IsFootnote(reader, parsed, record))
            {
                parsed.FooterRecord = record;
                LookAtNote(reader, parsed, count);
                continue;
            }

            if (layout.Footer && block.IsLast && count < layout.Width
                && Footnotes.ReadsShort(reader.GetSpan(0), count, parsed.IsBlank(record - 1)))
            {
                parsed.FooterRecord = record;
                LookAtNote(reader, parsed, count);
                continue;
            }

            if (parsed.Rows == room) return false;
            if (count != layout.Width) ReportWidth(parsed, record, count);
            foreach (var column in columns)
            {
                column.Add(column.Index < count ? reader.GetSpan(column.Index) : default, column.Index < count, record, parsed.Rows);
            }

            parsed.Rows++;
        }

        parsed.Records = records;
        return true;
    }

    private static void LookAtNote(CsvReader reader, ParsedBlock parsed, int count)
    {
        for (var i = 0; i < count; i++) parsed.NotesIdentify |= IdentifierScreening.IsInText(reader.GetString(i));
    }

    private static bool IsBlank(CsvReader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!reader.GetSpan(i).IsEmpty) return false;
        }

        return true;
    }

    // A footnote: only the first cell is filled in, in a table of several columns.
    private bool IsFooter(CsvReader reader, int count)
    {
        if (layout.Width < 2) return false;
        for (var i = 1; i < count; i++)
        {
            if (!reader.GetSpan(i).IsEmpty) return false;
        }

        return true;
    }

    private bool IsFootnote(CsvReader reader, ParsedBlock parsed, int record) => !layout.FooterGuessed
        || Footnotes.Reads(reader.GetSpan(0), Array.Find(columns, column => column.Index == 0), parsed.IsBlank(record - 1));

    private bool IsData(CsvReader reader)
    {
        var filled = 0;
        for (var i = 0; i < reader.FieldCount; i++) filled += reader.GetSpan(i).IsEmpty ? 0 : 1;
        return filled > 1 && columns.All(column => column.Accepts(reader.GetSpan(column.Index)));
    }

    /// <summary>Reports the cells that a row lacks or has too many of.</summary>
    public static void ReportWidth(CsvLayout layout, ParsedBlock parsed, int record, int count)
    {
        for (var i = count; i < layout.Width; i++)
        {
            if (i == layout.Width - 1 && layout.IsUnnamed(i)) continue;
            parsed.Report(new RawFinding(FindingCodes.MissingCell, record, layout.NameOf(i), i + 1, $"{layout.Width} cells in the row"));
        }

        for (var i = layout.Width; i < count; i++)
        {
            parsed.Report(new RawFinding(FindingCodes.ExtraCell, record, null, i + 1, $"{layout.Width} cells in the row"));
        }
    }

    private void ReportWidth(ParsedBlock parsed, int record, int count) => ReportWidth(layout, parsed, record, count);
}

/// <summary>
/// Where the values of one column go. Blocks of a whole file write into one target, each from its own row, so that nothing is
/// copied afterwards; a block of a stream has its own.
/// </summary>
internal sealed class ColumnTarget
{
    private readonly Lock gate = new();
    private readonly int capacity;
    private Mark[]? marks;

    public ColumnTarget(Field field, int capacity)
    {
        this.capacity = capacity;
        // Fresh large arrays are not touched before a value is written: a generous capacity costs address space only.
        Numbers = field.IsNumeric ? GC.AllocateUninitializedArray<double>(capacity) : [];
        Codes = field.IsNumeric ? [] : GC.AllocateUninitializedArray<int>(capacity);
    }

    /// <summary>The values of a number column.</summary>
    public double[] Numbers { get; }

    /// <summary>The codes of a text column.</summary>
    public int[] Codes { get; }

    /// <summary>The marks; null while no block has seen one.</summary>
    public Mark[]? Marks => marks;

    /// <summary>The marks, made at the first one.</summary>
    public Mark[] DemandMarks()
    {
        lock (gate) return marks ??= new Mark[capacity];
    }

    /// <summary>Targets for the columns of a layout.</summary>
    public static ColumnTarget[] For(CsvLayout layout, int capacity) =>
        [.. layout.Columns.Select(column => new ColumnTarget(column.Field, capacity))];
}

/// <summary>A finding whose row is counted from the start of its block.</summary>
internal readonly record struct RawFinding(string Code, int Record, string? Column, int? Field, string Expected);

/// <summary>What a block gave: where its rows stand in which targets, and what is wrong with them.</summary>
internal sealed class ParsedBlock(int index, BlockParser parser, ColumnTarget[] targets, int offset, int columns)
{
    /// <summary>More findings than this in one block are counted, not kept.</summary>
    public const int MaxFindings = 50_000;

    public int Index { get; } = index;

    /// <summary>Who parsed it: its texts are coded by that parser's interners.</summary>
    public BlockParser Parser { get; } = parser;

    /// <summary>Where its rows stand.</summary>
    public ColumnTarget[] Targets { get; private set; } = targets;

    /// <summary>Its first row in the targets.</summary>
    public int Offset { get; } = offset;

    /// <summary>Data rows.</summary>
    public int Rows { get; set; }

    /// <summary>Records, the header and blank ones included.</summary>
    public int Records { get; set; }

    /// <summary>The record where the footnotes begin; null where there are none.</summary>
    public int? FooterRecord { get; set; }

    /// <summary>A record after the footnotes that looks like data.</summary>
    public int? DataAfterFooter { get; set; }

    /// <summary>Records without any value, in order.</summary>
    public List<int> BlankRecords { get; } = [];

    /// <summary>Those of them that have separators: rows, not empty lines.</summary>
    public HashSet<int> EmptyRows { get; } = [];

    public List<RawFinding> Findings { get; } = [];

    /// <summary>Findings that were not kept.</summary>
    public long FindingsLeftOut { get; private set; }

    /// <summary>By column, the parser's codes that were new in this block: from the first, up to but not including the second.</summary>
    public (int From, int To)[] NewCodes { get; } = new (int, int)[columns];

    /// <summary>Whether a note below the table has a personal number in it.</summary>
    public bool NotesIdentify { get; set; }

    /// <summary>By column, what its numbers look like.</summary>
    public NumberTally[] PersonalNumbers { get; } = new NumberTally[columns];

    /// <summary>Whether a record is the last blank one so far.</summary>
    public bool IsBlank(int record) => BlankRecords.Count > 0 && BlankRecords[^1] == record;

    /// <summary>Lets go of the values, which somebody else has now.</summary>
    public void Forget() => Targets = [];

    public void Report(in RawFinding finding)
    {
        if (Findings.Count < MaxFindings) Findings.Add(finding);
        else FindingsLeftOut++;
    }
}

using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>Parses blocks into typed columns; one per thread, since it keeps the distinct texts that it has seen.</summary>
internal sealed class BlockParser
{
    private readonly CsvLayout layout;
    private readonly ColumnParser[] columns;

    public BlockParser(CsvLayout layout)
    {
        this.layout = layout;
        columns = [.. layout.Columns.Select((column, index) => new ColumnParser(column.Field, column.Index, layout.Schema, index))];
    }

    /// <summary>The parsers of the columns, which hold the distinct texts by code.</summary>
    public IReadOnlyList<ColumnParser> Columns => columns;

    /// <summary>Parses the records of a block; the first <paramref name="skip"/> are the header and what stands above it.</summary>
    public ParsedBlock Parse(CsvBlock block, int skip)
    {
        var parsed = new ParsedBlock(block.Index, this, columns.Length);
        foreach (var column in columns) column.Begin(parsed);
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
                continue;
            }

            if (layout.Footer && IsFooter(reader, count))
            {
                parsed.FooterRecord = record;
                break;
            }

            if (count != layout.Width) ReportWidth(parsed, record, count);
            foreach (var column in columns)
            {
                column.Add(column.Index < count ? reader.GetSpan(column.Index) : default, column.Index < count, record);
            }

            parsed.Rows++;
        }

        parsed.Records = records;
        foreach (var column in columns) column.End();
        return parsed;
    }

    private static bool IsBlank(CsvReader reader, int count) => count == 0 || (count == 1 && reader.GetSpan(0).IsEmpty);

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

    private void ReportWidth(ParsedBlock parsed, int record, int count)
    {
        for (var i = count; i < layout.Width; i++)
        {
            parsed.Findings.Add(new RawFinding(FindingCodes.MissingCell, record, layout.Header[i], i + 1, $"{layout.Width} cells in the row"));
        }

        for (var i = layout.Width; i < count; i++)
        {
            parsed.Findings.Add(new RawFinding(FindingCodes.ExtraCell, record, null, i + 1, $"{layout.Width} cells in the row"));
        }
    }
}

/// <summary>A finding whose row is counted from the start of its block.</summary>
internal readonly record struct RawFinding(string Code, int Record, string? Column, int? Field, string Expected);

/// <summary>The typed columns of a block.</summary>
internal sealed class ParsedBlock(int index, BlockParser parser, int columns)
{
    public int Index { get; } = index;

    /// <summary>Who parsed it: its texts are coded by that parser's interners.</summary>
    public BlockParser Parser { get; } = parser;

    /// <summary>Data rows.</summary>
    public int Rows { get; set; }

    /// <summary>Records, the header and blank ones included.</summary>
    public int Records { get; set; }

    /// <summary>The record where the footnotes begin; null where there are none.</summary>
    public int? FooterRecord { get; set; }

    public List<int> BlankRecords { get; } = [];

    public List<RawFinding> Findings { get; } = [];

    /// <summary>Numbers by column; null for text columns.</summary>
    public double[]?[] Numbers { get; } = new double[]?[columns];

    /// <summary>Codes by column; null for number columns.</summary>
    public int[]?[] Codes { get; } = new int[]?[columns];

    /// <summary>Marks by column; null where every cell has a value.</summary>
    public Mark[]?[] Marks { get; } = new Mark[]?[columns];

    /// <summary>By column, how many numbers look like a personal number, and in how many records it was looked for.</summary>
    public int[] PersonalNumbers { get; } = new int[columns];
}

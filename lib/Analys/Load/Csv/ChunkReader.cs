using Analys.Load.Screening;

namespace Analys.Load.Csv;

/// <summary>Turns the blocks of a stream into chunks with stable text codes, as long as nothing is wrong.</summary>
internal sealed class ChunkReader
{
    private readonly CsvLayout layout;
    private readonly string file;
    private readonly BlockParser[] parsers;
    private readonly CodeMap[] maps;
    private readonly int[] screened;
    private readonly KeyCheck keys;
    private readonly List<ParsedBlock> parsed = [];
    private readonly List<Finding> found = [];
    private long records = 1;
    private bool footer;

    public ChunkReader(CsvLayout layout, string file)
    {
        this.layout = layout;
        this.file = file;
        parsers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 16)).Select(_ => new BlockParser(layout))];
        maps = [.. layout.Columns.Select((_, slot) => new CodeMap(slot))];
        screened = new int[maps.Length];
        keys = new KeyCheck(layout.Schema, file);
    }

    /// <summary>How many blocks are parsed at once.</summary>
    public int Width => parsers.Length;

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Parses blocks beside each other and gives their chunks in order.</summary>
    public List<ExtractChunk> Parse(List<CsvBlock> blocks)
    {
        var results = new ParsedBlock[blocks.Count];
        try
        {
            Parallel.For(0, blocks.Count, i => results[i] = parsers[i].Parse(blocks[i], ColumnTarget.For(layout, blocks[i].Lines), 0));
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        var chunks = new List<ExtractChunk>();
        for (var i = 0; i < blocks.Count; i++)
        {
            blocks[i].Return();
            var block = results[i];
            var chunk = footer ? null : Chunk(block);
            if (chunk is not null && IsClean(block)) chunks.Add(chunk);
            footer |= block.FooterRecord is not null;
            records += block.Records;
            block.Forget();
            parsed.Add(block);
        }

        return chunks;
    }

    /// <summary>Everything that is wrong with the file.</summary>
    public List<Finding> Finish()
    {
        var findings = CsvFindings.Collect(layout, parsed, file);
        if (findings.Count > 0) return findings;
        for (var slot = 0; slot < maps.Length; slot++)
        {
            if (!layout.Columns[slot].Field.IsNumeric) found.AddRange(IdentifierScreening.Screen(new TextColumn(layout.Columns[slot].Field, [], maps[slot].Categories, null), file));
        }

        return [.. found.DistinctBy(finding => (finding.Code, finding.Row, finding.Column, finding.Expected))];
    }

    private ExtractChunk? Chunk(ParsedBlock block)
    {
        var columns = new Column[layout.Columns.Count];
        for (var slot = 0; slot < columns.Length; slot++)
        {
            var field = layout.Columns[slot].Field;
            var target = block.Targets[slot];
            if (field.IsNumeric)
            {
                columns[slot] = new NumberColumn(field, target.Numbers, block.Rows, target.Marks);
                continue;
            }

            CodeMap.Apply(maps[slot].Map(block), target.Codes.AsSpan(0, block.Rows));
            columns[slot] = new TextColumn(field, target.Codes, maps[slot].Categories, block.Rows, target.Marks);
        }

        var first = records + (block.Index == 0 ? layout.Skip : 0);
        found.AddRange(keys.Add(columns, row => first + row));
        var chunk = new ExtractChunk(Rows, block.Rows, columns);
        Rows += block.Rows;
        return block.Rows == 0 ? null : chunk;
    }

    private bool IsClean(ParsedBlock block)
    {
        for (var slot = 0; slot < maps.Length; slot++)
        {
            var field = layout.Columns[slot].Field;
            if (IdentifierScreening.Serial(field)) continue;
            if (field.IsNumeric)
            {
                found.AddRange(IdentifierScreening.Screen(field, block.PersonalNumbers[slot], Rows, file));
                continue;
            }

            var categories = maps[slot].Categories;
            string[] fresh = [.. categories.Skip(screened[slot])];
            screened[slot] = categories.Count;
            if (fresh.Length > 0) found.AddRange(IdentifierScreening.Screen(new TextColumn(field, [], fresh, null), file));
        }

        return found.Count == 0 && block.Findings.Count == 0 && parsed.All(earlier => earlier.Findings.Count == 0);
    }
}

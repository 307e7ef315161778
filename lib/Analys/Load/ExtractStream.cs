using System.Collections;
using Analys.Load.Csv;
using Analys.Load.Schema;
using Analys.Load.Screening;

namespace Analys.Load;

/// <summary>Some consecutive rows of a file: typed columns as an <see cref="Extract"/> has them.</summary>
/// <param name="FirstRow">The number of its first row, the file's first data row being 0.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="Columns">The columns, in the schema's order. A text has the same code in every chunk of the file;
/// <see cref="TextColumn.Categories"/> grows.</param>
internal sealed record ExtractChunk(long FirstRow, int RowCount, IReadOnlyList<Column> Columns)
{
    /// <summary>The column of this name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ColumnNotFoundException">There is none.</exception>
    public Column this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ColumnNotFoundException($"There is no column {name}.");
}

/// <summary>A CSV file of any size as chunks of typed columns, in bounded memory, with the validation and screening of
/// <c>Extract.Load</c>.</summary>
/// <remarks>
/// The enumeration ends in <see cref="ExtractRejectedException"/> where anything in the file is wrong: from the first finding on no
/// chunk is handed out, but the rest of the file is validated, so that all findings come at once. What was computed from earlier chunks
/// is then not to be used. Memory: some megabytes a core, each distinct text once, and 24 bytes a row where the schema has a key.
/// </remarks>
internal sealed class ExtractStream : IEnumerable<ExtractChunk>
{
    private readonly string path;
    private readonly string file;
    private readonly TableSchema? given;

    private ExtractStream(string path, TableSchema? schema)
    {
        this.path = path;
        file = Path.GetFileName(path);
        given = schema;
    }

    /// <summary>The schema, known once the enumeration has begun.</summary>
    public TableSchema? Schema { get; private set; }

    /// <summary>Where the rows came from, known once the enumeration has ended.</summary>
    public Provenance? Provenance { get; private set; }

    /// <summary>Prepares the reading of a CSV file; the file is read when the stream is enumerated.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Its schema; null to find it as <c>Extract.Load</c> does.</param>
    public static ExtractStream Open(string path, TableSchema? schema = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (IdentifierScreening.IsInText(Path.GetFileNameWithoutExtension(path)))
            throw new ExtractRejectedException("a file", [IdentifierScreening.OfText(null, "a file name")]);
        return new ExtractStream(path, schema ?? SchemaFinder.Find(path));
    }

    /// <inheritdoc/>
    public IEnumerator<ExtractChunk> GetEnumerator()
    {
        using var source = Reading(() => new CsvSource(path, CsvSource.Decide(path, given)));
        var first = Reading(source.Blocks.Next);
        var layout = new CsvLayout(first, given, file);
        Schema = layout.Schema;
        if (first is null || layout.Findings.Count > 0) throw new ExtractRejectedException(file, layout.Findings);
        var chunks = new ChunkReader(layout, file);
        var pending = first;
        var batch = new List<CsvBlock>();
        while (true)
        {
            while (batch.Count < chunks.Width && (pending ?? Reading(source.Blocks.Next)) is { } block)
            {
                pending = null;
                batch.Add(block);
            }

            if (batch.Count == 0) break;
            foreach (var chunk in Reading(() => chunks.Parse(batch))) yield return chunk;
            batch.Clear();
        }

        var findings = chunks.Finish();
        if (findings.Count > 0) throw new ExtractRejectedException(file, findings);
        Provenance = new Provenance
        {
            Sources =
            [new SourceFile(file, source.Sha256(), chunks.Rows, given is null ? null : layout.Schema.Name, DataPackage.FindOrigin(path))],
        };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NotUtf8Exception)
        {
            throw new ExtractRejectedException(file, [new Finding(FindingCodes.Encoding, file, null, null, null, "text in one encoding")]);
        }
        catch (InvalidDataException e)
        {
            throw new ExtractRejectedException(file, [new Finding(FindingCodes.Source, file, null, null, null, e.Message)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExtractRejectedException(file, [SourceReader.Unopened(path, e)]);
        }
    }
}

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
            Parallel.For(0, blocks.Count, i =>
                results[i] = parsers[i].Parse(blocks[i], ColumnTarget.For(layout, blocks[i].Lines), 0, blocks[i].Lines));
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
            if (!layout.Columns[slot].Field.IsNumeric)
                found.AddRange(IdentifierScreening.Screen(new TextColumn(layout.Columns[slot].Field, [], maps[slot].Categories, null),
                    file));
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
                found.AddRange(IdentifierScreening.Screen(field, block.PersonalNumbers[slot], Math.Max(Rows, block.Rows), file));
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

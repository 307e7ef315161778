using System.Collections;
using Analys.Domain;
using Analys.Load.Csv;

namespace Analys.Load;

/// <summary>Some consecutive rows of a file: typed columns as an <see cref="Extract"/> has them.</summary>
/// <param name="FirstRow">The number of its first row, the file's first data row being 0.</param>
/// <param name="RowCount">How many rows it has.</param>
/// <param name="Columns">The columns, in the schema's order. A text has the same code in every chunk of the file; <see cref="TextColumn.Categories"/> grows.</param>
public sealed record ExtractChunk(long FirstRow, int RowCount, IReadOnlyList<Column> Columns)
{
    /// <summary>The column of this name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ColumnNotFoundException">There is none.</exception>
    public Column this[string name] => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new ColumnNotFoundException($"There is no column {name}.");
}

/// <summary>A CSV file of any size as chunks of typed columns, in bounded memory, with the validation and screening of <see cref="Extract.Load"/>.</summary>
/// <remarks>
/// The enumeration ends in <see cref="ExtractRejectedException"/> where anything in the file is wrong: from the first finding on no
/// chunk is handed out, but the rest of the file is validated, so that all findings come at once. What was computed from earlier chunks
/// is then not to be used. Memory: some megabytes a core, each distinct text once, and 24 bytes a row where the schema has a key.
/// </remarks>
public sealed class ExtractStream : IEnumerable<ExtractChunk>
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
    /// <param name="schema">Its schema; null to find it as <see cref="Extract.Load"/> does.</param>
    public static ExtractStream Open(string path, TableSchema? schema = null)
    {
        ArgumentNullException.ThrowIfNull(path);
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
            Sources = [new SourceFile(file, source.Sha256(), chunks.Rows, given is null ? null : layout.Schema.Name, DataPackage.FindOrigin(path))],
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
            throw new ExtractRejectedException(file, [Sources.SourceReader.Unopened(path, e)]);
        }
    }
}

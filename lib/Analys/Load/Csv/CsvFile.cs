using System.Security.Cryptography;
using System.Text;
using Analys.Load.Formats;
using Analys.Load.Schema;
using Analys.Load.Undescribed;

namespace Analys.Load.Csv;

/// <summary>Reads a CSV file into typed columns on all cores, or says everything that is wrong with it.</summary>
internal static class CsvFile
{
    /// <summary>What was read, or why not.</summary>
    public sealed record Outcome(Column[] Columns, TableSchema Schema, string Sha256, long Rows, IReadOnlyList<Finding> Findings,
        IReadOnlyList<Notice> Notices, RowMap Map);

    public static Outcome Read(string path, TableSchema? schema, int? threads = null, ReadOptions? options = null)
    {
        var file = Path.GetFileName(path);
        return Guarded<Outcome>(path, schema, options?.Encoding, encoding =>
            Read(() => new CsvSource(path, encoding), file, schema, threads ?? Environment.ProcessorCount), finding => new Outcome(
            [], schema ?? new TableSchema { Name = file, Fields = [] }, "", 0, [finding], [], RowMap.Plain));
    }

    /// <summary>Runs a reading under the encoding that the bytes tell, again as Windows-1252 where they are not UTF-8, and turns failures
    /// into a finding.</summary>
    public static T Guarded<T>(string path, TableSchema? schema, string? encoding, Func<Encoding, T> read, Func<Finding, T> failed)
    {
        Finding At(string code, string expected) => new(code, Path.GetFileName(path), null, null, null, expected);
        try
        {
            if ((encoding ?? schema?.Dialect.Encoding) is { } name)
            {
                return TextEncoding.TryByName(name) is { } named ? read(named)
                    : failed(At(FindingCodes.Encoding, "an encoding that is known"));
            }

            if (CsvSource.Suspicion(path, Formats.TextSuspicion.SampleSize) is { } wrong) return failed(At(FindingCodes.Encoding, wrong));
            try
            {
                return read(CsvSource.Detect(path));
            }
            catch (NotUtf8Exception)
            {
                // Letters of another encoding may stand further down than the first part.
                if (CsvSource.Suspicion(path, Formats.TextSuspicion.LargestSample) is { } further) return failed(At(FindingCodes.Encoding,
                    further));
                return read(TextEncoding.Windows1252);
            }
        }
        catch (NotUtf8Exception)
        {
            return failed(At(FindingCodes.Encoding, "text in the encoding that the schema names"));
        }
        catch (InvalidDataException e)
        {
            return failed(At(FindingCodes.Source, e.Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return failed(SourceReader.Unopened(path, e));
        }
    }

    /// <summary>Reads what stands in a source, whatever it was made from.</summary>
    /// <param name="open">Opens the source; more than once where its first block has misled.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="schema">The schema; null to infer one.</param>
    /// <param name="threads">How many threads parse.</param>
    /// <param name="native">Whether the cells were typed in their source.</param>
    public static Outcome Read(Func<CsvSource> open, string file, TableSchema? schema, int threads, bool native = false)
    {
        var (read, layout, notes) = Read(open, file, schema, threads, native, null);
        if (schema is not null || !(read.Findings.Any(finding => finding.Code == FindingCodes.Type) || HasFalseDoubt(read))) return read;
        // The guess from the first block does not hold for the rest, or notes were taken for cells: the whole table decides.
        using var source = open();
        return Read(open, file, null, threads, native, SchemaInference.Of(source, layout, notes, file, native)).Outcome;
    }

    private static bool HasFalseDoubt(Outcome read) =>
        read.Columns.OfType<TextColumn>()
        .Any(column => column.Field.Doubt is { Kind: DoubtKind.Stray } doubt && doubt.RowsOf(column, read.Map).Count == 0);

    // The outcome, how the file is laid out, and the row where notes after the table begin.
    private static (Outcome Outcome, CsvLayout Layout, long Notes) Read(Func<CsvSource> open, string file, TableSchema? schema, int threads,
        bool native, Inferred? inferred)
    {
        using var source = open();
        var first = source.Blocks.Next();
        var layout = new CsvLayout(first, schema, file, native, inferred);
        if (first is null)
        {
            return (new Outcome([], layout.Schema, source.Sha256(), 0, CsvFindings.Collect(layout, [], file), [], RowMap.Plain), layout,
                long.MaxValue);
        }

        var work = new BlockQueue(source, layout, first);
        var parsed = work.Run(threads);
        var findings = CsvFindings.Collect(layout, parsed, file);
        var table = CsvFindings.UpToFooter(parsed);
        var rows = table.Sum(block => (long)block.Rows);
        var map = CsvFindings.Map(layout, table);
        var notes = CsvNotices.Footer(parsed)?.First[0] ?? long.MaxValue;
        if (findings.Count > 0) return (new Outcome([], layout.Schema, source.Sha256(), rows, findings, [], map), layout, notes);
        var columns = ColumnAssembly.Assemble(layout, table);
        if (CsvFindings.RepeatedHeader(columns, map, file) is { } again)
            return (new Outcome([], layout.Schema, source.Sha256(), rows, [again], [], map), layout, notes);
        if (schema is not null) return (new Outcome(columns, layout.Schema, source.Sha256(), rows, findings, [], map), layout, notes);
        var (kept, notices) = CsvNotices.Of(layout, parsed, columns, map, file);
        var own = kept.Length == columns.Length ? layout.Schema : layout.Schema with { Fields = [.. kept.Select(column => column.Field)] };
        return (new Outcome(kept, own, source.Sha256(), rows, findings, notices, map), layout, notes);
    }
}

/// <summary>A CSV file as UTF-8 blocks, with the hash of its own bytes.</summary>
internal sealed class CsvSource : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream file;
    private readonly Stream? transcoded;

    public CsvSource(string path, Encoding encoding)
        : this(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan), encoding)
    {
    }

    public CsvSource(Stream stream, Encoding encoding)
    {
        file = stream;
        Length = file.Length;
        if (encoding is UTF8Encoding)
        {
            Blocks = new CsvBlocks(file, hash.AppendData);
        }
        else
        {
            // The hash is of the file's own bytes, not of their transcoded form.
            transcoded = encoding is Formats.TwiceEncoding
                ? Formats.TextSuspicion.Undone(new HashingStream(file, hash))
                : Encoding.CreateTranscodingStream(new HashingStream(file, hash), encoding, Encoding.UTF8);
            Blocks = new CsvBlocks(transcoded, _ => { });
        }
    }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>Its blocks.</summary>
    public CsvBlocks Blocks { get; }

    /// <summary>The SHA-256 of what has been read so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>What the first bytes give reason to doubt of their encoding, with the way out; null for nothing.</summary>
    public static string? Suspicion(string path, int size)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[Math.Min(size, stream.Length)];
        return Formats.TextSuspicion.Of(start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    /// <summary>The encoding that the first bytes tell, or UTF-8.</summary>
    public static Encoding Detect(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[4];
        var read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        return TextEncoding.FromMark(start.AsSpan(0, read)) ?? Encoding.UTF8;
    }

    /// <summary>The encoding that a schema names or that all the bytes of the file tell: a mark, valid UTF-8, else Windows-1252.</summary>
    /// <exception cref="InvalidDataException">The schema names an encoding that is not known.</exception>
    public static Encoding Decide(string path, TableSchema? schema)
    {
        if (schema?.Dialect.Encoding is { } name)
            return TextEncoding.TryByName(name) ?? throw new InvalidDataException("an encoding that is known");
        var detected = Detect(path);
        if (detected is not UTF8Encoding) return detected;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return TextEncoding.IsUtf8(stream) ? detected : TextEncoding.Windows1252;
    }

    public void Dispose()
    {
        transcoded?.Dispose();
        file.Dispose();
        hash.Dispose();
    }

    private sealed class HashingStream(Stream inner, IncrementalHash hash) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            hash.AppendData(buffer[..read]);
            return read;
        }
    }
}

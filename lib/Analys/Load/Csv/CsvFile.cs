using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Analys.Load.Csv;

/// <summary>Reads a CSV file into typed columns on all cores, or says everything that is wrong with it.</summary>
internal static class CsvFile
{
    /// <summary>What was read, or why not.</summary>
    public sealed record Outcome(Column[] Columns, TableSchema Schema, string Sha256, long Rows, IReadOnlyList<Finding> Findings);

    public static Outcome Read(string path, TableSchema? schema)
    {
        var file = Path.GetFileName(path);
        try
        {
            var dialect = schema?.Dialect ?? Dialect.Default;
            var named = dialect.Encoding is { } name ? TextEncoding.ByName(name) : null;
            try
            {
                return Read(path, file, schema, dialect, named ?? Detect(path));
            }
            catch (InvalidDataException e) when (named is null && e.Message.Contains("UTF-8", StringComparison.Ordinal))
            {
                return Read(path, file, schema, dialect, TextEncoding.Windows1252);
            }
        }
        catch (InvalidDataException e)
        {
            return Failed(file, schema, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(file, schema, e is FileNotFoundException or DirectoryNotFoundException ? "a file that exists" : "a file that can be read");
        }
    }

    private static Outcome Failed(string file, TableSchema? schema, string expected) => new(
        [], schema ?? new TableSchema { Name = file, Fields = [] }, "", 0, [new Finding(FindingCodes.Source, file, null, null, null, expected)]);

    private static Outcome Read(string path, string file, TableSchema? schema, Dialect dialect, Encoding encoding)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using var hashing = encoding is UTF8Encoding ? null : new HashingStream(source, hash);
        using var stream = hashing is null ? (Stream)source : Encoding.CreateTranscodingStream(hashing, encoding, Encoding.UTF8);
        var blocks = CsvBlocks.Read(stream, bytes =>
        {
            if (hashing is null) hash.AppendData(bytes);
        }).GetEnumerator();
        var first = blocks.MoveNext() ? blocks.Current : null;
        if (first is not null && first.Span.Contains((byte)0)) throw new InvalidDataException("a text file: this one holds binary data");

        var layout = new CsvLayout(first, schema, dialect, file);
        var parsed = new ConcurrentBag<ParsedBlock>();
        if (first is not null && layout.Findings.Count == 0)
        {
            // Reading happens under the partitioner's lock, parsing outside it.
            Parallel.ForEach(
                Partitioner.Create(Continue(first, blocks), EnumerablePartitionerOptions.NoBuffering),
                () => new BlockParser(layout),
                (block, _, parser) =>
                {
                    parsed.Add(parser.Parse(block, block.Index == 0 ? layout.Skip : 0));
                    block.Return();
                    return parser;
                },
                _ => { });
        }

        var inOrder = UpToFooter(parsed.OrderBy(block => block.Index));
        var findings = CsvFindings.Collect(layout, inOrder, file);
        var sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        return findings.Count > 0
            ? new Outcome([], layout.Schema, sha256, inOrder.Sum(block => (long)block.Rows), findings)
            : new Outcome(ColumnAssembly.Assemble(layout, inOrder), layout.Schema, sha256, inOrder.Sum(block => (long)block.Rows), findings);
    }

    private static IEnumerable<CsvBlock> Continue(CsvBlock first, IEnumerator<CsvBlock> rest)
    {
        yield return first;
        while (rest.MoveNext()) yield return rest.Current;
    }

    private static List<ParsedBlock> UpToFooter(IEnumerable<ParsedBlock> blocks)
    {
        var kept = new List<ParsedBlock>();
        foreach (var block in blocks)
        {
            kept.Add(block);
            if (block.FooterRecord is not null) break;
        }

        return kept;
    }

    private static Encoding Detect(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[4];
        var read = stream.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        return TextEncoding.FromMark(start.AsSpan(0, read)) ?? Encoding.UTF8;
    }

    // The hash is of the file's own bytes, not of their transcoded form.
    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            hash.AppendData(buffer[..read]);
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

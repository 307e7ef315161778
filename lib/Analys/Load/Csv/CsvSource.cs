using System.Security.Cryptography;
using System.Text;

namespace Analys.Load.Csv;

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
            transcoded = Encoding.CreateTranscodingStream(new HashingStream(file, hash), encoding, Encoding.UTF8);
            Blocks = new CsvBlocks(transcoded, _ => { });
        }
    }

    /// <summary>The size of the file in bytes.</summary>
    public long Length { get; }

    /// <summary>Its blocks.</summary>
    public CsvBlocks Blocks { get; }

    /// <summary>The SHA-256 of what has been read so far.</summary>
    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

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
        if (schema?.Dialect.Encoding is { } name) return TextEncoding.TryByName(name) ?? throw new InvalidDataException("an encoding that is known");
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

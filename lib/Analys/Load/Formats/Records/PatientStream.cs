namespace Analys.Load.Formats.Records;

/// <summary>A file that ends the patience of a reader that comes back to it without end.</summary>
/// <remarks>A spoiled Parquet file may claim more values than its pages hold, and the package then looks for another page at one place for
/// ever. Who reads a file in good order reads no byte of it more than a few times.</remarks>
internal sealed class PatientStream(Stream inner) : Stream
{
    private const long Times = 64;
    private const long Least = 1 << 20;
    private long left = Least + (Times * inner.Length);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Spend(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Spend(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Spend(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Spend(await inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false));

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A look at the end costs as much as a hundred bytes: whoever finds nothing there does not ask again.
    private int Spend(int read)
    {
        left -= read + 100;
        return left < 0 ? throw new DamagedFileException("a part of it cannot be read") : read;
    }
}

using System.Buffers.Binary;

namespace Analys.Load.Formats.Records;

/// <summary>Numbers and texts of a binary file in its own byte order, every step checked against the file's end.</summary>
/// <param name="stream">The file, which can seek.</param>
internal sealed class ByteReader(Stream stream) : IDisposable
{
    // One buffer for what is looked at and gone; what is kept is copied.
    private byte[] scratch = new byte[4096];

    /// <summary>Whether the most significant byte comes first.</summary>
    public bool BigEndian { get; set; }

    /// <summary>The size of the file.</summary>
    public long Length { get; } = stream.Length;

    /// <summary>Where the next byte stands.</summary>
    public long Position { get; private set; }

    /// <summary>The next bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > Length - Position) throw new DamagedFileException("it ends before it should, or a length in it is wrong");
        // A length that a header claims is believed only as far as the file reaches, which was just checked.
        if (count > Array.MaxLength) throw new DamagedFileException("a part of it is longer than can be read");
        if (scratch.Length < count) scratch = new byte[count];
        stream.ReadExactly(scratch, 0, (int)count);
        Position += count;
        return scratch.AsSpan(0, (int)count);
    }

    /// <summary>Goes to a place in the file.</summary>
    public void Seek(long position)
    {
        if (position < 0 || position > Length) throw new DamagedFileException("it points behind its own end");
        stream.Position = position;
        Position = position;
    }

    /// <summary>Passes bytes over.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > Length - Position) throw new DamagedFileException("it ends before it should, or a length in it is wrong");
        Seek(Position + count);
    }

    public byte Byte() => Bytes(1)[0];

    public int UInt16() => UInt16(Bytes(2));

    public int Int32() => Int32(Bytes(4));

    public uint UInt32() => (uint)Int32();

    public long Int64() => Int64(Bytes(8));

    public double Double() => Double(Bytes(8));

    public int UInt16(ReadOnlySpan<byte> at) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at)
        : BinaryPrimitives.ReadUInt16LittleEndian(at);

    public int Int16(ReadOnlySpan<byte> at) => (short)UInt16(at);

    public int Int32(ReadOnlySpan<byte> at) => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(at)
        : BinaryPrimitives.ReadInt32LittleEndian(at);

    public long Int64(ReadOnlySpan<byte> at) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(at)
        : BinaryPrimitives.ReadInt64LittleEndian(at);

    public double Double(ReadOnlySpan<byte> at) => BitConverter.Int64BitsToDouble(Int64(at));

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}

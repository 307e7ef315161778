using System.IO.Compression;

namespace Analys.Load.Formats.Records.Spss;

/// <summary>The records of an SPSS file, unpacked: eight bytes for each unit of a variable.</summary>
/// <remarks>
/// Compression 1: eight codes of a byte say what each of the next eight units is: a small whole number, blanks, nothing, or a unit that
/// follows
/// in full. Compression 2 is the same stream once more packed by zlib in blocks, whose places stand at the end of the file.
/// </remarks>
internal sealed class SpssCases
{
    private const int Largest = 1 << 26;

    private readonly ByteReader reader;
    private readonly int compression;
    private readonly double bias;
    private readonly byte[] record;
    private readonly byte[] codes = new byte[8];
    private readonly List<(long At, int Packed, int Whole)> blocks = [];
    private int next = 8;
    private int block;
    private byte[] whole = [];
    private int wholeAt;
    private int wholeEnd;

    public SpssCases(ByteReader reader, int compression, double bias, int width)
    {
        (this.reader, this.compression, this.bias) = (reader, compression, bias);
        if (compression is not (>= 0 and <= 2)) throw new DamagedFileException("its compression is none that is known");
        Width = width;
        record = new byte[8 * width];
        if (compression == 2) ReadBlocks();
    }

    /// <summary>The units of a record.</summary>
    public int Width { get; }

    /// <summary>How many were read.</summary>
    public long Records { get; private set; }

    /// <summary>The next record; null at the end.</summary>
    public byte[]? Read()
    {
        if (compression == 0)
        {
            if (reader.Position == reader.Length) return null;
            reader.Bytes(record.Length).CopyTo(record);
        }
        else
        {
            for (var unit = 0; unit < Width; unit++)
            {
                if (Unpack(record.AsSpan(8 * unit, 8))) continue;
                return unit == 0 ? null : throw new DamagedFileException("it ends inside a record");
            }
        }

        Records++;
        return record;
    }

    private bool Unpack(Span<byte> unit)
    {
        while (true)
        {
            if (next == 8)
            {
                if (!Take(codes)) return false;
                next = 0;
            }

            switch (codes[next++])
            {
                case 0:
                    continue;
                case 252:
                    return false;
                case 253:
                    if (!Take(unit)) throw new DamagedFileException("it ends inside a record");
                    return true;
                case 254:
                    unit.Fill((byte)' ');
                    return true;
                case 255:
                    Put(unit, -double.MaxValue);
                    return true;
                case var code:
                    Put(unit, code - bias);
                    return true;
            }
        }
    }

    private void Put(Span<byte> unit, double value)
    {
        if (reader.BigEndian) System.Buffers.Binary.BinaryPrimitives.WriteDoubleBigEndian(unit, value);
        else System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian(unit, value);
    }

    private bool Take(Span<byte> into)
    {
        if (compression == 1)
        {
            if (reader.Length - reader.Position < into.Length) return false;
            reader.Bytes(into.Length).CopyTo(into);
            return true;
        }

        for (var filled = 0; filled < into.Length;)
        {
            if (wholeAt == wholeEnd && !NextBlock()) return filled > 0 ? throw new DamagedFileException("it ends inside a record") : false;
            var take = Math.Min(into.Length - filled, wholeEnd - wholeAt);
            whole.AsSpan(wholeAt, take).CopyTo(into[filled..]);
            wholeAt += take;
            filled += take;
        }

        return true;
    }

    private void ReadBlocks()
    {
        reader.Skip(8);
        var at = reader.Int64();
        var length = reader.Int64();
        reader.Seek(at);
        reader.Skip(16);
        var size = reader.Int32();
        var count = reader.Int32();
        if (count < 0 || size < 0 || length != 24 + (24L * count)
            || size > Largest) throw new DamagedFileException("the list of its packed blocks is wrong");
        for (var i = 0; i < count; i++)
        {
            // Where it stands unpacked follows from the others' sizes.
            reader.Skip(8);
            var place = reader.Int64();
            var whole = reader.Int32();
            var packed = reader.Int32();
            if (whole is < 0 or > Largest || packed < 0) throw new DamagedFileException("the list of its packed blocks is wrong");
            blocks.Add((place, packed, whole));
        }
    }

    private bool NextBlock()
    {
        if (block == blocks.Count) return false;
        var (at, packed, size) = blocks[block++];
        reader.Seek(at);
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(reader.Bytes(packed).ToArray()), CompressionMode.Decompress);
            if (whole.Length < size) whole = new byte[size];
            zlib.ReadExactly(whole, 0, size);
            (wholeAt, wholeEnd) = (0, size);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DamagedFileException("a packed block of it cannot be unpacked");
        }
    }
}

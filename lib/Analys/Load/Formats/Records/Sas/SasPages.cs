namespace Analys.Load.Formats.Records.Sas;

/// <summary>The pages of a SAS data set: descriptions, rows, or both.</summary>
internal sealed class SasPages
{
    private const int Meta = 0x0000;
    private const int Data = 0x0100;
    private const int Mixed = 0x0200;
    private const int Amended = 0x0400;
    private const int MetaToo = 0x4000;

    private static readonly byte[] Magic =
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09, 0xC7, 0x31, 0x8C,
        0x18, 0x1F, 0x10, 0x11];

    private readonly ByteReader reader;
    private readonly byte[] page;
    private readonly long count;
    private readonly int head;
    private readonly int pointer;
    private readonly List<(int At, int Length)> packed = [];
    private long seen;
    private int type;
    private int blocks;
    private int next;
    private int rows;

    public SasPages(ByteReader reader)
    {
        this.reader = reader;
        var start = reader.Bytes(288).ToArray();
        if (!start.AsSpan(0, 32).SequenceEqual(Magic)) throw new DamagedFileException("it does not begin as one");
        Is64 = start[32] == '3';
        var shift = start[35] == '3' ? 4 : 0;
        reader.BigEndian = start[37] != 1;
        EncodingCode = start[70];
        var header = reader.Int32(start.AsSpan(196 + shift));
        var size = reader.Int32(start.AsSpan(200 + shift));
        count = Is64 ? reader.Int64(start.AsSpan(204 + shift)) : reader.Int32(start.AsSpan(204 + shift));
        (head, pointer) = Is64 ? (32, 24) : (16, 12);
        if (header < 288 || size < head + 8 || size > reader.Length) throw new DamagedFileException("its page size does not fit its size");
        reader.Seek(header);
        page = new byte[size];
    }

    /// <summary>Whether bytes begin as a SAS data set does.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Whether its whole numbers have eight bytes.</summary>
    public bool Is64 { get; }

    /// <summary>SAS's number of the encoding.</summary>
    public int EncodingCode { get; }

    /// <summary>The bytes of a whole number.</summary>
    public int Word => Is64 ? 8 : 4;

    /// <summary>Goes to the next page; false after the last.</summary>
    public bool Next()
    {
        if (seen == count || reader.Length - reader.Position < page.Length) return seen++ < count
            ? throw new DamagedFileException("it ends before its last page") : false;
        seen++;
        reader.Bytes(page.Length).CopyTo(page);
        var flags = reader.UInt16(Part(head, 2));
        if ((flags & 0x80) != 0) throw new UnreadableFileException("a SAS file without rows marked as deleted: write it anew (data "
            + "NAME; set NAME;) and send that");
        type = flags & 0xFF00;
        blocks = reader.UInt16(Part(head + 2, 2));
        Descriptions = reader.UInt16(Part(head + 4, 2));
        packed.Clear();
        (next, rows) = (0, 0);
        return true;
    }

    /// <summary>How many descriptions the page points at; rows packed one by one are among them.</summary>
    private int Descriptions { get; set; }

    /// <summary>The parts of the page that its pointers name, with how they are kept.</summary>
    public IEnumerable<(int At, int Length, int Compression, int Type)> Parts()
    {
        if (type is not (Meta or Mixed or Amended or MetaToo)) yield break;
        for (var i = 0; i < Descriptions; i++)
        {
            var at = head + 8 + (i * pointer);
            var (from, length) = (Whole(at), Whole(at + Word));
            if (length == 0) continue;
            if (from < 0 || length < 0 || from + length > page.Length) throw new DamagedFileException("it points outside a page");
            yield return ((int)from, (int)length, Part(at + (2 * Word), 1)[0], Part(at + (2 * Word) + 1, 1)[0]);
        }
    }

    /// <summary>Finds the rows of the page, and says whether it has any.</summary>
    public bool HasRows(SasDictionary dictionary)
    {
        packed.Clear();
        foreach (var (at, length, compression, kind) in Parts())
        {
            if (compression != 1 && kind == 1 && dictionary.IsPacked
                && !SasDictionary.IsDescription(Part(at, Math.Min(length, Word)))) packed.Add((at, length));
        }

        rows = type switch
        {
            Data => blocks,
            Mixed => (int)Math.Min(dictionary.RowCount, dictionary.RowsOnMixedPage),
            _ => 0,
        };
        return rows > 0 || packed.Count > 0;
    }

    /// <summary>Reads the next row of the page; false when it has no more.</summary>
    public bool TryRow(SasDictionary dictionary, Span<byte> row)
    {
        if (next < packed.Count)
        {
            var (at, length) = packed[next++];
            SasCompression.Unpack(Part(at, length), row, dictionary.Compression);
            return true;
        }

        var index = next - packed.Count;
        if (index >= rows) return false;
        next++;
        var from = head + 8;
        if (type == Mixed)
        {
            from += Descriptions * pointer;
            from += from % 8;
        }

        Part(from + (index * (long)row.Length), row.Length).CopyTo(row);
        return true;
    }

    /// <summary>Bytes of the page.</summary>
    public ReadOnlySpan<byte> Part(long at, int length)
    {
        if (at < 0 || length < 0 || at + length > page.Length) throw new DamagedFileException("it points outside a page");
        return page.AsSpan((int)at, length);
    }

    /// <summary>A number of two bytes on the page.</summary>
    public int Short(long at) => reader.UInt16(Part(at, 2));

    /// <summary>A number of four bytes on the page.</summary>
    public int Int(long at) => reader.Int32(Part(at, 4));

    /// <summary>A whole number on the page, of the file's own width.</summary>
    public long Whole(long at) => Is64 ? reader.Int64(Part(at, 8)) : reader.Int32(Part(at, 4));
}

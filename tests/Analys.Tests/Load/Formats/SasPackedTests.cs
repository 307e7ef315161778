using System.Text;
using Analys.Load.Formats.Records;
using Analys.Load.Formats.Records.Sas;

namespace Analys.Tests.Load.Formats;

/// <summary>SAS data sets with packed rows, made by hand page by page: no program here writes them.</summary>
public sealed class SasPackedTests
{
    private const int Width = 40;

    [Theory]
    [InlineData("SASYZCRL")]
    [InlineData("SASYZCR2")]
    public void Packed_rows_are_read(string compression)
    {
        // A row: a number of eight bytes, a text of 32.
        var rows = new[] { Row(1.5, "Årsta"), Row(-2, "aaaaaaaaaaaaaaaaaaaaaaaa"), Row(double.NaN, "x@@@@@@@@y        z"),
            Row(7, "abcabcabcabcabcabcabcabc") };
        using var file = new TestFile("packed.sas7bdat", File(compression, [.. rows.Select(row => compression == "SASYZCR2" ? Ross(row)
            : Runs(row))]));
        var (extract, findings) = RecordSource.Read(file.Path, null);
        Assert.Empty(findings);
        Assert.Equal(["1.5", "-2", "", "7"], RecordFileTests.Cells(extract!["x"]));
        Assert.Equal(["Årsta", "aaaaaaaaaaaaaaaaaaaaaaaa", "x@@@@@@@@y        z", "abcabcabcabcabcabcabcabc"],
            RecordFileTests.Cells(extract["namn"]));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 65, 66, 0xC0, 67, 0xD0, 0xE1, 0xF2 }, "AB" + "CCC" + "@@" + "   " + "\0\0\0\0")]
    [InlineData(new byte[] { 0x40, 0, 65, 0x60, 0, 0x70, 1, 0x50, 0 }, "AAAAAAAAAAAAAAAAAA" + "                 "
        + "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" + "@@@@@@@@@@@@@@@@@")]
    public void Runs_of_every_kind_unpack(byte[] packed, string expected)
    {
        var row = new byte[expected.Length];
        SasCompression.Unpack(packed, row, SasCompression.RunLength);
        Assert.Equal(expected, Encoding.ASCII.GetString(row));
    }

    [Fact]
    public void Long_copies_of_runs_and_patterns_of_Ross_unpack()
    {
        byte[] text = [.. Enumerable.Range(0, 64 + 300).Select(i => (byte)('A' + (i % 26)))];
        var row = new byte[text.Length + 100];
        SasCompression.Unpack([0x01, 300 - 256, .. text, 0xC0 | 15, (byte)'z', 0x60, 65], row, SasCompression.RunLength);
        Assert.Equal(Encoding.ASCII.GetString(text) + new string('z', 18) + new string(' ', 82), Encoding.ASCII.GetString(row));
        // Three letters, then 20 bytes of the pattern three back, then 25 of one byte.
        var ross = new byte[3 + 20 + 25];
        SasCompression.Unpack([0b0001_1000, 0, (byte)'a', (byte)'b', (byte)'c', 0x20, 0, 4, 0x16, 0, (byte)'q'], ross, SasCompression.Ross);
        Assert.Equal("abc" + string.Concat(Enumerable.Repeat("abc", 7))[..20] + new string('q', 25), Encoding.ASCII.GetString(ross));
    }

    [Fact]
    public void A_packed_row_that_says_too_much_is_damage()
    {
        Assert.Throws<DamagedFileException>(() => SasCompression.Unpack([0x4F, 255, 65], new byte[40], SasCompression.RunLength));
        Assert.Throws<DamagedFileException>(() => SasCompression.Unpack([0x80, 0x00, 0x2F, 255, 255], new byte[40], SasCompression.Ross));
        Assert.Throws<DamagedFileException>(() => SasCompression.Unpack([0x30], new byte[40], SasCompression.RunLength));
    }

    private static byte[] Row(double number, string text)
    {
        var row = new byte[Width];
        Array.Fill(row, (byte)' ');
        // What is missing is no number, with a dot in it.
        BitConverter.TryWriteBytes(row, double.IsNaN(number) ? BitConverter.Int64BitsToDouble(unchecked((long)0xFFFFD10000000000))
            : number);
        Encoding.UTF8.GetBytes(text).CopyTo(row, 8);
        return row;
    }

    private static byte[] Runs(byte[] row)
    {
        var packed = new List<byte>();
        for (var i = 0; i < row.Length;)
        {
            var run = 1;
            while (i + run < row.Length && row[i + run] == row[i] && run < 18) run++;
            if (run >= 3 && row[i] == ' ' && run <= 17) packed.Add((byte)(0xE0 | (run - 2)));
            else if (run >= 3) packed.AddRange([(byte)(0xC0 | (run - 3)), row[i]]);
            else
            {
                run = 1;
                packed.AddRange([0x80, row[i]]);
            }

            i += run;
        }

        // What would not become shorter is kept as it is.
        return packed.Count < row.Length ? [.. packed] : row;
    }

    private static byte[] Ross(byte[] row)
    {
        var packed = new List<byte>();
        var (at, bits, used) = (0, 0, 16);
        for (var i = 0; i < row.Length;)
        {
            if (used == 16)
            {
                at = packed.Count;
                packed.AddRange([0, 0]);
                (bits, used) = (0, 0);
            }

            var run = 1;
            while (i + run < row.Length && row[i + run] == row[i] && run < 18) run++;
            if (run >= 3)
            {
                bits |= 0x8000 >> used;
                packed.AddRange([(byte)(run - 3), row[i]]);
                i += run;
            }
            else
            {
                packed.Add(row[i++]);
            }

            used++;
            (packed[at], packed[at + 1]) = ((byte)(bits >> 8), (byte)bits);
        }

        return packed.Count < row.Length ? [.. packed] : row;
    }

    // A file of 64 bits, least significant byte first: a header and one page of descriptions and packed rows.
    private static byte[] File(string compression, byte[][] rows)
    {
        const int header = 1024, page = 4096;
        var file = new byte[header + page];
        byte[] magic = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 0x08, 0x00, 0x09,
            0xC7, 0x31, 0x8C, 0x18, 0x1F, 0x10, 0x11];
        magic.CopyTo(file, 0);
        (file[32], file[35], file[37], file[70]) = ((byte)'3', (byte)'3', 1, 20);
        BitConverter.TryWriteBytes(file.AsSpan(200), header);
        BitConverter.TryWriteBytes(file.AsSpan(204), page);
        BitConverter.TryWriteBytes(file.AsSpan(208), 1L);
        var parts = new List<(byte[] Bytes, byte Compression, byte Type)>
        {
            (Description(0xF7F7F7F7, 808, (40, Width), (48, rows.Length), (120, 0)), 0, 0),
            (Description(0xF6F6F6F6, 24, (8, 2)), 0, 0),
            (Words(compression), 0, 0),
            (Names(), 0, 1),
            (Places(), 0, 1),
        };
        parts.AddRange(rows.Select(row => (row, (byte)4, (byte)1)));
        var body = file.AsSpan(header);
        BitConverter.TryWriteBytes(body[36..], (short)parts.Count);
        var end = page;
        for (var i = 0; i < parts.Count; i++)
        {
            end -= parts[i].Bytes.Length;
            parts[i].Bytes.CopyTo(body[end..]);
            var pointer = body[(40 + (24 * i))..];
            BitConverter.TryWriteBytes(pointer, (long)end);
            BitConverter.TryWriteBytes(pointer[8..], (long)parts[i].Bytes.Length);
            (pointer[16], pointer[17]) = (parts[i].Compression, parts[i].Type);
        }

        return file;
    }

    private static byte[] Description(uint signature, int length, params (int At, long Value)[] numbers)
    {
        var part = new byte[length];
        BitConverter.TryWriteBytes(part, signature);
        foreach (var (at, value) in numbers) BitConverter.TryWriteBytes(part.AsSpan(at), value);
        return part;
    }

    // Texts stand behind a size of two bytes, and are counted from it.
    private static byte[] Words(string compression)
    {
        var part = new byte[64];
        BitConverter.TryWriteBytes(part, unchecked((long)0xFFFFFFFFFFFFFFFD));
        BitConverter.TryWriteBytes(part.AsSpan(8), (short)56);
        Encoding.ASCII.GetBytes(compression).CopyTo(part, 20);
        Encoding.ASCII.GetBytes("xnamn").CopyTo(part, 8 + 32);
        return part;
    }

    private static byte[] Names()
    {
        var part = new byte[8 + 8 + 16 + 12];
        BitConverter.TryWriteBytes(part, -1L);
        (short At, short Length)[] names = [(32, 1), (33, 4)];
        for (var i = 0; i < 2; i++)
        {
            BitConverter.TryWriteBytes(part.AsSpan(18 + (8 * i)), names[i].At);
            BitConverter.TryWriteBytes(part.AsSpan(20 + (8 * i)), names[i].Length);
        }

        return part;
    }

    private static byte[] Places()
    {
        var part = new byte[8 + 8 + 32 + 12];
        BitConverter.TryWriteBytes(part, unchecked((long)0xFFFFFFFFFFFFFFFC));
        (long At, int Length, byte Type)[] places = [(0, 8, 1), (8, 32, 2)];
        for (var i = 0; i < 2; i++)
        {
            BitConverter.TryWriteBytes(part.AsSpan(16 + (16 * i)), places[i].At);
            BitConverter.TryWriteBytes(part.AsSpan(24 + (16 * i)), places[i].Length);
            part[30 + (16 * i)] = places[i].Type;
        }

        return part;
    }
}

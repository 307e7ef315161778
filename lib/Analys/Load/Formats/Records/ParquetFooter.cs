using System.Buffers.Binary;

namespace Analys.Load.Formats.Records;

/// <summary>Walks through what a Parquet file says of itself before the package reads it: of a spoiled one the package reads beyond the
/// end without end.</summary>
/// <remarks>The footer is a structure of Thrift's compact protocol: fields with a number and a kind, lists with a length. Kinds are held
/// against those of Parquet's definition (<c>parquet.thrift</c>), since the package reads by the number alone.</remarks>
internal ref struct ParquetFooter
{
    private const int Deepest = 24;

    // By structure the kind of each field, from 1: n a number, s a text, b a truth value, l a list, t a structure; ? whatever it says.
    // Behind a list or a structure stands the structure that is in it, or the kind.
    private static readonly Dictionary<char, string[]> Kinds = new()
    {
        ['F'] = ["n", "lE", "n", "lR", "lK", "s", "l?", "t?", "s"],
        ['E'] = ["n", "n", "n", "s", "n", "n", "n", "n", "n", "t?"],
        ['R'] = ["lC", "n", "n", "lO", "n", "n", "n"],
        ['C'] = ["s", "n", "tM", "n", "n", "n", "n", "t?", "s"],
        ['M'] = ["n", "ln", "ls", "n", "n", "n", "n", "lK", "n", "n", "n", "tS", "lP", "n", "n", "t?", "t?"],
        ['S'] = ["s", "s", "n", "n", "s", "s", "b", "b"],
        ['P'] = ["n", "n", "n"],
        ['K'] = ["s", "s"],
        ['O'] = ["n", "b", "b"],
        ['?'] = [],
    };

    private readonly ReadOnlySpan<byte> bytes;
    private int at;

    private ParquetFooter(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Looks through the footer of a file.</summary>
    /// <param name="stream">The file; where it stands afterwards is not said.</param>
    /// <exception cref="DamagedFileException">The footer ends before it should, or is none.</exception>
    public static void Check(Stream stream)
    {
        Span<byte> end = stackalloc byte[4];
        stream.Position = stream.Length - 8;
        stream.ReadExactly(end);
        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (length <= 0 || length > stream.Length - 12) throw Wrong();
        var bytes = new byte[length];
        stream.Position = stream.Length - 8 - length;
        stream.ReadExactly(bytes);
        new ParquetFooter(bytes).Structure('F', 0);
    }

    private void Structure(char kind, int depth)
    {
        if (depth > Deepest) throw Wrong();
        var known = Kinds[kind];
        for (var field = 0; ;)
        {
            var header = Byte();
            if (header == 0) return;
            field = header >> 4 is > 0 and var more ? field + more : (int)Number();
            Value(header & 15, field > 0 && field <= known.Length ? known[field - 1] : "?", depth, inList: false);
        }
    }

    private void Value(int wire, string expected, int depth, bool inList)
    {
        var kind = wire switch
        {
            1 or 2 => 'b',
            3 or 4 or 5 or 6 => 'n',
            7 => 'd',
            8 => 's',
            9 or 10 => 'l',
            12 => 't',
            _ => throw Wrong(),
        };
        if (expected[0] is not '?' && expected[0] != kind) throw Wrong();
        switch (kind)
        {
            case 'b' when inList:
                Byte();
                break;
            case 'n' when wire == 3:
                Byte();
                break;
            case 'n':
                Number();
                break;
            case 'd':
                Skip(8);
                break;
            case 's':
                Skip(Number());
                break;
            case 'l':
                List(expected.Length > 1 ? expected[1..] : "?", depth);
                break;
            case 't':
                Structure(expected.Length > 1 ? expected[1] : '?', depth + 1);
                break;
        }
    }

    private void List(string expected, int depth)
    {
        if (depth > Deepest) throw Wrong();
        var header = Byte();
        var count = header >> 4 < 15 ? (uint)(header >> 4) : Number();
        // Each item takes a byte at least.
        if (count > (ulong)(bytes.Length - at)) throw Wrong();
        // In a list of structures the letter is the structure's.
        var item = char.IsUpper(expected[0]) ? "t" + expected : expected;
        for (var i = 0UL; i < count; i++) Value(header & 15, item, depth + 1, inList: true);
    }

    private ulong Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            if (shift < 64) number |= (ulong)(next & 127) << shift;
            if (next < 128) return number;
        }

        throw Wrong();
    }

    private void Skip(ulong count)
    {
        if (count > (ulong)(bytes.Length - at)) throw Wrong();
        at += (int)count;
    }

    private byte Byte() => at < bytes.Length ? bytes[at++] : throw Wrong();

    private static DamagedFileException Wrong() => new("what it says of itself ends before it should");
}

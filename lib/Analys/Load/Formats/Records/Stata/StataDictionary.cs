using System.Text;

namespace Analys.Load.Formats.Records.Stata;

/// <summary>What a Stata file says before and after its records: types, names, labels, long texts; where the records begin.</summary>
/// <remarks>Formats 117 to 119 stand between tags, with a map of their places; 113 to 115 are parts of fixed sizes in a row.</remarks>
internal sealed class StataDictionary
{
    private const string TooOld = "a Stata file of format 113 to 119, which Stata 8 and later write: save it as one of those";
    private readonly ByteReader reader;

    public StataDictionary(ByteReader reader)
    {
        this.reader = reader;
        var start = reader.Bytes(1)[0];
        if (start is >= 113 and <= 115)
        {
            Release = start;
            ReadOld();
        }
        else if (start is >= 102 and <= 112)
        {
            throw new UnreadableFileException(TooOld);
        }
        else
        {
            reader.Seek(0);
            ReadTagged();
        }
    }

    /// <summary>The number of the format.</summary>
    public int Release { get; private set; }

    public long Count { get; private set; }

    public string? Title { get; private set; }

    /// <summary>The types by the numbers of format 117: 1 to 2045 texts of so many bytes, 32768 long texts, 65526 to 65530
    /// numbers.</summary>
    public int[] Types { get; private set; } = [];

    public string[] Names { get; private set; } = [];

    public string[] Formats { get; private set; } = [];

    /// <summary>The name of each variable's list of labels; empty for none.</summary>
    public string[] Sets { get; private set; } = [];

    public string[] Labels { get; private set; } = [];

    /// <summary>Lists of labels by their names.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>> Words { get; } = new(StringComparer.Ordinal);

    public Dictionary<(long Variable, long Record), byte[]> LongTexts { get; } = [];

    /// <summary>The bytes of a record.</summary>
    public int Width => Types.Sum(WidthOf);

    /// <summary>The bytes of a cell.</summary>
    public static int WidthOf(int type) => type switch
    {
        > 0 and <= 2045 => type,
        32768 or 65526 => 8,
        65527 or 65528 => 4,
        65529 => 2,
        65530 => 1,
        _ => throw new DamagedFileException("a variable of it has a type that does not exist"),
    };

    /// <summary>The encoding of a text: stated from 118 on, before that of the machine that wrote it.</summary>
    public Encoding EncodingOf(ReadOnlySpan<byte> text) => Release >= 118 ? Encoding.UTF8 : RecordText.Guess(text);

    private void ReadTagged()
    {
        Expect("<stata_dta><header><release>");
        Release = int.TryParse(Encoding.ASCII.GetString(reader.Bytes(3)), out var number) ? number : 0;
        if (Release is not (>= 117 and <= 119)) throw new UnreadableFileException(TooOld);
        Expect("</release><byteorder>");
        reader.BigEndian =
            Encoding.ASCII.GetString(reader.Bytes(3)) switch
            {
                "MSF" => true,
                "LSF" => false,
                _ =>
            throw new DamagedFileException("its byte order is none")
            };
        Expect("</byteorder><K>");
        long columns = Release == 119 ? reader.UInt32() : reader.UInt16();
        Expect("</K><N>");
        Count = Release == 117 ? reader.UInt32() : reader.Int64();
        Expect("</N><label>");
        var label = reader.Bytes(Release == 117 ? reader.Byte() : reader.UInt16()).ToArray();
        // A variable takes more bytes than this of the dictionary: a header that claims more than fit is not believed.
        if (Count < 0
            || columns > reader.Length / 100) throw new DamagedFileException("its numbers of records and variables do not fit its size");
        Expect("</label><timestamp>");
        reader.Skip(reader.Byte());
        Expect("</timestamp></header><map>");
        var map = new long[14];
        for (var i = 0; i < map.Length; i++) map[i] = reader.Int64();
        Title = Text(label) is { Length: > 0 } title ? title : null;
        var k = (int)columns;
        var (name, format, words) = Release == 117 ? (33, 49, 81) : (129, 57, 321);
        Types = [.. Table(map[2], "<variable_types>", k, 2).Select(bytes => reader.UInt16(bytes))];
        Names = Texts(map[3], "<varnames>", k, name);
        Formats = Texts(map[5], "<formats>", k, format);
        Sets = Texts(map[6], "<value_label_names>", k, name);
        Labels = Texts(map[7], "<variable_labels>", k, words);
        ReadLongTexts(map[10]);
        reader.Seek(map[11]);
        Expect("<value_labels>");
        while (reader.Bytes(5).SequenceEqual("<lbl>"u8))
        {
            reader.Skip(4);
            ReadWords(name);
            Expect("</lbl>");
        }

        reader.Seek(map[9]);
        Expect("<data>");
    }

    private void ReadOld()
    {
        reader.BigEndian = reader.Byte() switch { 1 => true, 2 => false, _ => throw new DamagedFileException("its byte order is none") };
        reader.Skip(2);
        var k = reader.UInt16();
        Count = reader.UInt32();
        Title = Text(reader.Bytes(81)) is { Length: > 0 } title ? title : null;
        reader.Skip(18);
        Types = new int[k];
        for (var i = 0; i < k; i++) Types[i] =
            reader.Byte() switch { 251 => 65530, 252 => 65529, 253 => 65528, 254 => 65527, 255 => 65526, var width => width };
        Names = Texts(k, 33);
        reader.Skip(2 * (k + 1));
        Formats = Texts(k, Release == 113 ? 12 : 49);
        Sets = Texts(k, 33);
        Labels = Texts(k, 81);
        while (true)
        {
            var kind = reader.Byte();
            var length = reader.Int32();
            if (kind == 0 && length == 0) break;
            reader.Skip(length);
        }

        var data = reader.Position;
        reader.Skip(Count * Width);
        while (reader.Position < reader.Length)
        {
            reader.Skip(4);
            ReadWords(33);
        }

        reader.Seek(data);
    }

    private void ReadLongTexts(long from)
    {
        reader.Seek(from);
        Expect("<strls>");
        while (true)
        {
            var tag = reader.Bytes(3);
            if (tag.SequenceEqual("</s"u8)) return;
            if (!tag.SequenceEqual("GSO"u8)) throw new DamagedFileException("its long texts are broken off");
            long variable = reader.UInt32();
            var record = Release == 117 ? reader.UInt32() : reader.Int64();
            var isText = reader.Byte() == 130;
            var text = reader.Bytes(reader.UInt32());
            LongTexts[(variable, record)] = isText ? text.TrimEnd((byte)0).ToArray()
                : throw new UnreadableFileException("texts: a variable holds binary data (strL); drop it before saving");
        }
    }

    private void ReadWords(int nameSize)
    {
        var name = Text(reader.Bytes(nameSize));
        reader.Skip(3);
        var n = reader.Int32();
        var length = reader.Int32();
        if (n < 0 || length < 0 || n > reader.Length / 8) throw new DamagedFileException("a list of labels is longer than the file");
        var offsets = new int[n];
        var values = new int[n];
        for (var i = 0; i < n; i++) offsets[i] = reader.Int32();
        for (var i = 0; i < n; i++) values[i] = reader.Int32();
        var text = reader.Bytes(length);
        var set = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < n; i++)
        {
            if (offsets[i] < 0 || offsets[i] > length) throw new DamagedFileException("a label points outside its list");
            var missing = values[i] - 2147483621L;
            set[missing is > 0 and <= 26 ? $".{(char)('a' + missing - 1)}" : RecordText.Code(values[i])] = Text(text[offsets[i]..]);
        }

        Words[name] = set;
    }

    private byte[][] Table(long from, string tag, int count, int size)
    {
        reader.Seek(from);
        Expect(tag);
        var cells = new byte[count][];
        for (var i = 0; i < count; i++) cells[i] = reader.Bytes(size).ToArray();
        return cells;
    }

    private string[] Texts(long from, string tag, int count, int size) => [.. Table(from, tag, count, size).Select(bytes => Text(bytes))];

    private string[] Texts(int count, int size)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = Text(reader.Bytes(size));
        return texts;
    }

    private string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        var text = end < 0 ? bytes : bytes[..end];
        return EncodingOf(text).GetString(text).TrimEnd();
    }

    private void Expect(string tag)
    {
        if (Encoding.ASCII.GetString(reader.Bytes(tag.Length)) != tag) throw new DamagedFileException($"{tag} is not where it should be");
    }
}

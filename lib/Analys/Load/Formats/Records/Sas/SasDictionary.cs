using System.Text;

namespace Analys.Load.Formats.Records.Sas;

/// <summary>What the descriptions of a SAS data set say: columns, the length and number of rows, how rows are packed.</summary>
/// <param name="pages">The pages; the current one is read.</param>
internal sealed class SasDictionary(SasPages pages)
{
    private readonly List<byte[]> texts = [];
    private readonly List<(int Text, int At, int Length)> names = [];
    private readonly List<(long Offset, int Length, bool IsNumber)> places = [];
    private readonly List<((int Text, int At, int Length) Format, (int Text, int At, int Length) Label)> words = [];
    private long columnCount;
    private bool known;

    public long RowCount { get; private set; }

    public int RowLength { get; private set; }

    public long RowsOnMixedPage { get; private set; }

    public string Compression { get; private set; } = "";

    public bool IsPacked => Compression.Length > 0;

    public IReadOnlyList<SasColumn> Columns { get; private set; } = [];

    /// <summary>The encoding of all texts, by SAS's number for it.</summary>
    public Encoding Encoding { get; private set; } = Encoding.UTF8;

    /// <summary>Whether bytes begin as a description and not as a packed row.</summary>
    public static bool IsDescription(ReadOnlySpan<byte> start) => Kind(start) != 0;

    /// <summary>Reads the descriptions of the current page.</summary>
    public void ReadPage()
    {
        foreach (var (at, length, compression, _) in pages.Parts())
        {
            if (compression == 1) continue;
            switch (Kind(pages.Part(at, Math.Min(length, pages.Word))))
            {
                case 0xF7:
                    ReadRowSize(at);
                    break;
                case 0xF6:
                    columnCount = pages.Whole(at + pages.Word);
                    break;
                case 0xFD:
                    ReadTexts(at, length);
                    break;
                case 0xFF:
                    ReadNames(at, length);
                    break;
                case 0xFC:
                    ReadPlaces(at, length);
                    break;
                case 0xFB:
                    var from = at + (3 * pages.Word);
                    words.Add(((pages.Short(from + 22), pages.Short(from + 24), pages.Short(from + 26)),
                        (pages.Short(from + 28), pages.Short(from + 30), pages.Short(from + 32))));
                    break;
            }
        }
    }

    /// <summary>Puts the columns together when all descriptions are read.</summary>
    public void Complete()
    {
        if (!known) throw new DamagedFileException("nothing in it says how long its rows are");
        if (columnCount != names.Count
            || columnCount != places.Count) throw new DamagedFileException("it does not describe all its columns");
        Encoding = EncodingOf(pages.EncodingCode);
        Columns = [.. names.Select((name, i) =>
        {
            var (offset, length, isNumber) = places[i];
            if (offset < 0 || length <= 0 || offset + length > RowLength
                || (isNumber && length > 8)) throw new DamagedFileException("a column of it stands outside its row");
            var (format, label) = i < words.Count ? words[i] : default;
            return new SasColumn(Text(name), Text(label), Text(format), isNumber, (int)offset, length);
        })];
    }

    // What a description is about, by its signature: a number of the file's byte order and width, of which one byte tells.
    private static int Kind(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4) return 0;
        var half = start[..4];
        // In a wide file the number stands in the half that is not filled up with its sign.
        if (start.Length >= 8
            && (half.SequenceEqual("\0\0\0\0"u8)
            || (half.IndexOfAnyExcept((byte)0xFF) < 0 && start[4..8].IndexOfAnyExcept((byte)0xFF) >= 0))) half = start[4..8];
        return half switch
        {
            [0xF7, 0xF7, 0xF7, 0xF7] => 0xF7,
            [0xF6, 0xF6, 0xF6, 0xF6] => 0xF6,
            [0xFD, 0xFF, 0xFF, 0xFF] or [0xFF, 0xFF, 0xFF, 0xFD] => 0xFD,
            [0xFF, 0xFF, 0xFF, 0xFF] => 0xFF,
            [0xFC, 0xFF, 0xFF, 0xFF] or [0xFF, 0xFF, 0xFF, 0xFC] => 0xFC,
            [0xFE, 0xFB, 0xFF, 0xFF] or [0xFF, 0xFF, 0xFB, 0xFE] => 0xFB,
            [0xFE, 0xFF, 0xFF, 0xFF] or [0xFF, 0xFF, 0xFF, 0xFE] or [0x00, 0xFC, 0xFF, 0xFF] or [0xFF, 0xFF, 0xFC, 0x00] => 1,
            _ => 0,
        };
    }

    private void ReadRowSize(int at)
    {
        var length = pages.Whole(at + (5 * pages.Word));
        RowCount = pages.Whole(at + (6 * pages.Word));
        RowsOnMixedPage = pages.Whole(at + (15 * pages.Word));
        if (length is <= 0 or > 1 << 26 || RowCount < 0) throw new DamagedFileException("the length or number of its rows is none");
        RowLength = (int)length;
        known = true;
    }

    private void ReadTexts(int at, int length)
    {
        var from = at + pages.Word;
        // The size that stands there leaves out the last words in files of some writers: the part's own length counts.
        var text = pages.Part(from, Math.Max(0, length - pages.Word)).ToArray();
        texts.Add(text);
        if (texts.Count > 1) return;
        // The name of the compression stands among the first words.
        if (text.AsSpan().IndexOf("SASYZCRL"u8) >= 0) Compression = SasCompression.RunLength;
        else if (text.AsSpan().IndexOf("SASYZCR2"u8) >= 0) Compression = SasCompression.Ross;
    }

    private void ReadNames(int at, int length)
    {
        var count = (length - (2 * pages.Word) - 12) / 8;
        for (var i = 0; i < count; i++)
        {
            var from = at + pages.Word + (8 * (i + 1));
            names.Add((pages.Short(from), pages.Short(from + 2), pages.Short(from + 4)));
        }
    }

    private void ReadPlaces(int at, int length)
    {
        var step = pages.Word + 8;
        var count = (length - (2 * pages.Word) - 12) / step;
        for (var i = 0; i < count; i++)
        {
            var from = at + pages.Word + 8 + (i * step);
            places.Add((pages.Whole(from), pages.Int(from + pages.Word), pages.Part(from + pages.Word + 6, 1)[0] == 1));
        }
    }

    private string Text((int Text, int At, int Length) place)
    {
        if (place.Length == 0) return "";
        var text = place.Text < texts.Count ? texts[place.Text] : throw new DamagedFileException("a name in it is not there");
        if (place.At + place.Length > text.Length) throw new DamagedFileException("a name in it is not there");
        return RecordText.Trimmed(text.AsSpan(place.At, place.Length), Encoding);
    }

    private Encoding EncodingOf(int code)
    {
        _ = TextEncoding.Windows1252;
        return code switch
        {
            20 or 28 => Encoding.UTF8,
            29 or 62 => TextEncoding.Windows1252,
            30 or 60 => CodePagesEncodingProvider.Instance.GetEncoding(code == 30 ? 28592 : 1250)!,
            33 => CodePagesEncodingProvider.Instance.GetEncoding(28595)!,
            40 => CodePagesEncodingProvider.Instance.GetEncoding(28605)!,
            61 => CodePagesEncodingProvider.Instance.GetEncoding(1251)!,
            43 => CodePagesEncodingProvider.Instance.GetEncoding(850)!,
            _ => RecordText.Guess([.. texts.SelectMany(text => text)]),
        };
    }
}

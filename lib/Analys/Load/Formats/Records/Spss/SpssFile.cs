using System.Globalization;
using System.Text;

namespace Analys.Load.Formats.Records.Spss;

/// <summary>An SPSS system file: <c>.sav</c>, plain or compressed by bytes, and <c>.zsav</c>.</summary>
/// <remarks>
/// A variable is a number or a text in units of eight bytes; a text of more than 255 is spread over several variables. Codes that the
/// user declared missing are handed over as codes, single, by pairs and by ranges. Dates are seconds since 14 October 1582.
/// Source: PSPP's description of the format, <i>System File Format</i>.
/// </remarks>
internal sealed class SpssFile : RecordFile
{
    private static readonly DateTime Origin = new(1582, 10, 14);
    private readonly ByteReader reader;
    private readonly SpssCases cases;
    private readonly List<SpssVariable> read = [];
    private readonly List<(List<byte[]> Values, List<byte[]> Labels, int[] Elements)> sets = [];
    private readonly Dictionary<int, byte[]> extensions = [];
    private readonly List<byte[]> longLabels = [];
    private readonly List<byte[]> longMissing = [];
    private Encoding encoding = Encoding.UTF8;
    private readonly byte[] text = new byte[32_768];

    /// <summary>Reads the dictionary.</summary>
    public SpssFile(Stream stream)
    {
        reader = new ByteReader(stream);
        var magic = Encoding.ASCII.GetString(reader.Bytes(4));
        if (magic is not ("$FL2" or "$FL3")) throw new DamagedFileException("it does not begin as one");
        reader.Skip(60);
        var layout = reader.Bytes(4).ToArray();
        reader.BigEndian = layout[0] == 0;
        if (reader.Int32(layout) is not (2 or 3)) throw new DamagedFileException("its layout is none that is known");
        reader.Skip(4);
        var compression = reader.Int32();
        reader.Skip(4);
        Count = reader.Int32();
        var bias = reader.Double();
        reader.Skip(17);
        var label = reader.Bytes(64).ToArray();
        reader.Skip(3);
        while (ReadPart())
        {
        }

        encoding = EncodingOf();
        Title = RecordText.Trimmed(label, encoding) is { Length: > 0 } title ? title : null;
        Join();
        Variables = [.. read.Select(variable => variable.ToVariable())];
        cases = new SpssCases(reader, compression, bias, read.Sum(variable => variable.Elements));
        if (Count < 0) Count = -1;
        if (compression == 0
            && Count > (reader.Length - reader.Position) / Math.Max(8,
            8 * cases.Width)) throw new DamagedFileException("it ends before its last record");
    }

    /// <inheritdoc/>
    public override string Format => "SPSS";

    /// <inheritdoc/>
    public override bool Read(IRecordSink sink)
    {
        if (read.Count == 0 || cases.Read() is not { } record) return Count < 0 || cases.Records >= Count ? false
            : throw new DamagedFileException("it ends before its last record");
        var at = 0;
        for (var i = 0; i < read.Count; i++)
        {
            var variable = read[i];
            var bytes = record.AsSpan(8 * at, 8 * variable.Elements);
            at += variable.Elements;
            if (variable.Width == 0) Number(sink, i, variable, reader.Double(bytes), reader.Int64(bytes));
            else Text(sink, i, variable, bytes);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => reader.Dispose();

    private static void Number(IRecordSink sink, int i, SpssVariable variable, double value, long bits)
    {
        // The largest negative number stands for nothing.
        if (bits == unchecked((long)0xFFEFFFFFFFFFFFFF) || !double.IsFinite(value)) sink.Missing(i, "");
        else if (variable.IsMissing(value)) sink.Missing(i, RecordText.Code(value));
        else if (variable.Kind is VariableKind.Number) sink.Number(i, value);
        else RecordText.Moment(sink, i, variable.Kind, variable.Kind == VariableKind.Time ? DateTime.UnixEpoch : Origin, value);
    }

    private void Text(IRecordSink sink, int i, SpssVariable variable, ReadOnlySpan<byte> bytes)
    {
        // Each part of a long text has 255 bytes of it and one of padding.
        var length = 0;
        for (var from = 0; from < bytes.Length && length < variable.Width; from += 256)
        {
            var part = bytes.Slice(from, Math.Min(Math.Min(255, bytes.Length - from), variable.Width - length));
            part.CopyTo(text.AsSpan(length));
            length += part.Length;
        }

        var value = text.AsSpan(0, length).TrimEnd((byte)' ');
        if (variable.MissingTexts.Count > 0 && encoding.GetString(value) is var word
            && variable.MissingTexts.Contains(word)) sink.Missing(i, word);
        else sink.Text(i, value, encoding);
    }

    private bool ReadPart()
    {
        switch (reader.Int32())
        {
            case 2:
                ReadVariable();
                return true;
            case 3:
                ReadLabels();
                return true;
            case 6:
                reader.Skip(80L * reader.Int32());
                return true;
            case 7:
                ReadExtension();
                return true;
            case 999:
                reader.Skip(4);
                return false;
            default:
                throw new DamagedFileException("a part of its dictionary is none that is known");
        }
    }

    private void ReadVariable()
    {
        var type = reader.Int32();
        var hasLabel = reader.Int32() == 1;
        var missing = reader.Int32();
        var format = reader.Int32();
        reader.Skip(4);
        var name = reader.Bytes(8).ToArray();
        byte[]? label = null;
        if (hasLabel)
        {
            var length = reader.Int32();
            label = reader.Bytes(length).ToArray();
            reader.Skip((4 - (length % 4)) % 4);
        }

        if (missing is not (>= -3 and <= 3)) throw new DamagedFileException("a variable of it has more missing values than there can be");
        var codes = new byte[Math.Abs(missing)][];
        for (var i = 0; i < codes.Length; i++) codes[i] = reader.Bytes(8).ToArray();
        if (type < 0)
        {
            if (read.Count == 0) throw new DamagedFileException("a part of a text stands without its beginning");
            read[^1].Elements++;
            return;
        }

        if (type > 255) throw new DamagedFileException("a text of it is wider than it can be");
        read.Add(new SpssVariable
        {
            ShortName = name,
            Label = label,
            Width = type,
            FormatType = (format >> 16) & 0xFF,
            MissingCount =
            missing,
            MissingCodes = codes
        });
    }

    private void ReadLabels()
    {
        var count = reader.Int32();
        if (count < 0 || count > reader.Length / 16) throw new DamagedFileException("a list of labels is longer than the file");
        var (values, labels) = (new List<byte[]>(count), new List<byte[]>(count));
        for (var i = 0; i < count; i++)
        {
            values.Add(reader.Bytes(8).ToArray());
            var length = reader.Byte();
            labels.Add(reader.Bytes(length).ToArray());
            reader.Skip((8 - ((length + 1) % 8)) % 8);
        }

        if (reader.Int32() != 4) throw new DamagedFileException("labels in it belong to no variable");
        var n = reader.Int32();
        if (n < 0 || n > reader.Length / 4) throw new DamagedFileException("a list of labels is longer than the file");
        var elements = new int[n];
        for (var i = 0; i < n; i++) elements[i] = reader.Int32();
        sets.Add((values, labels, elements));
    }

    private void ReadExtension()
    {
        var subtype = reader.Int32();
        var (size, count) = (reader.Int32(), reader.Int32());
        var bytes = reader.Bytes((long)size * count).ToArray();
        if (subtype == 21) longLabels.Add(bytes);
        else if (subtype == 22) longMissing.Add(bytes);
        else extensions[subtype] = bytes;
    }

    private Encoding EncodingOf()
    {
        if (extensions.TryGetValue(20, out var name)
            && TextEncoding.TryByName(Encoding.ASCII.GetString(name).Trim()) is { } named) return named;
        var page = extensions.TryGetValue(3, out var machine) && machine.Length >= 32 ? reader.Int32(machine.AsSpan(28)) : 0;
        _ = TextEncoding.Windows1252;
        if (page == 65001) return Encoding.UTF8;
        // 2 and 3 are "ASCII" of 7 and 8 bits, which says nothing.
        if (page > 4 && TextEncoding.TryByName(page.ToString(CultureInfo.InvariantCulture)) is null
            && CodePagesEncodingProvider.Instance.GetEncoding(page) is { } paged) return paged;
        return RecordText.Guess([.. read.SelectMany(variable => (byte[])[.. variable.ShortName, .. variable.Label ?? []])]);
    }

    // Long names, long texts and labels stand apart from the variables that they belong to.
    private void Join()
    {
        var starts = new Dictionary<int, SpssVariable>();
        var element = 1;
        foreach (var variable in read)
        {
            variable.Encoding = encoding;
            if (variable.Width > 0
                && variable.Elements != (variable.Width + 7) / 8) throw new DamagedFileException("a text of it lacks a part");
            starts[element] = variable;
            element += variable.Elements;
        }

        foreach (var (values, labels, elements) in sets)
        {
            foreach (var at in elements)
            {
                if (!starts.TryGetValue(at, out var variable)) throw new DamagedFileException("labels in it belong to no variable");
                for (var i = 0; i < values.Count; i++) variable.Labels[variable.Width == 0 ? RecordText.Code(reader.Double(values[i]))
                    : encoding.GetString(values[i].AsSpan(0, Math.Min(8, variable.Width))).TrimEnd()] =
                    encoding.GetString(labels[i]).TrimEnd();
            }
        }

        foreach (var variable in read) variable.ReadMissing(reader);
        JoinLongTexts();
        foreach (var (name, longName) in Pairs(13))
        {
            if (read.Find(variable => variable.Name == name) is { } variable) variable.LongName = longName;
        }

        foreach (var bytes in longLabels) SpssLongStrings.ReadLabels(bytes, reader, encoding, read);
        foreach (var bytes in longMissing) SpssLongStrings.ReadMissing(bytes, reader, encoding, read);
    }

    private void JoinLongTexts()
    {
        foreach (var (name, widthText) in Pairs(14))
        {
            var at = read.FindIndex(variable => variable.Name == name);
            if (at < 0 || !int.TryParse(widthText, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
                || width is < 256 or > 32767) throw new DamagedFileException("a long text of it has no width");
            var parts = (width + 251) / 252;
            if (at + parts > read.Count || read.Skip(at).Take(parts).Any(part => part.Width == 0)
                || read.Skip(at).Take(parts - 1).Any(part =>
                part.Width != 255)) throw new DamagedFileException("a long text of it lacks a part");
            read[at].Elements = read.Skip(at).Take(parts).Sum(part => part.Elements);
            read[at].Width = width;
            read.RemoveRange(at + 1, parts - 1);
        }
    }

    private IEnumerable<(string Name, string Value)> Pairs(int subtype) => !extensions.TryGetValue(subtype, out var bytes)
        ? []
        : encoding.GetString(bytes).Split('\t').Select(pair => pair.Trim('\0').Split('=', 2)).Where(pair => pair.Length == 2).Select(pair =>
            (pair[0].ToUpperInvariant(), pair[1]));
}

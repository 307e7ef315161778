namespace Analys.Load.Formats.Records.Stata;

/// <summary>A Stata file (<c>.dta</c>) of the formats 113 to 115 and 117 to 119, which Stata 8 and later write.</summary>
/// <remarks>
/// Missing values are the largest numbers of each type: <c>.</c> and
/// <c>.a</c> to <c>.z</c>. Dates are numbers whose display format says what they count. Up to 117 texts are in the encoding
/// of the machine that wrote them: what is not UTF-8 is read as Windows-1252. Source: Stata's own description of the format, <c>help
/// dta</c>.
/// </remarks>
internal sealed class StataFile : RecordFile
{
    private static readonly DateTime Origin = new(1960, 1, 1);
    private readonly ByteReader reader;
    private readonly StataDictionary dictionary;
    private readonly int[] types;
    private readonly char[] calendars;
    private readonly byte[] record;
    private long left;

    /// <summary>Reads everything but the records.</summary>
    public StataFile(Stream stream)
    {
        reader = new ByteReader(stream);
        dictionary = new StataDictionary(reader);
        Count = left = dictionary.Count;
        Title = dictionary.Title;
        types = dictionary.Types;
        calendars = [.. dictionary.Formats.Select(Calendar)];
        record = new byte[dictionary.Width];
        Variables =
            [.. dictionary.Names.Select((name, i) =>
            new Variable(name, KindOf(i), dictionary.Labels[i] is { Length: > 0 } label ? label : null)
        {
            Labels = dictionary.Sets[i] is { Length: > 0 } set && dictionary.Words.TryGetValue(set, out var words) ? words
                : new Dictionary<string, string>(),
        })];
        if (record.Length > 0
            && Count > (reader.Length - reader.Position) / record.Length) throw new DamagedFileException("it ends before its last record");
    }

    /// <inheritdoc/>
    public override string Format => "Stata";

    /// <inheritdoc/>
    public override bool Read(IRecordSink sink)
    {
        if (left-- <= 0 || types.Length == 0) return false;
        reader.Bytes(record.Length).CopyTo(record);
        var at = 0;
        for (var i = 0; i < types.Length; i++)
        {
            var size = StataDictionary.WidthOf(types[i]);
            Cell(sink, i, record.AsSpan(at, size));
            at += size;
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => reader.Dispose();

    private void Cell(IRecordSink sink, int variable, ReadOnlySpan<byte> bytes)
    {
        switch (types[variable])
        {
            case <= 2045:
                var end = bytes.IndexOf((byte)0);
                Text(sink, variable, end < 0 ? bytes : bytes[..end]);
                return;
            case 32768:
                Text(sink, variable, LongText(bytes));
                return;
            case 65530:
                var small = (sbyte)bytes[0];
                Number(sink, variable, small, small - 101);
                return;
            case 65529:
                var half = reader.Int16(bytes);
                Number(sink, variable, half, half - 32741);
                return;
            case 65528:
                var whole = reader.Int32(bytes);
                Number(sink, variable, whole, whole - 2147483621L);
                return;
            case 65527:
                var bits = reader.Int32(bytes);
                // The missing ones are 2^127 and a step of 2^-12 of it for each letter.
                Number(sink, variable, BitConverter.Int32BitsToSingle(bits), bits >= 0x7F000000 ? (bits - 0x7F000000) >> 11 : -1);
                return;
            default:
                var wide = reader.Int64(bytes);
                Number(sink, variable, BitConverter.Int64BitsToDouble(wide), wide >= 0x7FE0000000000000 ? (wide - 0x7FE0000000000000) >> 40
                    : -1);
                return;
        }
    }

    // Missing is the place among ., .a, ..., .z; below 0 for a value.
    private void Number(IRecordSink sink, int variable, double value, long missing)
    {
        if (missing >= 0 || !double.IsFinite(value)) sink.Missing(variable, missing is > 0 and <= 26 ? $".{(char)('a' + missing - 1)}"
            : "");
        else if (calendars[variable] is var calendar && calendar != '\0') Moment(sink, variable, calendar, value);
        else sink.Number(variable, value);
    }

    private static void Moment(IRecordSink sink, int variable, char calendar, double value)
    {
        switch (calendar)
        {
            case 'd':
                RecordText.Moment(sink, variable, VariableKind.Date, Origin, value * 86400);
                return;
            case 'c':
                RecordText.Moment(sink, variable, VariableKind.DateTime, Origin, value / 1000);
                return;
            case 'y':
                sink.Number(variable, value);
                return;
        }

        // Months, quarters, half-years and weeks of a year are counted from the first of 1960; the last week of a year has the days that
        // are left.
        var parts = calendar switch { 'm' => 12, 'q' => 4, 'h' => 2, _ => 52 };
        if (!(Math.Abs(value) < 1e6) || value != Math.Floor(value) || 1960 + Math.Floor(value / parts) is not (>= 1 and <= 9999))
        {
            sink.Number(variable, value);
            return;
        }

        var year = 1960 + (int)Math.Floor(value / parts);
        var part = (int)(value - ((year - 1960) * parts)) + 1;
        sink.Moment(variable, calendar == 'm' ? $"{year:0000}-{part:00}"
            : $"{year:0000}{char.ToUpperInvariant(calendar)}{(calendar == 'w' ? $"{part:00}" : part)}");
    }

    private void Text(IRecordSink sink, int variable, ReadOnlySpan<byte> bytes) => sink.Text(variable, bytes, dictionary.EncodingOf(bytes));

    private ReadOnlySpan<byte> LongText(ReadOnlySpan<byte> bytes)
    {
        // The variable and record where the text first stood, in widths that the release decides.
        var number = reader.Int64(bytes);
        var split = dictionary.Release switch { 117 => 32, 118 => 16, _ => 24 };
        long v, o;
        if (reader.BigEndian) (v, o) = ((long)((ulong)number >> (64 - split)), number & (long)(ulong.MaxValue >> split));
        else (v, o) = (number & ((1L << split) - 1), (long)((ulong)number >> split));
        return (v, o) == (0, 0) ? [] : dictionary.LongTexts.TryGetValue((v, o), out var text) ? text
            : throw new DamagedFileException("a long text of it is not there");
    }

    private VariableKind KindOf(int i) => types[i] is <= 2045 or 32768 ? VariableKind.Text : calendars[i] switch
    {
        '\0' => VariableKind.Number,
        'd' => VariableKind.Date,
        'c' => VariableKind.DateTime,
        'm' => VariableKind.Month,
        'y' => VariableKind.Year,
        _ => VariableKind.Text,
    };

    // What a number counts, by its display format: d days, c milliseconds, w, m, q, h, y; nothing for a bare number.
    private static char Calendar(string format)
    {
        var text = format.TrimStart('%').TrimStart('-');
        if (text.StartsWith('d')) return 'd';
        if (text.Length < 2 || text[0] != 't') return '\0';
        var calendar = char.ToLowerInvariant(text[1]);
        return "dcwmqhy".Contains(calendar, StringComparison.Ordinal) ? calendar : '\0';
    }
}

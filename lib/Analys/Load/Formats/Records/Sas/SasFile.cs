
namespace Analys.Load.Formats.Records.Sas;

/// <summary>A SAS data set (<c>.sas7bdat</c>), of 32 and 64 bits, either byte order, plain or with rows compressed by either of SAS's
/// ways.</summary>
/// <remarks>
/// The format has never been published; what is known was found by others from files: M. Shotwell, <i>SAS7BDAT Database Binary Format</i>,
/// and the readers that grew out of it. Labels of values stand in a catalogue of their own (<c>.sas7bcat</c>), which is not read.
/// </remarks>
internal sealed class SasFile : RecordFile
{
    private static readonly DateTime Origin = new(1960, 1, 1);
    private readonly ByteReader reader;
    private readonly SasPages pages;
    private readonly SasDictionary dictionary;
    private readonly byte[] row;
    private readonly byte[] wide = new byte[8];
    private long left;

    /// <summary>Reads everything up to the first row.</summary>
    public SasFile(Stream stream)
    {
        reader = new ByteReader(stream);
        pages = new SasPages(reader);
        dictionary = new SasDictionary(pages);
        while (pages.Next())
        {
            dictionary.ReadPage();
            if (pages.HasRows(dictionary)) break;
        }

        dictionary.Complete();
        Count = left = dictionary.RowCount;
        row = new byte[dictionary.RowLength];
        Title = null;
        Variables =
            [.. dictionary.Columns.Select(column =>
            new Variable(column.Name, column.Kind, column.Label is { Length: > 0 } label ? label : null))];
        if (dictionary.Columns.Any(column =>
            column.HasOwnFormat)) Remarks.Add("labels of values stand in a catalogue (.sas7bcat), which is not read: codes are kept as "
                + "they are");
    }

    /// <inheritdoc/>
    public override string Format => "SAS";

    /// <inheritdoc/>
    public override bool Read(IRecordSink sink)
    {
        if (left-- <= 0 || dictionary.Columns.Count == 0) return false;
        while (!pages.TryRow(dictionary, row))
        {
            if (!pages.Next()) throw new DamagedFileException("it ends before its last row");
            pages.HasRows(dictionary);
        }

        for (var i = 0; i < dictionary.Columns.Count; i++)
        {
            var column = dictionary.Columns[i];
            var bytes = row.AsSpan(column.Offset, column.Length);
            if (column.Kind == VariableKind.Text) sink.Text(i, bytes.TrimEnd([(byte)0, (byte)' ']), dictionary.Encoding);
            else Number(sink, i, column, bytes);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => reader.Dispose();

    private void Number(IRecordSink sink, int i, SasColumn column, ReadOnlySpan<byte> bytes)
    {
        // A number may be kept in fewer bytes than eight: the least significant are left out.
        wide.AsSpan().Clear();
        bytes.CopyTo(reader.BigEndian ? wide : wide.AsSpan(8 - bytes.Length));
        var bits = reader.Int64(wide);
        var value = BitConverter.Int64BitsToDouble(bits);
        if (double.IsFinite(value))
        {
            if (column.Kind == VariableKind.Number) sink.Number(i, value);
            else RecordText.Moment(sink, i, column.Kind, Origin, column.Kind == VariableKind.Date ? value * 86400 : value);
            return;
        }

        // The letter of .A to .Z and ._ stands in one byte of what is otherwise no number, either as itself or as its place.
        var tag = (byte)~(bits >> 40);
        var letter = tag switch { 0 => '_', >= 2 and < 28 => (char)('A' + tag - 2), _ => (char)tag };
        sink.Missing(i, letter is '_' or (>= 'A' and <= 'Z') ? $".{letter}" : "");
    }
}

/// <summary>A column of a SAS data set.</summary>
internal sealed record SasColumn(string Name, string? Label, string FormatName, bool IsNumber, int Offset, int Length)
{
    private static readonly string[] Dates =
    [
        "DATE", "DDMMYY", "MMDDYY", "YYMMDD", "MMYY", "YYMM", "MONYY", "WORDDATE", "WORDDATX", "WEEKDATE", "WEEKDATX", "JULIAN", "JULDAY",
            "E8601DA", "B8601DA", "IS8601DA", "EURDFDD", "EURDFDE", "EURDFMY", "EURDFWDX", "EURDFWKX", "NLDATE", "QTR", "YYQ", "YEAR",
            "MONTH", "MONNAME", "DOWNAME", "DAY", "WEEKU", "WEEKV", "WEEKW", "DTDATE",
    ];

    private static readonly string[] Moments =
        ["DATETIME", "DATEAMPM", "E8601DT", "B8601DT", "IS8601DT", "E8601DN", "E8601DZ", "NLDATM", "DTMONYY", "DTWKDATX", "DTYEAR",
        "DTYYQC", "MDYAMPM", "EURDFDT"];
    private static readonly string[] Times =
        ["TIME", "HHMM", "HOUR", "MMSS", "TOD", "TIMEAMPM", "E8601TM", "B8601TM", "IS8601TM", "NLTIME", "NLTIMAP"];
    private static readonly string[] Plain =
        ["BEST", "F", "COMMA", "COMMAX", "NUMX", "DOLLAR", "EURO", "PERCENT", "PERCENTN", "E", "Z", "D", "NEGPAREN", "FRACT", "ROMAN",
        "HEX", "BINARY", "OCTAL", "IB", "RB", "PD", "PVALUE", "SSN", "WORDS", "CHAR", ""];

    /// <summary>The format's name in capitals, without its width.</summary>
    private string Root { get; } =
        new string([.. FormatName.ToUpperInvariant().TrimStart('$').TakeWhile(letter => letter != '.')]).TrimEnd('0', '1', '2', '3', '4',
        '5', '6', '7', '8', '9');

    /// <summary>What its values are, by the format that they are shown in.</summary>
    public VariableKind Kind => !IsNumber ? VariableKind.Text
        : Moments.Contains(Root) ? VariableKind.DateTime
        : Times.Contains(Root) ? VariableKind.Time
        : Dates.Contains(Root) || (Root.Length > 4 && Dates.Contains(Root[..^1])) ? VariableKind.Date : VariableKind.Number;

    /// <summary>Whether somebody made the format: its words are in a catalogue.</summary>
    public bool HasOwnFormat => Kind is VariableKind.Number or VariableKind.Text && !Plain.Contains(Root);
}

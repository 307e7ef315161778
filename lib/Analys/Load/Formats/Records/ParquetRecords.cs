using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Analys.Load.Formats.Records;

/// <summary>A Parquet file as records: flat columns of numbers, texts, dates and truth values.</summary>
/// <remarks>One row group is in memory at a time. Columns of lists or structures are refused by name: a table has one value in a
/// cell.</remarks>
internal sealed class ParquetRecords : RecordFile
{
    private readonly Stream stream;
    private readonly ParquetReader reader;
    private readonly DataField[] fields;
    private readonly IParquetCells[] group;
    private int groups;
    private int row;
    private int rows;

    /// <summary>Reads the file's schema.</summary>
    public ParquetRecords(Stream stream)
    {
        this.stream = stream;
        var mark = new byte[4];
        if (stream.Length < 12 || stream.ReadAtLeast(mark, 4, false) < 4
            || !mark.AsSpan().SequenceEqual("PAR1"u8)) throw new DamagedFileException("it does not begin as one");
        stream.Position = stream.Length - 4;
        stream.ReadExactly(mark);
        if (!mark.AsSpan().SequenceEqual("PAR1"u8)) throw new DamagedFileException("it does not end as one");
        ParquetFooter.Check(stream);
        stream.Position = 0;
        reader = Run(() => ParquetReader.CreateAsync(new PatientStream(stream), new ParquetOptions(), leaveStreamOpen: true));
        if (reader.Schema.Fields.FirstOrDefault(field =>
            field is not DataField { IsArray: false }) is { } nested) throw new UnreadableFileException($"flat columns: column "
                + $"{reader.Schema.Fields.ToList().IndexOf(nested) + 1} holds lists or structures");
        fields = reader.Schema.DataFields;
        group = [.. fields.Select(Cells)];
        Variables = [.. fields.Zip(group, (field, cells) => new Variable(field.Name, cells.Kind))];
        Count = 0;
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var one = reader.OpenRowGroupReader(i);
            Count += one.RowCount;
        }
    }

    /// <inheritdoc/>
    public override string Format => "Parquet";

    /// <inheritdoc/>
    public override bool Read(IRecordSink sink)
    {
        while (row == rows)
        {
            if (groups == reader.RowGroupCount) return false;
            using var one = reader.OpenRowGroupReader(groups++);
            if (one.RowCount is < 0 or > int.MaxValue) throw new DamagedFileException("a part of it has more rows than can be");
            (row, rows) = (0, (int)one.RowCount);
            // Rows that the file only claims are not made room for: a row takes a bit at least.
            if (rows / 8 > stream.Length * 100_000) throw new DamagedFileException("a part of it has more rows than can be");
            foreach (var (cells, field) in group.Zip(fields)) Run(async () => { await cells.Fill(one, field, rows); return 0; });
        }

        for (var i = 0; i < group.Length; i++) group[i].Hand(sink, i, row);
        row++;
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        stream.Dispose();
    }

    // The package throws what it happens to meet in a broken file.
    private static T Run<T>(Func<Task<T>> work)
    {
        try
        {
            return work().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (DamagedFileException or UnreadableFileException or OutOfMemoryException
            or UnauthorizedAccessException))
        {
            throw new DamagedFileException("a part of it cannot be read");
        }
    }

    private static IParquetCells Cells(DataField field)
    {
        var type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>)) return new Texts();
        if (type == typeof(bool)) return new Values<bool>(VariableKind.Boolean, (sink, i, value) => sink.Number(i, value ? 1 : 0));
        if (type == typeof(double)) return new Values<double>(VariableKind.Number, Number);
        if (type == typeof(float)) return new Values<float>(VariableKind.Number, (sink, i, value) => Number(sink, i, value));
        if (type == typeof(int)) return new Values<int>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        if (type == typeof(uint)) return new Values<uint>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        if (type == typeof(short)) return new Values<short>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        if (type == typeof(ushort)) return new Values<ushort>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        if (type == typeof(sbyte)) return new Values<sbyte>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        if (type == typeof(byte)) return new Values<byte>(VariableKind.Number, (sink, i, value) => sink.Number(i, value));
        // Beyond 2^53 a double would change the last digits: those are serial numbers, and handed over as digits.
        if (type == typeof(long)) return new Values<long>(VariableKind.Number, (sink, i, value) =>
            Digits(sink, i, value, Math.Abs((double)value)));
        if (type == typeof(ulong)) return new Values<ulong>(VariableKind.Number, (sink, i, value) => Digits(sink, i, value, value));
        if (type == typeof(decimal)) return new Values<decimal>(VariableKind.Number, (sink, i, value) =>
            sink.Moment(i, value.ToString(CultureInfo.InvariantCulture)));
        if (type == typeof(DateOnly)) return new Values<DateOnly>(VariableKind.Date, (sink, i, value) =>
            sink.Moment(i, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        if (type == typeof(TimeOnly)) return new Values<TimeOnly>(VariableKind.Time, (sink, i, value) =>
            sink.Moment(i, value.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture)));
        if (type == typeof(TimeSpan)) return new Values<TimeSpan>(VariableKind.Time, (sink, i, value) =>
            sink.Moment(i, value.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)));
        var isDate = field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date };
        if (type == typeof(DateTime))
        {
            var kind = isDate ? VariableKind.Date : VariableKind.DateTime;
            return new Values<DateTime>(kind, (sink, i, value) =>
                sink.Moment(i,
                value.ToString(isDate ? "yyyy-MM-dd" : value.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss"
                : "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture)));
        }

        if (type == typeof(Guid)) return new Values<Guid>(VariableKind.Text, (sink, i, value) => sink.Moment(i, value.ToString()));
        if (type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>)) return new Bytes();
        throw new UnreadableFileException("columns of numbers, texts, dates and truth values");
    }

    private static void Number(IRecordSink sink, int i, double value)
    {
        if (double.IsFinite(value)) sink.Number(i, value);
        else sink.Missing(i, "");
    }

    private static void Digits(IRecordSink sink, int i, IFormattable value, double size)
    {
        if (size <= 9007199254740992) sink.Number(i, Convert.ToDouble(value, CultureInfo.InvariantCulture));
        else sink.Moment(i, value.ToString(null, CultureInfo.InvariantCulture));
    }

    private interface IParquetCells
    {
        VariableKind Kind { get; }

        Task Fill(ParquetRowGroupReader reader, DataField field, int rows);

        void Hand(IRecordSink sink, int variable, int row);
    }

    private sealed class Values<T>(VariableKind kind, Action<IRecordSink, int, T> hand) : IParquetCells
        where T : struct
    {
        private T?[] cells = [];

        public VariableKind Kind => kind;

        public async Task Fill(ParquetRowGroupReader reader, DataField field, int rows)
        {
            if (cells.Length < rows) cells = new T?[rows];
            if (field.IsNullable)
            {
                await reader.ReadAsync(field, cells.AsMemory(0, rows));
                return;
            }

            var bare = new T[rows];
            await reader.ReadAsync(field, bare.AsMemory());
            for (var i = 0; i < rows; i++) cells[i] = bare[i];
        }

        public void Hand(IRecordSink sink, int variable, int row)
        {
            if (cells[row] is { } value) hand(sink, variable, value);
            else sink.Missing(variable, "");
        }
    }

    private sealed class Texts : IParquetCells
    {
        private string?[] cells = [];

        public VariableKind Kind => VariableKind.Text;

        public async Task Fill(ParquetRowGroupReader reader, DataField field, int rows)
        {
            cells = new string?[rows];
            await reader.ReadAsync(field, cells.AsMemory()!);
        }

        public void Hand(IRecordSink sink, int variable, int row)
        {
            if (cells[row] is { } text) sink.Text(variable, Encoding.UTF8.GetBytes(text), Encoding.UTF8);
            else sink.Missing(variable, "");
        }
    }

    private sealed class Bytes : IParquetCells
    {
        private byte[]?[] cells = [];

        public VariableKind Kind => VariableKind.Text;

        public async Task Fill(ParquetRowGroupReader reader, DataField field, int rows)
        {
            cells = new byte[rows][];
            await reader.ReadAsync(field, cells.AsMemory()!);
        }

        public void Hand(IRecordSink sink, int variable, int row)
        {
            // Texts of older writers do not say that they are.
            if (cells[row] is { } text) sink.Text(variable, text, RecordText.Guess(text));
            else sink.Missing(variable, "");
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Data.Analysis;

namespace Analys.Explore.Frames;

/// <summary>A column on its way into a frame or out of it: numbers with NaN where there is none, or codes of texts with −1 where there is
/// none.</summary>
internal sealed record PlainColumn(string Name, double[]? Numbers, int[]? Codes, IReadOnlyList<string> Texts, PlainKind Kind);

/// <summary>What a plain column holds.</summary>
internal enum PlainKind
{
    Number,
    Integer,
    Boolean,
    Text,
    Date,
}

/// <summary>Copies columns into a data frame and back, a whole buffer at a time: cell by cell five million rows take five times as
/// long.</summary>
internal static class FrameColumns
{
    private const int Bits = 8;

    /// <summary>A column of numbers; NaN becomes null.</summary>
    public static DataFrameColumn Numbers(string name, ReadOnlySpan<double> values)
    {
        var (valid, missing) = Valid(values);
        return Grown(new DoubleDataFrameColumn(name, MemoryMarshal.AsBytes(values).ToArray(), valid, values.Length, missing));
    }

    /// <summary>A column of whole numbers; NaN becomes null.</summary>
    public static DataFrameColumn Integers(string name, ReadOnlySpan<double> values)
    {
        var (valid, missing) = Valid(values);
        var whole = new byte[values.Length * sizeof(long)];
        var target = MemoryMarshal.Cast<byte, long>(whole.AsSpan());
        for (var i = 0; i < values.Length; i++) target[i] = double.IsNaN(values[i]) ? 0 : (long)values[i];
        return Grown(new Int64DataFrameColumn(name, whole, valid, values.Length, missing));
    }

    /// <summary>A column of yes and no; NaN becomes null.</summary>
    public static DataFrameColumn Booleans(string name, ReadOnlySpan<double> values)
    {
        var (valid, missing) = Valid(values);
        var flags = new byte[values.Length];
        for (var i = 0; i < values.Length; i++) flags[i] = values[i] != 0 && !double.IsNaN(values[i]) ? (byte)1 : (byte)0;
        return Grown(new BooleanDataFrameColumn(name, flags, valid, values.Length, missing));
    }

    /// <summary>A column of texts; a code below 0 becomes null.</summary>
    public static StringDataFrameColumn Texts(string name, ReadOnlySpan<int> codes, IReadOnlyList<string> texts)
    {
        var column = new StringDataFrameColumn(name, 0);
        foreach (var code in codes) column.Append(code < 0 ? null : texts[code]);
        return column;
    }

    /// <summary>Takes a column out of a frame; a null becomes NaN or −1.</summary>
    /// <exception cref="NotSupportedException">The column holds a kind of values that an extract has not.</exception>
    public static PlainColumn Take(DataFrameColumn column) => column switch
    {
        DoubleDataFrameColumn numbers => Copy(numbers, PlainKind.Number),
        SingleDataFrameColumn numbers => Copy(numbers, PlainKind.Number),
        DecimalDataFrameColumn numbers => Copy(numbers, PlainKind.Number),
        Int64DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        Int32DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        Int16DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        ByteDataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        SByteDataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        UInt16DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        UInt32DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        UInt64DataFrameColumn numbers => Copy(numbers, PlainKind.Integer),
        BooleanDataFrameColumn flags => new(flags.Name, Each(flags, flag => flag ? 1 : 0), null, [], PlainKind.Boolean),
        PrimitiveDataFrameColumn<DateTime> dates =>
            Coded(dates.Name, ((IEnumerable<DateTime?>)dates)
                .Select(date => date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), dates.Length,
                PlainKind.Date),
        StringDataFrameColumn texts => Coded(texts.Name, texts, texts.Length, PlainKind.Text),
        ArrowStringDataFrameColumn texts => Coded(texts.Name, texts, texts.Length, PlainKind.Text),
        _ => throw new NotSupportedException(
            $"The column {column.Name} of the frame holds {column.DataType.Name}: make it numbers, texts or dates first."),
    };

    // A column over given memory cannot grow or be written to in every version of the package; its copy can.
    private static DataFrameColumn Grown<T>(PrimitiveDataFrameColumn<T> column)
        where T : unmanaged => column.Clone();

    // The bits of a frame say which values are there, the lowest bit first.
    private static (byte[] Bits, int Missing) Valid(ReadOnlySpan<double> values)
    {
        var bits = new byte[(values.Length + Bits - 1) / Bits];
        var missing = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) missing++;
            else bits[i / Bits] |= (byte)(1 << (i % Bits));
        }

        return (bits, missing);
    }

    private static PlainColumn Copy<T>(PrimitiveDataFrameColumn<T> column, PlainKind kind)
        where T : unmanaged, INumber<T> => new(column.Name, Each(column, double.CreateChecked), null, [], kind);

    private static double[] Each<T>(PrimitiveDataFrameColumn<T> column, Func<T, double> number)
        where T : unmanaged
    {
        var values = new double[column.Length];
        var row = 0;
        foreach (var (buffer, bits) in column.GetReadOnlyDataBuffers().Zip(column.GetReadOnlyNullBitMapBuffers()))
        {
            var data = buffer.Span;
            var valid = bits.Span;
            for (var i = 0; i < data.Length && row < values.Length; i++, row++)
                values[row] = (valid[i / Bits] & (1 << (i % Bits))) != 0 ? number(data[i]) : double.NaN;
        }

        return values;
    }

    private static PlainColumn Coded(string name, IEnumerable<string?> cells, long count, PlainKind kind)
    {
        var codes = new int[count];
        var texts = new List<string>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var row = 0;
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                codes[row++] = -1;
                continue;
            }

            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(known, cell, out var seen);
            if (!seen)
            {
                code = texts.Count;
                texts.Add(cell);
            }

            codes[row++] = code;
        }

        return new(name, null, codes, texts, kind);
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Analys.Load;

namespace Analys.Database.Rows;

/// <summary>Numbers in the fewest bytes that give the same bits back: what they are above their least, in tenths or hundredths where
/// they have decimals.</summary>
internal sealed class PackedBytes
{
    private const double MostExact = 1L << 52;
    private byte[] bytes = new byte[1 << 16];
    private long[] whole = [];
    private int length;

    /// <summary>Decimals, and the number that each power of ten is.</summary>
    internal static ReadOnlySpan<double> Powers => [1, 10, 100, 1_000, 10_000];

    /// <summary>How a column lies: as doubles, or above its least in so many bytes.</summary>
    internal const byte Doubles = 8;

    /// <summary>What was added.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    /// <summary>Begins anew.</summary>
    public void Clear() => length = 0;

    /// <summary>Adds the codes of texts.</summary>
    public void AddCodes(ReadOnlySpan<int> codes)
    {
        Grow(codes.Length);
        for (var i = 0; i < codes.Length; i++) whole[i] = codes[i];
        AddWhole(codes.Length, 0, hasNaN: false);
    }

    /// <summary>Adds numbers.</summary>
    /// <param name="values">The numbers; what is none is kept too.</param>
    /// <param name="scale">How many decimals the column has shown so far.</param>
    public void AddNumbers(ReadOnlySpan<double> values, ref int scale)
    {
        Grow(values.Length);
        for (; scale < Powers.Length; scale++)
        {
            if (!TryScale(values, Powers[scale], out var hasNaN)) continue;
            AddWhole(values.Length, scale, hasNaN);
            return;
        }

        // The next rows may be whole again.
        scale = 0;
        Put(Doubles);
        var raw = MemoryMarshal.AsBytes(values);
        raw.CopyTo(Take(raw.Length));
    }

    /// <summary>Adds what stands in cells instead of a value.</summary>
    public void AddMarks(ReadOnlySpan<Mark> marks)
    {
        var any = marks.ContainsAnyExcept(Mark.None);
        Put(any ? (byte)1 : (byte)0);
        if (any) MemoryMarshal.AsBytes(marks).CopyTo(Take(marks.Length));
    }

    private bool TryScale(ReadOnlySpan<double> values, double power, out bool hasNaN)
    {
        hasNaN = false;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (double.IsNaN(value))
            {
                hasNaN = true;
                whole[i] = long.MinValue;
                continue;
            }

            var scaled = Math.Round(value * power);
            if (!(Math.Abs(scaled) < MostExact) || !IsSame((long)scaled / power, value))
                return false;
            whole[i] = (long)scaled;
        }

        return true;
    }

    // A zero below zero is another number: nobody is to find out by dividing by it.
    private static bool IsSame(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    // A number that is none has the highest code.
    private void AddWhole(int count, int scale, bool hasNaN)
    {
        long least = long.MaxValue, most = long.MinValue;
        foreach (var number in whole.AsSpan(0, count))
        {
            if (number == long.MinValue) continue;
            least = Math.Min(least, number);
            most = Math.Max(most, number);
        }

        if (least > most) least = most = 0;
        var codes = (ulong)(most - least) + (hasNaN ? 1UL : 0);
        byte width = codes == 0 ? (byte)0 : codes <= byte.MaxValue ? (byte)1 : codes <= ushort.MaxValue ? (byte)2
            : codes <= uint.MaxValue ? (byte)4 : (byte)7;
        Put(width);
        Put((byte)scale);
        Put(hasNaN ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteInt64LittleEndian(Take(8), least);
        var none = most - least + 1;
        var own = whole.AsSpan(0, count);
        switch (width)
        {
            case 0:
                break;
            case 1:
                var one = Take(count);
                for (var i = 0; i < own.Length; i++) one[i] = (byte)(own[i] == long.MinValue ? none : own[i] - least);
                break;
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(Take(2 * count));
                for (var i = 0; i < own.Length; i++) two[i] = (ushort)(own[i] == long.MinValue ? none : own[i] - least);
                break;
            case 4:
                var four = MemoryMarshal.Cast<byte, uint>(Take(4 * count));
                for (var i = 0; i < own.Length; i++) four[i] = (uint)(own[i] == long.MinValue ? none : own[i] - least);
                break;
            default:
                var eight = MemoryMarshal.Cast<byte, long>(Take(8 * count));
                for (var i = 0; i < own.Length; i++) eight[i] = own[i] == long.MinValue ? none : own[i] - least;
                break;
        }

        if (hasNaN) BinaryPrimitives.WriteInt64LittleEndian(Take(8), none);
    }

    private void Grow(int count)
    {
        if (whole.Length < count) whole = new long[count];
    }

    private void Put(byte value) => Take(1)[0] = value;

    private Span<byte> Take(int count)
    {
        if (length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        length += count;
        return bytes.AsSpan(length - count, count);
    }
}

/// <summary>Reads what <see cref="PackedBytes"/> wrote, in the same order.</summary>
internal ref struct PackedReader(byte[] bytes)
{
    private int at;

    /// <summary>The codes of texts.</summary>
    public int[] Codes(int count)
    {
        var codes = new int[count];
        var (width, least) = Head(out _, out _);
        var own = Rest(width, count);
        switch (width)
        {
            case 0:
                Array.Fill(codes, (int)least);
                break;
            case 1:
                for (var i = 0; i < codes.Length; i++) codes[i] = own[i] + (int)least;
                break;
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(own);
                for (var i = 0; i < codes.Length; i++) codes[i] = two[i] + (int)least;
                break;
            default:
                var four = MemoryMarshal.Cast<byte, uint>(own);
                for (var i = 0; i < codes.Length; i++) codes[i] = (int)(four[i] + least);
                break;
        }

        return codes;
    }

    /// <summary>The numbers.</summary>
    public double[] Numbers(int count)
    {
        var values = new double[count];
        if (bytes[at] == PackedBytes.Doubles)
        {
            at++;
            MemoryMarshal.Cast<byte, double>(Next(8 * count)).CopyTo(values);
            return values;
        }

        var (width, least) = Head(out var scale, out var hasNaN);
        var own = Rest(width, count);
        switch (width)
        {
            case 0:
                Array.Fill(values, least);
                break;
            case 1:
                for (var i = 0; i < values.Length; i++) values[i] = least + own[i];
                break;
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(own);
                for (var i = 0; i < values.Length; i++) values[i] = least + two[i];
                break;
            case 4:
                var four = MemoryMarshal.Cast<byte, uint>(own);
                for (var i = 0; i < values.Length; i++) values[i] = least + four[i];
                break;
            default:
                var eight = MemoryMarshal.Cast<byte, long>(own);
                for (var i = 0; i < values.Length; i++) values[i] = least + eight[i];
                break;
        }

        if (hasNaN)
        {
            double none = least + BinaryPrimitives.ReadInt64LittleEndian(Next(8));
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] == none) values[i] = double.NaN;
            }
        }

        var power = PackedBytes.Powers[scale];
        for (var i = 0; scale > 0 && i < values.Length; i++) values[i] /= power;
        return values;
    }

    /// <summary>What stands in cells instead of a value; null where each has one.</summary>
    public Mark[]? Marks(int count) => Next(1)[0] == 0 ? null : MemoryMarshal.Cast<byte, Mark>(Next(count)).ToArray();

    private (int Width, long Least) Head(out int scale, out bool hasNaN)
    {
        var head = Next(3);
        (scale, hasNaN) = (head[1], head[2] != 0);
        return (head[0], BinaryPrimitives.ReadInt64LittleEndian(Next(8)));
    }

    private ReadOnlySpan<byte> Rest(int width, int count) => Next((width == 7 ? 8 : width) * count);

    private ReadOnlySpan<byte> Next(int count)
    {
        at += count;
        return bytes.AsSpan(at - count, count);
    }
}

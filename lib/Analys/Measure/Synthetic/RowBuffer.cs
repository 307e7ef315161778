using System.Buffers.Text;

namespace Analys.Measure.Synthetic;

/// <summary>Rows of a text file as UTF-8 bytes: semicolons between cells, decimal comma, a line feed after each row.</summary>
internal sealed class RowBuffer
{
    private const int LongestCell = 64;
    private byte[] bytes = new byte[1 << 16];

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>A cell of text.</summary>
    public void Cell(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length + 1);
        text.CopyTo(bytes.AsSpan(Length));
        Length += text.Length;
        bytes[Length++] = (byte)';';
    }

    /// <summary>A cell with a whole number.</summary>
    public void Cell(long number)
    {
        Reserve(LongestCell);
        Utf8Formatter.TryFormat(number, bytes.AsSpan(Length), out var written);
        Length += written;
        bytes[Length++] = (byte)';';
    }

    /// <summary>A cell with two decimals.</summary>
    /// <param name="hundredths">The number times 100.</param>
    public void Hundredths(long hundredths) => Decimals(hundredths, 100);

    /// <summary>A cell with four decimals.</summary>
    /// <param name="tenThousandths">The number times 10 000.</param>
    public void TenThousandths(long tenThousandths) => Decimals(tenThousandths, 10_000);

    /// <summary>Ends the row: the last semicolon becomes a line feed.</summary>
    public void EndRow() => bytes[Length - 1] = (byte)'\n';

    private void Decimals(long number, int one)
    {
        Reserve(LongestCell);
        if (number < 0) bytes[Length++] = (byte)'-';
        var size = Math.Abs(number);
        Utf8Formatter.TryFormat(size / one, bytes.AsSpan(Length), out var written);
        Length += written;
        bytes[Length++] = (byte)',';
        for (var digit = one / 10; digit > 0; digit /= 10) bytes[Length++] = (byte)('0' + (size / digit % 10));
        bytes[Length++] = (byte)';';
    }

    private void Reserve(int more)
    {
        if (Length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more));
    }
}

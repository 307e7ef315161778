using System.Buffers;

namespace Analys.Load.Csv;

/// <summary>A run of whole records of a CSV file as UTF-8 bytes, the unit of parallel work.</summary>
/// <remarks>The byte after the last is a line break that is not part of the block, and some room follows it, so that a scan needs no end test.</remarks>
internal sealed class CsvBlock(int index, byte[] buffer, int length, int lines, bool hasQuotes, long firstLine, bool isLast)
{
    /// <summary>The bytes of room after the last one.</summary>
    public const int Padding = 64;

    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The line breaks before it in the file: no block starts with a later row than this.</summary>
    public long FirstLine { get; } = firstLine;

    /// <summary>As many records as line breaks, and one more where the last has none.</summary>
    public int Lines { get; } = lines;

    /// <summary>Whether a quote stands anywhere in it; without one every separator is a separator.</summary>
    public bool HasQuotes { get; } = hasQuotes;

    /// <summary>Whether the file ends in it.</summary>
    public bool IsLast { get; } = isLast;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>The bytes with the line break behind them and the padding.</summary>
    public ReadOnlySpan<byte> Padded => buffer.AsSpan(0, length + Padding);

    /// <summary>Gives the buffer back; the block is not to be used after that.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(buffer);
}

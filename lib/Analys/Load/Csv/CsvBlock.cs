using System.Buffers;

namespace Analys.Load.Csv;

/// <summary>A run of whole records of a CSV file as UTF-8 bytes, the unit of parallel work.</summary>
internal sealed class CsvBlock(int index, byte[] buffer, int length)
{
    /// <summary>Its place in the file, from 0.</summary>
    public int Index { get; } = index;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Gives the buffer back; the block is not to be used after that.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(buffer);
}

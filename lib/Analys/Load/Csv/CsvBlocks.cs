using System.Buffers;
using System.Text.Unicode;

namespace Analys.Load.Csv;

/// <summary>
/// Cuts a UTF-8 stream into blocks that end at the end of a record, so that several threads can parse at once.
/// </summary>
/// <remarks>
/// CsvHelper's own parallel enumeration hands out one object per record; a columnar table wants whole blocks, each parsed by a
/// CsvHelper reader of its own. A record ends at a line break outside quotes, and outside means after an even number of quotes.
/// </remarks>
internal static class CsvBlocks
{
    /// <summary>The usual size of a block.</summary>
    public const int Size = 4 << 20;

    /// <summary>A record longer than this is refused: an unclosed quote, not a record.</summary>
    public const int MaxRecord = 64 << 20;

    /// <summary>Reads the blocks of a stream in order.</summary>
    /// <exception cref="InvalidDataException">A record is longer than <see cref="MaxRecord"/>, or the bytes are not UTF-8.</exception>
    public static IEnumerable<CsvBlock> Read(Stream stream, Action<ReadOnlySpan<byte>> observe)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Size);
        var filled = 0;
        for (var index = 0; ;)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            observe(buffer.AsSpan(filled, read));
            filled += read;
            var last = filled < buffer.Length;
            var end = last ? filled : EndOfLastRecord(buffer.AsSpan(0, filled));
            if (end == 0 && !last)
            {
                if (buffer.Length >= MaxRecord) throw new InvalidDataException("A record is longer than 64 MB: a quote is not closed.");
                buffer = Grow(buffer, filled);
                continue;
            }

            if (!Utf8.IsValid(buffer.AsSpan(0, end))) throw new InvalidDataException("The bytes are not UTF-8.");
            var rest = filled - end;
            var next = last ? [] : ArrayPool<byte>.Shared.Rent(Math.Max(Size, rest * 2));
            buffer.AsSpan(end, rest).CopyTo(next);
            if (end > 0) yield return new CsvBlock(index++, buffer, end);
            if (last) yield break;
            buffer = next;
            filled = rest;
        }
    }

    // The block starts outside quotes: the last break with an even number of quotes before it ends a record.
    private static int EndOfLastRecord(ReadOnlySpan<byte> bytes)
    {
        var quotes = bytes.Count((byte)'"');
        var end = bytes.Length;
        while (true)
        {
            var at = bytes[..end].LastIndexOfAny((byte)'\n', (byte)'\r');
            if (at < 0) return 0;
            quotes -= bytes[at..end].Count((byte)'"');
            // A CR at the very end may be half of CR LF.
            if (quotes % 2 == 0 && !(bytes[at] == '\r' && at == bytes.Length - 1)) return at + 1;
            end = at;
        }
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

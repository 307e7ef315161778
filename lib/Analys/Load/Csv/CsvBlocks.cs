using System.Buffers;

namespace Analys.Load.Csv;

/// <summary>
/// Cuts a UTF-8 stream into blocks that end at the end of a record, so that several threads can parse at once.
/// </summary>
/// <remarks>
/// CsvHelper's own parallel enumeration hands out one object per record; a columnar table wants whole blocks. A record ends at a
/// line break outside quotes, and outside means after an even number of quotes.
/// </remarks>
internal sealed class CsvBlocks(Stream stream, Action<ReadOnlySpan<byte>> observe)
{
    /// <summary>The usual size of a block: small enough to stay in a core's cache while it is parsed.</summary>
    public const int Size = 1 << 20;

    /// <summary>A record longer than this is refused: an unclosed quote, not a record.</summary>
    public const int MaxRecord = 64 << 20;

    private byte[]? buffer = Rent(Size);
    private int filled;
    private int index;
    private long lines;

    /// <summary>The next block in order; null at the end. Not for several threads at once.</summary>
    /// <exception cref="InvalidDataException">A record is longer than <see cref="MaxRecord"/>, a quote is not closed, or the bytes are binary.</exception>
    public CsvBlock? Next()
    {
        while (buffer is not null)
        {
            var room = buffer.Length - CsvBlock.Padding;
            var read = stream.ReadAtLeast(buffer.AsSpan(filled, room - filled), room - filled, throwOnEndOfStream: false);
            var fresh = buffer.AsSpan(filled, read);
            observe(fresh);
            if (fresh.Contains((byte)0)) throw new InvalidDataException("a text file: this one holds binary data");
            filled += read;
            var last = filled < room;
            var quotes = buffer.AsSpan(0, filled).Count((byte)'"');
            if (last && quotes % 2 != 0) throw new InvalidDataException("a closing quote for every opening one");
            var end = last ? filled : EndOfLastRecord(buffer.AsSpan(0, filled), quotes);
            if (end == 0 && !last)
            {
                if (buffer.Length >= MaxRecord) throw new InvalidDataException("records of less than 64 MB: a quote is not closed, or this is no table");
                Grow();
                continue;
            }

            return Cut(end, last, quotes > 0);
        }

        return null;
    }

    private CsvBlock? Cut(int end, bool last, bool hasQuotes)
    {
        var whole = buffer!;
        var rest = filled - end;
        buffer = last ? null : Rent(Math.Max(Size, rest * 2));
        whole.AsSpan(end, rest).CopyTo(buffer);
        filled = rest;
        if (end == 0)
        {
            ArrayPool<byte>.Shared.Return(whole);
            return null;
        }

        var bytes = whole.AsSpan(0, end);
        var breaks = bytes.Count((byte)'\n');
        if (breaks == 0) breaks = bytes.Count((byte)'\r');
        if (bytes[^1] is not ((byte)'\n' or (byte)'\r')) breaks++;
        whole[end] = (byte)'\n';
        var block = new CsvBlock(index++, whole, end, breaks, hasQuotes, lines, last);
        lines += breaks;
        return block;
    }

    // The block starts outside quotes: the last break with an even number of quotes before it ends a record.
    private static int EndOfLastRecord(ReadOnlySpan<byte> bytes, int quotes)
    {
        var end = bytes.Length;
        while (true)
        {
            var at = bytes[..end].LastIndexOfAny((byte)'\n', (byte)'\r');
            if (at < 0) return 0;
            if (quotes > 0) quotes -= bytes[at..end].Count((byte)'"');
            // A CR at the very end may be half of CR LF.
            if (quotes % 2 == 0 && !(bytes[at] == '\r' && at == bytes.Length - 1)) return at + 1;
            end = at;
        }
    }

    private void Grow()
    {
        var larger = Rent(buffer!.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static byte[] Rent(int size) => ArrayPool<byte>.Shared.Rent(size);
}

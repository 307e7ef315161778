using System.Buffers;
using System.Runtime.ExceptionServices;

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
    /// <exception cref="InvalidDataException">A record is longer than <see cref="MaxRecord"/>, a quote is not closed, or the bytes are
    /// binary.</exception>
    public CsvBlock? Next()
    {
        while (buffer is not null)
        {
            var room = buffer.Length - CsvBlock.Padding;
            var read = stream.ReadAtLeast(buffer.AsSpan(filled, room - filled), room - filled, throwOnEndOfStream: false);
            var fresh = buffer.AsSpan(filled, read);
            observe(fresh);
            if (fresh.IndexOf((byte)0) is var zero and >= 0)
            {
                var row = 1 + lines + buffer.AsSpan(0, filled + zero).Count((byte)'\n');
                throw new InvalidDataException($"a text file: a zero byte stands in row {row}, so it is binary data or was cut off "
                    + $"while it was written");
            }

            filled += read;
            var last = filled < room;
            // Ctrl-Z ends a file of DOS: it is no cell.
            while (last && filled > 0 && buffer[filled - 1] == 0x1A) filled--;
            var quotes = buffer.AsSpan(0, filled).Count((byte)'"');
            if (last && quotes % 2 != 0)
                throw new InvalidDataException($"a closing quote for every opening one: look at row "
                    + $"{lines + OddQuote(buffer.AsSpan(0, filled))}");
            var end = last ? filled : EndOfLastRecord(buffer.AsSpan(0, filled), quotes);
            if (end == 0 && !last)
            {
                if (buffer.Length >= MaxRecord)
                    throw new InvalidDataException("records of less than 64 MB: a quote is not closed, or this is no table");
                Grow();
                continue;
            }

            return Cut(end, last, quotes > 0);
        }

        return null;
    }

    // The row of the quote that is not closed: one that stands inside an unquoted cell, where there is one; else the last that opens.
    private static long OddQuote(ReadOnlySpan<byte> bytes)
    {
        var (inside, opened, stray, row) = (false, 1L, 0L, 1L);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n') row++;
            if (bytes[i] != '"') continue;
            if (!inside)
            {
                if (stray == 0 && i > 0 && (char.IsAsciiLetterOrDigit((char)bytes[i - 1]) || bytes[i - 1] > 0x7F)) stray = row;
                opened = row;
            }

            inside = !inside;
        }

        return stray > 0 ? stray : opened;
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

/// <summary>A run of whole records of a CSV file as UTF-8 bytes, the unit of parallel work.</summary>
/// <remarks>The byte after the last is a line break that is not part of the block, and some room follows it, so that a scan needs no end
/// test.</remarks>
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

/// <summary>Hands the blocks of one file to several parsers: reading is one at a time, parsing beside it.</summary>
internal sealed class BlockQueue(CsvSource source, CsvLayout layout, CsvBlock first)
{
    private readonly Lock gate = new();
    private readonly List<ParsedBlock> parsed = [];
    private readonly int above = Math.Min(layout.Skip, first.Lines);
    private bool started;
    private Exception? failure;

    /// <summary>Parses all blocks; they are returned in their order in the file.</summary>
    public List<ParsedBlock> Run(int threads)
    {
        var capacity = Capacity();
        var targets = ColumnTarget.For(layout, capacity);
        var workers = Math.Clamp((int)Math.Min(threads, source.Length / CsvBlocks.Size), 1, 64);
        if (workers == 1) Work(targets, capacity);
        else Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => Work(targets, capacity));
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        parsed.Sort((a, b) => a.Index.CompareTo(b.Index));
        return parsed;
    }

    // Rows as long as those of the first block fill the file; a quarter more is asked for, and what does not fit gets its own arrays.
    private int Capacity()
    {
        var whole = source.Length <= first.Span.Length ? first.Lines
            : (long)(first.Lines * 1.25 * source.Length / first.Span.Length) + 1024;
        return (int)Math.Min(whole, Array.MaxLength / 2);
    }

    private void Work(ColumnTarget[] targets, int capacity)
    {
        try
        {
            var parser = new BlockParser(layout);
            while (Next() is { } block)
            {
                var fits = block.FirstLine + block.Lines <= capacity;
                // What stands above the data takes no room: each block then begins where the one before it ends, and nothing is moved.
                var offset = (int)Math.Max(0, block.FirstLine - above);
                var result = fits ? parser.Parse(block, targets, offset, block.Lines - (block.Index == 0 ? above : 0))
                    : parser.Parse(block, ColumnTarget.For(layout, block.Lines), 0, block.Lines);
                block.Return();
                lock (gate) parsed.Add(result);
            }
        }
#pragma warning disable CA1031 // The first failure of any thread is thrown on the caller's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (gate) failure ??= e;
        }
    }

    private CsvBlock? Next()
    {
        lock (gate)
        {
            if (failure is not null) return null;
            if (started) return source.Blocks.Next();
            started = true;
            return first;
        }
    }
}

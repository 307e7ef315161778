using System.Runtime.ExceptionServices;

namespace Analys.Load.Csv;

/// <summary>Hands the blocks of one file to several parsers: reading is one at a time, parsing beside it.</summary>
internal sealed class BlockQueue(CsvSource source, CsvLayout layout, CsvBlock first)
{
    private readonly Lock gate = new();
    private readonly List<ParsedBlock> parsed = [];
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
        var whole = source.Length <= first.Span.Length ? first.Lines : (long)(first.Lines * 1.25 * source.Length / first.Span.Length) + 1024;
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
                var result = parser.Parse(block, fits ? targets : ColumnTarget.For(layout, block.Lines), fits ? (int)block.FirstLine : 0);
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

namespace Analys.Measure.Persons;

/// <summary>Work on blocks of rows on all cores. The blocks depend on the number of rows alone, so that sums over them are the same on every machine.</summary>
internal static class RowBlocks
{
    private const int Least = 100_000;
    private const int Most = 8;

    /// <summary>The outcome of each block, in the order of the rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="block">The work on the rows from, to below.</param>
    public static T[] Map<T>(int rows, Func<int, int, T> block)
    {
        var count = Math.Clamp(rows / Least, 1, Most);
        var outcomes = new T[count];
        if (count == 1) outcomes[0] = block(0, rows);
        else Parallel.For(0, count, i => outcomes[i] = block((int)((long)rows * i / count), (int)((long)rows * (i + 1) / count)));
        return outcomes;
    }
}

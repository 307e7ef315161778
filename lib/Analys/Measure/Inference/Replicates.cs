namespace Analys.Measure.Inference;

/// <summary>Runs replicates on all cores, each with a stream of its own, and gathers their values in the order of their numbers.</summary>
public static class Replicates
{
    /// <summary>Runs the replicates 0 to <paramref name="count"/> − 1.</summary>
    /// <typeparam name="TState">Scratch space that one thread uses for replicate after replicate.</typeparam>
    /// <typeparam name="TValue">The outcome of a replicate.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="newState">Makes the scratch space of a thread.</param>
    /// <param name="run">One replicate; it must depend on its stream alone, not on what the scratch space held.</param>
    /// <param name="cancel">Stops between replicates.</param>
    public static TValue[] Run<TState, TValue>(
        int count, long seed, Func<TState> newState, Func<RandomStream, TState, TValue> run, CancellationToken cancel = default)
    {
        var values = new TValue[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, newState, (replicate, _, state) =>
        {
            values[replicate] = run(new RandomStream(seed, replicate), state);
            return state;
        }, _ => { });
        return values;
    }

    /// <summary>The empirical quantile of replicates, by linear interpolation between order statistics (Hyndman &amp; Fan type 7).</summary>
    /// <param name="sorted">The values, sorted.</param>
    /// <param name="p">From 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        var at = p * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The standard deviation of replicates, with n − 1 in the denominator.</summary>
    /// <param name="values">The values, at least two.</param>
    public static double StandardDeviation(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (var value in values) mean += value / values.Length;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}

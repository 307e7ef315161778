namespace Analys.Measure.Inference;

/// <summary>Draws an index with given probabilities in constant time (Walker 1977; Vose 1991).</summary>
public sealed class AliasTable
{
    private readonly double[] keep;
    private readonly int[] other;

    /// <summary>A table for weights.</summary>
    /// <param name="weights">Not negative, with a sum above 0.</param>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        keep = new double[weights.Length];
        other = new int[weights.Length];
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < keep.Length; i++)
        {
            keep[i] = weights[i] / sum * keep.Length;
            other[i] = i;
            (keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            int less = small.Pop(), more = large.Pop();
            other[less] = more;
            keep[more] -= 1 - keep[less];
            (keep[more] < 1 ? small : large).Push(more);
        }

        // What is left differs from 1 by rounding only; an index without weight must never be drawn.
        while (large.TryPop(out var i)) keep[i] = 1;
        while (small.TryPop(out var i)) keep[i] = weights[i] > 0 ? 1 : 0;
    }

    /// <summary>An index.</summary>
    /// <param name="random">The stream.</param>
    public int Draw(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var high = Math.BigMul(random.NextUInt64(), (ulong)keep.Length, out var low);
        return (low >> 11) * (1.0 / (1UL << 53)) < keep[high] ? (int)high : other[high];
    }
}

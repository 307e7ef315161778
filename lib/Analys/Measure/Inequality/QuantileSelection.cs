using Analys.Measure.Persons;

namespace Analys.Measure.Inequality;

/// <summary>A weighted quantile of unsorted incomes: a histogram by the leading bits finds the few incomes that must be sorted.</summary>
/// <remarks>Two passes over the data, on all cores; the blocks are fixed, so that the sums do not depend on the number of threads.</remarks>
internal static class QuantileSelection
{
    private const int Bits = 18;
    private const double Tolerance = 1e-10;

    // Below this a sort costs less than the histogram.
    private const int Few = 20_000;

    /// <summary>The quantile, as <see cref="WeightedIncomes.Quantile"/> has it; null where nobody is there.</summary>
    /// <param name="incomes">In any order.</param>
    /// <param name="weights">Their weights; empty where each is 1.</param>
    /// <param name="p">From 0 to 1.</param>
    /// <param name="rule">What holds where the cumulated weights meet p exactly.</param>
    public static double? Of(ReadOnlyMemory<double> incomes, ReadOnlyMemory<double> weights, double p, QuantileRule rule)
    {
        if (incomes.Length < Few) return Sorted(incomes, weights, p, rule);
        var histogram = Histogram(incomes, weights);
        var total = 0.0;
        foreach (var weight in histogram) total += weight;
        if (total <= 0) return null;

        // The bucket where the cumulated weight first reaches the target, and the next that holds anything (the neighbour on a tie).
        double target = p * total, tolerance = Tolerance * total, below = 0;
        var bucket = 0;
        while (bucket < histogram.Length - 1 && (histogram[bucket] == 0 || below + histogram[bucket] < target - tolerance)) below += histogram[bucket++];
        while (bucket > 0 && histogram[bucket] == 0) below -= histogram[--bucket];
        var next = bucket + 1;
        while (next < histogram.Length && histogram[next] == 0) next++;
        var (some, theirs) = Gather(incomes, weights, bucket, next);
        Array.Sort(some, theirs);
        return QuantileScan.Of(some, theirs, below, target, tolerance, rule) ?? some[Array.FindLastIndex(theirs, weight => weight > 0)];
    }

    private static double? Sorted(ReadOnlyMemory<double> incomes, ReadOnlyMemory<double> weights, double p, QuantileRule rule)
    {
        var some = incomes.ToArray();
        var theirs = weights.ToArray();
        if (weights.IsEmpty)
        {
            theirs = new double[some.Length];
            Array.Fill(theirs, 1);
        }

        Array.Sort(some, theirs);
        var whole = new WeightedIncomes(some, theirs);
        return whole.IsEmpty ? null : whole.Quantile(p, rule);
    }

    private static int Bucket(double income) => (int)(IncomeOrder.Key(income) >> (64 - Bits));

    private static double[] Histogram(ReadOnlyMemory<double> incomes, ReadOnlyMemory<double> weights)
    {
        var parts = RowBlocks.Map(incomes.Length, (from, to) =>
        {
            var part = new double[1 << Bits];
            var x = incomes.Span;
            var w = weights.Span;
            if (w.IsEmpty)
            {
                for (var i = from; i < to; i++) part[Bucket(x[i])]++;
            }
            else
            {
                for (var i = from; i < to; i++) part[Bucket(x[i])] += w[i];
            }

            return part;
        });
        var sum = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            for (var i = 0; i < sum.Length; i++) sum[i] += part[i];
        }

        return sum;
    }

    private static (double[] Incomes, double[] Weights) Gather(ReadOnlyMemory<double> incomes, ReadOnlyMemory<double> weights, int bucket, int next)
    {
        var parts = RowBlocks.Map(incomes.Length, (from, to) =>
        {
            var x = incomes.Span;
            var w = weights.Span;
            var some = new List<double>();
            var theirs = new List<double>();
            for (var i = from; i < to; i++)
            {
                var b = Bucket(x[i]);
                if (b != bucket && b != next) continue;
                some.Add(x[i]);
                theirs.Add(w.IsEmpty ? 1 : w[i]);
            }

            return (some, theirs);
        });
        return ([.. parts.SelectMany(part => part.some)], [.. parts.SelectMany(part => part.theirs)]);
    }
}

using System.Runtime.CompilerServices;
using Analys.Measure.Study;

namespace Analys.Measure.Income;

/// <summary>Finds a weighted quantile by adding up weights in the order of the incomes.</summary>
internal static class QuantileScan
{
    /// <summary>The quantile; null where the weights end before it is found.</summary>
    /// <param name="incomes">In rising order.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="below">The weight of all incomes that come before the first.</param>
    /// <param name="target">The cumulated weight that is looked for.</param>
    /// <param name="tolerance">Cumulated weights this close are equal.</param>
    /// <param name="rule">What holds where the cumulated weight meets the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double? Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double below, double target, double tolerance,
        QuantileRule rule)
    {
        var i = 0;
        var sum = below;
        for (; i < incomes.Length; i++)
        {
            sum += weights[i];
            if (sum >= target - tolerance && weights[i] > 0) break;
        }

        if (i == incomes.Length) return null;
        var met = incomes[i];
        // Equal incomes are one step of F: go to the last of them before asking whether F meets p.
        var next = i + 1;
        while (next < incomes.Length && (incomes[next] == met || weights[next] == 0))
        {
            sum += weights[next];
            next++;
        }

        if (rule == QuantileRule.Inverse || Math.Abs(sum - target) > tolerance) return met;
        if (next == incomes.Length) return null;
        return rule == QuantileRule.Above ? incomes[next] : (met + incomes[next]) / 2;
    }
}

/// <summary>A weighted quantile of unsorted incomes: a histogram by the leading bits finds the few incomes that must be sorted.</summary>
/// <remarks>Two passes over the data, on all cores; the blocks are fixed, so that the sums do not depend on the number of
/// threads.</remarks>
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
        while (bucket < histogram.Length - 1 && (histogram[bucket] == 0 || below + histogram[bucket] < target - tolerance))
            below += histogram[bucket++];
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

    private static (double[] Incomes, double[] Weights) Gather(ReadOnlyMemory<double> incomes, ReadOnlyMemory<double> weights, int bucket,
        int next)
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

/// <summary>The influence of a person on a quantile, and the density of income that it needs.</summary>
/// <remarks>
/// z_i = −(1[y_i ≤ q] − p) / (f(q) Σ w), with f by a Gaussian kernel and Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(−1/5), n the
/// number of persons. Source: Deville 1999, Survey Methodology 25(2); Osier 2009, Survey Research Methods 3(3).
/// </remarks>
internal static class QuantileInfluence
{
    public static void Of(WeightedIncomes incomes, double p, QuantileRule rule, Span<double> influence)
    {
        var q = incomes.Quantile(p, rule);
        var density = DensityAt(incomes, q);
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = density > 0 ? -((incomes.Incomes[i] <= q ? 1 : 0) - p) / (density * incomes.Total) : 0;
        }
    }

    /// <summary>The density of income at a point; 0 where all incomes are alike.</summary>
    public static double DensityAt(WeightedIncomes incomes, double at)
    {
        if (incomes.IsEmpty) return 0;
        var bandwidth = Bandwidth(incomes);
        if (!(bandwidth > 0)) return 0;
        var sum = 0.0;
        // A kernel farther than six bandwidths away adds nothing that a double would notice.
        var from = incomes.CountPoor(at - (6 * bandwidth), PoorRule.Below);
        var to = incomes.CountPoor(at + (6 * bandwidth), PoorRule.AtOrBelow);
        for (var i = from; i < to; i++)
        {
            var u = (incomes.Incomes[i] - at) / bandwidth;
            sum += incomes.Weights[i] * Math.Exp(-u * u / 2);
        }

        return sum / (incomes.Total * bandwidth * Math.Sqrt(2 * Math.PI));
    }

    private static double Bandwidth(WeightedIncomes incomes)
    {
        double mean = incomes.Sum() / incomes.Total, squares = 0;
        for (var i = 0; i < incomes.Incomes.Length; i++)
            squares += incomes.Weights[i] * (incomes.Incomes[i] - mean) * (incomes.Incomes[i] - mean);
        var deviation = Math.Sqrt(squares / incomes.Total);
        var spread = (incomes.Quantile(0.75, QuantileRule.Average) - incomes.Quantile(0.25, QuantileRule.Average)) / 1.34;
        return 0.9 * (spread > 0 ? Math.Min(deviation, spread) : deviation) * Math.Pow(incomes.PersonCount, -0.2);
    }
}

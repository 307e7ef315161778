using System.Numerics;
using Analys.Domain;
using Analys.Measure.Inference;

namespace Analys.Measure.Effects.Draws;

/// <summary>What a cluster's residuals are multiplied by in a wild draw.</summary>
internal enum WildWeights
{
    /// <summary>1 or −1.</summary>
    Rademacher,

    /// <summary>Webb's six points ±√½, ±1, ±√1½: many different draws also of few clusters (Webb 2023, Canadian J. Economics 56).</summary>
    Webb,
}

/// <summary>Draws that turn the sign of whole clusters: all 2^G of them, or random ones; or that take one of Webb's six points.</summary>
/// <remarks>
/// A statistic is a function of linear forms Σ_c s_c·m_c. In Gray's order one sign turns from draw to draw, so that a draw costs one
/// column; a block of 1 024 draws starts anew, so that no rounding piles up and the answer does not depend on the threads. A draw and its
/// mirror image have the same |statistic|: half of them are looked at and count twice.
/// </remarks>
internal static class SignDraws
{
    private const int BlockBits = 10;
    private static readonly double[] Webb = [-Math.Sqrt(1.5), -1, -Math.Sqrt(0.5), Math.Sqrt(0.5), 1, Math.Sqrt(1.5)];

    /// <summary>The plan for a number of clusters.</summary>
    public static DrawPlan Plan(int clusters, int? replicates, long seed, WildWeights weights = WildWeights.Rademacher) =>
        DrawPlan.For(BigInteger.Pow(weights == WildWeights.Webb ? 6 : 2, clusters), replicates, seed) with { Weights = weights };

    /// <summary>By statistic, how many draws are as large as the observed one.</summary>
    /// <param name="columns">By cluster, its part of every linear form.</param>
    /// <param name="statistics">How many statistics there are.</param>
    /// <param name="judge">Given the forms, adds 1 for each statistic that is as large; it must not tell a draw from its mirror
    /// image.</param>
    /// <param name="plan">The plan.</param>
    public static long[] Count(double[][] columns, int statistics, Action<double[], long[]> judge, DrawPlan plan)
    {
        var counts = new long[statistics];
        Blocks(columns, plan, () => new long[statistics], (forms, tally, _) => judge(forms, tally), tally =>
        {
            for (var k = 0; k < statistics; k++) counts[k] += tally[k];
        });
        if (plan is { Drawn: null, Weights: WildWeights.Rademacher } && columns.Length > 0)
        {
            for (var k = 0; k < statistics; k++) counts[k] *= 2;
        }

        return counts;
    }

    /// <summary>The statistic's value in every draw (every second of an enumeration: the mirror images have the same), sorted.</summary>
    public static double[] Values(double[][] columns, Func<double[], double> statistic, DrawPlan plan)
    {
        var values = new double[Draws(plan, columns.Length)];
        Blocks<object?>(columns, plan, () => null, (forms, _, draw) => values[draw] = statistic(forms), _ => { });
        Array.Sort(values);
        return values;
    }

    private static void Blocks<T>(double[][] columns, DrawPlan plan, Func<T> newTally, Action<double[], T, long> judge, Action<T> gather)
    {
        int clusters = columns.Length, forms = clusters == 0 ? 0 : columns[0].Length;
        var draws = Draws(plan, clusters);
        var webb = plan.Weights == WildWeights.Webb;
        var blocks = (int)((draws + (1 << BlockBits) - 1) >> BlockBits);
        var tallies = new T[blocks];
        var work = Work.Of("draws of signs, in blocks", blocks);
        Parallel.For(0, blocks, block =>
        {
            var values = new double[forms];
            var signs = new double[clusters];
            var tally = newTally();
            var random = plan.Drawn is null ? null : new RandomStream(plan.Seed, block);
            long from = (long)block << BlockBits, to = Math.Min(draws, from + (1 << BlockBits));
            for (var draw = from; draw < to; draw++)
            {
                if (random is not null || webb)
                {
                    if (!webb) Draw(random!, signs);
                    else Points(random, draw, signs);
                    Start(columns, signs, values);
                }
                else if (draw == from)
                {
                    var gray = draw ^ (draw >> 1);
                    for (var c = 0; c < clusters; c++) signs[c] = ((gray >> c) & 1) == 0 ? 1 : -1;
                    Start(columns, signs, values);
                }
                else
                {
                    var turned = BitOperations.TrailingZeroCount(draw);
                    signs[turned] = -signs[turned];
                    var column = columns[turned];
                    double twice = 2 * signs[turned];
                    for (var k = 0; k < forms; k++) values[k] += twice * column[k];
                }

                judge(values, tally, draw);
            }

            work.Step();
            tallies[block] = tally;
        });
        foreach (var tally in tallies) gather(tally);
    }

    // The last cluster keeps its sign in an enumeration of signs.
    private static long Draws(DrawPlan plan, int clusters) =>
        plan.Drawn ?? (plan.Weights == WildWeights.Webb ? (long)plan.Possible : 1L << Math.Max(0, clusters - 1));

    // One of six points a cluster: random, or the digits of the draw's number to the base of six.
    private static void Points(RandomStream? random, long draw, double[] points)
    {
        for (var c = 0; c < points.Length; c++)
        {
            points[c] = Webb[(int)(random?.NextLong(6) ?? (draw % 6))];
            draw /= 6;
        }
    }

    private static void Draw(RandomStream random, double[] signs)
    {
        ulong bits = 0;
        for (var c = 0; c < signs.Length; c++)
        {
            if ((c & 63) == 0) bits = random.NextUInt64();
            signs[c] = (bits & 1) == 0 ? 1 : -1;
            bits >>= 1;
        }
    }

    private static void Start(double[][] columns, double[] signs, double[] values)
    {
        Array.Clear(values);
        for (var c = 0; c < columns.Length; c++)
        {
            var column = columns[c];
            for (var k = 0; k < values.Length; k++) values[k] += signs[c] * column[k];
        }
    }
}

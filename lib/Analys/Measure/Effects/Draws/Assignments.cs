using System.Numerics;
using Analys.Domain;
using Analys.Measure.Inference;

namespace Analys.Measure.Effects.Draws;

/// <summary>All ways to give labels (starts, or treated and not) to clusters, the number of clusters of each label kept.</summary>
/// <remarks>In lexicographic order, in blocks that each find their first assignment by its number: the answer does not depend on the
/// threads.</remarks>
internal sealed class Assignments
{
    private const int BlockSize = 1024;

    private readonly int[] observed;
    private readonly int[] numbers;

    /// <summary>Makes the set of assignments.</summary>
    /// <param name="observed">The observed label of each cluster, from 0.</param>
    public Assignments(int[] observed)
    {
        this.observed = observed;
        numbers = new int[observed.Max() + 1];
        foreach (var label in observed) numbers[label]++;
        Possible = Ways(numbers);
    }

    /// <summary>How many assignments there are.</summary>
    public BigInteger Possible { get; }

    /// <summary>By statistic, how many assignments are as large as the observed one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="statistics">How many statistics there are.</param>
    /// <param name="newJudge">Makes, for one thread, what adds 1 for each statistic of an assignment that is as large.</param>
    public long[] Count(DrawPlan plan, int statistics, Func<Action<int[], long[]>> newJudge)
    {
        var tallies = new long[Blocks(plan)][];
        Visit(plan, newJudge, (judge, labels, draw) => judge(labels, tallies[draw / BlockSize] ??= new long[statistics]));
        var counts = new long[statistics];
        foreach (var tally in tallies)
        {
            for (var k = 0; k < statistics; k++) counts[k] += tally[k];
        }

        return counts;
    }

    /// <summary>What a statistic is in every assignment, in their order.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="newStatistic">Makes, for one thread, the statistic of an assignment.</param>
    public T[] Values<T>(DrawPlan plan, Func<Func<int[], T>> newStatistic)
    {
        var values = new T[plan.Drawn ?? (long)plan.Possible];
        Visit(plan, newStatistic, (statistic, labels, draw) => values[draw] = statistic(labels));
        return values;
    }

    private static int Blocks(DrawPlan plan) => (int)(((plan.Drawn ?? (long)plan.Possible) + BlockSize - 1) / BlockSize);

    private void Visit<TState>(DrawPlan plan, Func<TState> newState, Action<TState, int[], long> visit)
    {
        var draws = plan.Drawn ?? (long)plan.Possible;
        var work = Work.Of("assignments, in blocks", Blocks(plan));
        Parallel.For(0, Blocks(plan), newState, (block, _, state) =>
        {
            long from = (long)block * BlockSize, to = Math.Min(draws, from + BlockSize);
            var labels = plan.Drawn is null ? At(from) : (int[])observed.Clone();
            var random = plan.Drawn is null ? null : new RandomStream(plan.Seed, block);
            for (var draw = from; draw < to; draw++)
            {
                if (random is not null) random.Shuffle<int>(labels);
                else if (draw > from) Next(labels);
                visit(state, labels, draw);
            }

            work.Step();
            return state;
        }, _ => { });
    }

    // The assignment with a number: at each place the labels before the right one take up so many numbers.
    private int[] At(long number)
    {
        var left = (int[])numbers.Clone();
        var labels = new int[observed.Length];
        BigInteger rest = number, ways = Possible;
        for (var place = 0; place < labels.Length; place++)
        {
            for (var label = 0; label < left.Length; label++)
            {
                if (left[label] == 0) continue;
                var below = ways * left[label] / (labels.Length - place);
                if (rest >= below)
                {
                    rest -= below;
                    continue;
                }

                labels[place] = label;
                left[label]--;
                ways = below;
                break;
            }
        }

        return labels;
    }

    private static void Next(int[] labels)
    {
        var i = labels.Length - 2;
        while (i >= 0 && labels[i] >= labels[i + 1]) i--;
        if (i < 0) return;
        var j = labels.Length - 1;
        while (labels[j] <= labels[i]) j--;
        (labels[i], labels[j]) = (labels[j], labels[i]);
        Array.Reverse(labels, i + 1, labels.Length - i - 1);
    }

    private static BigInteger Ways(int[] numbers)
    {
        BigInteger ways = 1;
        var placed = 0;
        foreach (var number in numbers)
        {
            for (var k = 1; k <= number; k++) ways = ways * ++placed / k;
        }

        return ways;
    }
}

using System.Globalization;

namespace Analys.Measure.Effects.Persons;

/// <summary>How nearest neighbours are chosen.</summary>
/// <param name="Ratio">Comparisons for each treated.</param>
/// <param name="Replacement">True where a comparison may serve several treated.</param>
/// <param name="Caliper">The largest distance, in standard deviations of the propensity over all; null for none.</param>
internal sealed record MatchChoice(int Ratio = 1, bool Replacement = false, double? Caliper = null);

/// <summary>att-nearest-match: each treated beside the comparison with the nearest propensity.</summary>
/// <remarks>
/// On the propensity itself. Treated by propensity from the largest (ties: file order), each the nearest free comparison above or below
/// (ties: file order); with several comparisons each, in rounds, so that the last treated does not go without. The nearest free one is
/// found by two chains over the distinct propensities that skip what is taken: n·log n for n persons.
/// </remarks>
internal sealed class NearestMatch
{
    private NearestMatch(int[] treated, int[][] comparisons, double? caliper)
    {
        Treated = treated;
        Comparisons = comparisons;
        Caliper = caliper;
    }

    /// <summary>The matched treated, in the order in which they were matched.</summary>
    public int[] Treated { get; }

    /// <summary>For each of them its comparisons.</summary>
    public int[][] Comparisons { get; }

    /// <summary>The caliper in the propensity's unit.</summary>
    public double? Caliper { get; }

    /// <summary>Matches.</summary>
    public static NearestMatch Of(double[] propensity, bool[] isTreated, MatchChoice choice)
    {
        var caliper = choice.Caliper * Math.Sqrt(Compensated.Variance(propensity));
        int[] treated = [.. Enumerable.Range(0, propensity.Length).Where(row => isTreated[row]).OrderByDescending(row => propensity[row])];
        var pool = new Pool(propensity,
            [.. Enumerable.Range(0, propensity.Length).Where(row => !isTreated[row]).OrderBy(row => propensity[row])]);
        var found = Array.ConvertAll(treated, _ => new List<int>());
        for (var round = 0; round < choice.Ratio; round++)
        {
            for (var k = 0; k < treated.Length; k++)
            {
                // A treated that found none in one round finds none later: the pool only shrinks.
                if (found[k].Count < round) continue;
                var best = choice.Replacement ? pool.Nearest(propensity[treated[k]], found[k]) : pool.Nearest(propensity[treated[k]], null);
                if (best < 0 || Math.Abs(propensity[best] - propensity[treated[k]]) > caliper) continue;
                found[k].Add(best);
                if (!choice.Replacement) pool.Take(best);
            }
        }

        int[] matched = [.. Enumerable.Range(0, treated.Length).Where(k => found[k].Count > 0)];
        return new(Array.ConvertAll(matched, k => treated[k]), Array.ConvertAll(matched, k => found[k].ToArray()), caliper);
    }

    /// <summary>For each pair, the treated's outcome less its comparisons' mean.</summary>
    public double[] Differences(double[] outcomes) =>
        [.. Treated.Select((row, k) => outcomes[row] - Compensated.Mean(CrossSection.At(outcomes, Comparisons[k])))];

    /// <summary>
    /// The record. Without replacement: standard error sd of the differences/sqrt(pairs), t with pairs − 1. With it, comparisons that serve
    /// several add what Abadie and Imbens (2006) give, and the interval is normal.
    /// </summary>
    public Estimate Record(CrossSection data, double[] propensity, MatchChoice choice, double level)
    {
        const string id = "att-nearest-match";
        if (Treated.Length == 0) return Estimate.Undefined(id, "no comparison lies within the caliper; widen it");
        var differences = Differences(data.Outcomes);
        double value = Compensated.Mean(differences), pairs = differences.Length;
        var record = new Estimate(id)
        {
            Value = value,
            Treated = Treated.Length,
            Comparison = Comparisons.SelectMany(rows => rows).Distinct().Count(),
            Reason = Treated.Length < data.TreatedRows.Length
                ? "some treated have no free comparison near enough and are left out: the effect is that on the others" : null,
        };
        record = record.With("ratio", choice.Ratio.ToString(CultureInfo.InvariantCulture))
            .With("replacement", choice.Replacement ? "with" : "without");
        if (choice.Caliper is { } caliper) record = record.With("caliper", caliper.ToString(CultureInfo.InvariantCulture));
        if (Treated.Length < 2) return record with { Reason = "one pair: no standard error" };
        if (!choice.Replacement)
        {
            return Errors.Interval(record
                with
            { StandardError = Math.Sqrt(Compensated.Variance(differences) / pairs), Degrees = pairs - 1 }, level);
        }

        var uses = new double[data.Units];
        foreach (var rows in Comparisons)
        {
            foreach (var row in rows) uses[row] += 1.0 / rows.Length;
        }

        var squares = default(Compensated);
        foreach (var difference in differences) squares.Add((difference - value) * (difference - value));
        int[] order = [.. data.ComparisonRows.OrderBy(row => propensity[row])];
        for (var k = 0; k < order.Length; k++)
        {
            var row = order[k];
            if (uses[row] == 0 || order.Length < 2) continue;
            var near = k == 0 ? order[1] : k == order.Length - 1 ? order[k - 1]
                : Math.Abs(propensity[order[k - 1]] - propensity[row]) <= Math.Abs(propensity[order[k + 1]] - propensity[row])
                    ? order[k - 1] : order[k + 1];
            var spread = (data.Outcomes[row] - data.Outcomes[near]) * (data.Outcomes[row] - data.Outcomes[near]) / 2;
            squares.Add(uses[row] * (uses[row] - (1.0 / choice.Ratio)) * spread);
        }

        return Errors.Interval(record with { StandardError = Math.Sqrt(Math.Max(0, squares.Value)) / pairs }, level);
    }

    // The comparisons, by distinct propensity; those taken are skipped by chains that are shortened as they are followed.
    private sealed class Pool
    {
        private readonly double[] values;
        private readonly int[] starts;
        private readonly int[] heads;
        private readonly int[] rows;
        private readonly int[] group;
        private readonly int[] down;
        private readonly int[] up;

        public Pool(double[] propensity, int[] sorted)
        {
            rows = sorted;
            group = new int[propensity.Length];
            List<double> distinct = [];
            List<int> first = [];
            for (var k = 0; k < sorted.Length; k++)
            {
                if (k == 0 || propensity[sorted[k]] != propensity[sorted[k - 1]])
                {
                    distinct.Add(propensity[sorted[k]]);
                    first.Add(k);
                }

                group[sorted[k]] = distinct.Count - 1;
            }

            values = [.. distinct];
            starts = [.. first, sorted.Length];
            heads = [.. first];
            // Place 0 stands below all, the last above all.
            down = [.. Enumerable.Range(0, values.Length + 2)];
            up = [.. Enumerable.Range(0, values.Length + 2)];
        }

        // The nearest row that is free and not among those already found; −1 for none.
        public int Nearest(double value, List<int>? found)
        {
            var at = Array.BinarySearch(values, value);
            int above = Find(up, (at >= 0 ? at : ~at) + 1), below = Find(down, at >= 0 ? at + 1 : ~at);
            while (true)
            {
                int high = above <= values.Length ? Row(above - 1, found) : -1, low = below >= 1 ? Row(below - 1, found) : -1;
                if (above <= values.Length && high < 0)
                {
                    above = Find(up, above + 1);
                    continue;
                }

                if (below >= 1 && low < 0)
                {
                    below = Find(down, below - 1);
                    continue;
                }

                if (high < 0 || low < 0) return Math.Max(high, low);
                double over = values[above - 1] - value, under = value - values[below - 1];
                return over < under || (over == under && high < low) ? high : low;
            }
        }

        public void Take(int row)
        {
            var at = group[row];
            if (++heads[at] < starts[at + 1]) return;
            up[at + 1] = at + 2;
            down[at + 1] = at;
        }

        private int Row(int at, List<int>? found)
        {
            for (var k = heads[at]; k < starts[at + 1]; k++)
            {
                if (found is null || !found.Contains(rows[k])) return rows[k];
            }

            return -1;
        }

        private static int Find(int[] chain, int at)
        {
            while (chain[at] != at)
            {
                chain[at] = chain[chain[at]];
                at = chain[at];
            }

            return at;
        }
    }
}

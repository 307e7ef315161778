namespace Analys.Measure.Segregation.Tools;

/// <summary>Merges units pair by pair, each time the two whose merging loses least of M.</summary>
/// <remarks>
/// Merging i and j loses (t_i + t_j) / N times the Jensen-Shannon divergence of their compositions, 0 where they are alike. All pairs may be
/// merged; candidates are kept in a queue and recomputed for the merged unit only. Source: Elbers 2021 (compression of segregation tables).
/// Swedish: <i>sammanslagning av enheter</i>.
/// </remarks>
public static class UnitMerging
{
    /// <summary>One merging.</summary>
    /// <param name="Into">The name of the unit that remains.</param>
    /// <param name="Merged">The name of the unit that went into it.</param>
    /// <param name="Information">M after it, in nats.</param>
    public readonly record struct Step(string Into, string Merged, double Information);

    /// <summary>The counts in fewer units, with the steps that led there.</summary>
    /// <param name="counts">The counts; every person in one cell.</param>
    /// <param name="units">How many units to keep, at least 1.</param>
    public static (GroupCounts Counts, IReadOnlyList<Step> Steps) To(GroupCounts counts, int units)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var width = counts.Groups.Length;
        var number = counts.Units.Length;
        var cells = counts.Counts.ToArray();
        var total = Sums.Of(cells);
        var version = new int[number];
        var into = Enumerable.Range(0, number).ToArray();
        var alive = Enumerable.Repeat(true, number).ToArray();
        var queue = new PriorityQueue<(int A, int B, int VersionA, int VersionB), (double, int, int)>();
        for (var a = 0; a < number; a++)
        {
            for (var b = a + 1; b < number; b++) Offer(a, b);
        }

        var information = total == 0 ? 0 : MultigroupMutualInformation.Formula(new CountTable(cells, width)).Number;
        var steps = new List<Step>();
        for (var left = number; left > units && queue.TryDequeue(out var pair, out var priority);)
        {
            if (!alive[pair.A] || !alive[pair.B] || version[pair.A] != pair.VersionA || version[pair.B] != pair.VersionB) continue;
            for (var g = 0; g < width; g++) cells[(pair.A * width) + g] += cells[(pair.B * width) + g];
            alive[pair.B] = false;
            version[pair.A]++;
            information = Math.Max(0, information - priority.Item1);
            for (var unit = 0; unit < number; unit++) into[unit] = into[unit] == pair.B ? pair.A : into[unit];
            steps.Add(new Step(counts.Units[pair.A], counts.Units[pair.B], information));
            left--;
            for (var other = 0; other < number; other++)
            {
                if (alive[other] && other != pair.A) Offer(Math.Min(other, pair.A), Math.Max(other, pair.A));
            }
        }

        var names = counts.Units.Select((unit, i) => (unit, counts.Units[into[i]])).ToDictionary(pair => pair.unit, pair => pair.Item2, StringComparer.Ordinal);
        return (counts.Merge(unit => names[unit], "units merged with least loss of M"), steps);

        void Offer(int a, int b) => queue.Enqueue((a, b, version[a], version[b]), (Loss(cells.AsSpan(a * width, width), cells.AsSpan(b * width, width), total), a, b));
    }

    // What M loses: (Σ n ln n by unit − Σ t ln t) falls when the two become one.
    private static double Loss(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double total)
    {
        double sumA = Sums.Of(a), sumB = Sums.Of(b), loss = 0;
        if (sumA == 0 || sumB == 0) return 0;
        for (var g = 0; g < a.Length; g++)
        {
            var mixed = (a[g] + b[g]) / (sumA + sumB);
            if (a[g] > 0) loss += a[g] / total * Math.Log(a[g] / sumA / mixed);
            if (b[g] > 0) loss += b[g] / total * Math.Log(b[g] / sumB / mixed);
        }

        return Math.Max(0, loss);
    }
}

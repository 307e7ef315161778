using Analys.Load;
using Analys.Measure.Inference;
using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Change;

/// <summary>Iterative proportional fitting: a table with given margins and the association (odds ratios) of another.</summary>
/// <remarks>
/// Rows and columns are scaled in turn until every margin agrees to a relative 1e-13; zeros stay zeros. Where the pattern of zeros does not
/// admit the margins it does not converge, and there is no result. Source: Deming &amp; Stephan 1940, Annals of Mathematical Statistics
/// 11(4). Swedish: <i>iterativ proportionell anpassning</i>.
/// </remarks>
internal static class ProportionalFitting
{
    private const double Precision = 1e-13;
    private const int MostIterations = 100_000;

    /// <summary>The reason that is given where fitting does not converge.</summary>
    public const string NotConverged = "proportional fitting does not converge: the pattern of zeros does not admit the margins";

    /// <summary>The fitted table; null where it does not converge.</summary>
    /// <param name="counts">The table whose association is kept, row by row.</param>
    /// <param name="rows">The wanted row totals.</param>
    /// <param name="columns">The wanted column totals, with the same sum.</param>
    /// <exception cref="CountException">The margins have different sums.</exception>
    public static double[]? Fit(ReadOnlySpan<double> counts, ReadOnlySpan<double> rows, ReadOnlySpan<double> columns)
    {
        if (Math.Abs(Sums.Of(rows) - Sums.Of(columns)) > 1e-9 * Math.Max(Sums.Of(rows), Sums.Of(columns)))
            throw new CountException("The margins have different sums.");
        var fitted = counts.ToArray();
        var width = columns.Length;
        var sums = new double[width];
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            for (var row = 0; row < rows.Length; row++)
            {
                var line = fitted.AsSpan(row * width, width);
                var sum = Sums.Of(line);
                if (sum == 0 && rows[row] > 0) return null;
                for (var column = 0; column < width && sum > 0; column++) line[column] *= rows[row] / sum;
            }

            Array.Clear(sums);
            for (var i = 0; i < fitted.Length; i++) sums[i % width] += fitted[i];
            // Rows agree exactly now; the columns say how far off the table still is.
            double off = 0;
            for (var column = 0; column < width; column++)
            {
                if (columns[column] > 0) off = Math.Max(off, Math.Abs((sums[column] / columns[column]) - 1));
                if (sums[column] == 0 && columns[column] > 0) return null;
            }

            if (off <= Precision) return fitted;
            for (var i = 0; i < fitted.Length; i++)
            {
                if (sums[i % width] > 0) fitted[i] *= columns[i % width] / sums[i % width];
            }

            // Rounding alone keeps large tables a little above the precision.
            if (iteration == MostIterations - 1 && off <= 1e-10) return fitted;
        }

        return null;
    }
}

/// <summary>Counts moved from one vintage of areas to another.</summary>
/// <remarks>Each old unit is shared out over new ones by given parts that add up to 1, so that nobody is lost. Swedish: <i>nyckel mellan
/// områdesindelningar</i>.</remarks>
internal static class CountCrosswalk
{
    /// <summary>A part of an old unit that lies in a new one.</summary>
    /// <param name="From">The old unit.</param>
    /// <param name="To">The new unit.</param>
    /// <param name="Part">The part of the old unit's persons, above 0 and at most 1.</param>
    public readonly record struct Link(string From, string To, double Part);

    /// <summary>The links of a table: columns from and to (by these names, else the first two), and a third of parts (named <c>part</c>)
    /// that add up to 1 for each old unit, or of persons (any other name), by which the old unit's persons are shared out; without it old
    /// units lie whole in new ones.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="CountException">A cell is missing or negative, an old unit's persons are none, or a pair comes twice.</exception>
    public static IReadOnlyList<Link> Links(Extract table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Columns.Count < 2)
            throw new CountException("A table between divisions has the columns from and to, and parts or persons.");
        Column Named(string name, int place) => table.Columns.FirstOrDefault(column => column.Name == name) ?? table.Columns[place];
        var (from, to) = (UnitKeys.Of(Named("from", 0)), UnitKeys.Of(Named("to", 1)));
        var weights = table.Columns.FirstOrDefault(column => column.Name == "part") ?? (table.Columns.Count > 2 ? table.Columns[2] : null);
        double[]? numbers = weights is null ? null : [.. table.Number(weights.Name).Values];
        var links = new List<Link>();
        var seen = new HashSet<(string, string)>();
        for (var row = 0; row < from.Length; row++)
        {
            if (from[row] is not { } old || to[row] is not { } now)
                throw new CountException("A row of the table between divisions has no area.");
            var part = numbers is null ? 1 : numbers[row];
            if (!(part >= 0) || !double.IsFinite(part))
                throw new CountException("A part of the table between divisions is negative or missing.");
            if (!seen.Add((old, now))) throw new CountException($"The table between divisions has the pair {old}, {now} twice.");
            if (part > 0) links.Add(new Link(old, now, part));
        }

        if (weights?.Name == "part") return links;
        var sums = links.GroupBy(link => link.From, StringComparer.Ordinal).ToDictionary(own => own.Key, own => own.Sum(link => link.Part),
            StringComparer.Ordinal);
        if (numbers is null && sums.FirstOrDefault(sum => sum.Value > 1).Key is { } divided)
            throw new CountException(
                $"The area {divided} lies in several new ones: the table needs a third column of persons, or of parts.");
        return [.. links.Select(link => link with { Part = link.Part / sums[link.From] })];
    }

    /// <summary>The counts by the new units. They are fractional where an old unit is divided.</summary>
    /// <param name="counts">The counts by the old units.</param>
    /// <param name="links">The parts of every old unit.</param>
    /// <param name="step">What this is, for the provenance.</param>
    /// <exception cref="CountException">An old unit has no link, or its parts do not add up to 1.</exception>
    public static GroupCounts Apply(GroupCounts counts, IEnumerable<Link> links, string step)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var byUnit = links.ToLookup(link => link.From, StringComparer.Ordinal);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var link in counts.Units.SelectMany(unit => byUnit[unit])) index.TryAdd(link.To, index.Count);
        var width = counts.Groups.Length;
        var moved = new double[index.Count * width];
        var totals = counts.HasSeparateTotals ? new double[index.Count] : [];
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            var parts = byUnit[counts.Units[unit]].ToList();
            if (parts.Count == 0 && counts.Totals[unit] == 0) continue;
            if (parts.Count == 0) throw new CountException($"The unit {counts.Units[unit]} is not in the table between divisions.");
            if (parts.Any(part => !(part.Part is > 0 and <= 1.000000001)) || Math.Abs(parts.Sum(part => part.Part) - 1) > 1e-9)
                throw new CountException($"The parts of the unit {counts.Units[unit]} do not add up to 1.");

            foreach (var part in parts)
            {
                for (var g = 0; g < width; g++) moved[(index[part.To] * width) + g] += counts[unit, g] * part.Part;
                if (counts.HasSeparateTotals) totals[index[part.To]] += counts.Totals[unit] * part.Part;
            }
        }

        return new GroupCounts(index.Keys, counts.Groups, moved, totals, counts.Confidentiality, counts.Provenance.With(step));
    }
}

/// <summary>Merges units pair by pair, each time the two whose merging loses least of M.</summary>
/// <remarks>
/// Merging i and j loses (t_i + t_j) / N times the Jensen-Shannon divergence of their compositions, 0 where they are alike. All pairs may
/// be merged; candidates are kept in a queue and recomputed for the merged unit only. Source: Elbers 2021 (compression of segregation
/// tables). Swedish: <i>sammanslagning av enheter</i>.
/// </remarks>
internal static class UnitMerging
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

        var names = counts.Units.Select((unit, i) => (unit, counts.Units[into[i]]))
            .ToDictionary(pair => pair.unit, pair => pair.Item2, StringComparer.Ordinal);
        return (counts.Merge(unit => names[unit], "units merged with least loss of M"), steps);

        void Offer(int a, int b) =>
            queue.Enqueue((a, b, version[a], version[b]),
                (Loss(cells.AsSpan(a * width, width), cells.AsSpan(b * width, width), total), a, b));
    }

    // What M loses: (Σ n ln n by unit − Σ t ln t) falls when the two become one.
    private static double Loss(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double total)
    {
        double sumA = Sums.Of(a), sumB = Sums.Of(b), loss = 0;
        if (sumA == 0 || sumB == 0) return 0;
        for (var g = 0; g < a.Length; g++)
        {
            var mixed = (a[g] + b[g]) / (sumA + sumB);
            if (a[g] > 0) loss += a[g] / total * PortableMath.Log(a[g] / sumA / mixed);
            if (b[g] > 0) loss += b[g] / total * PortableMath.Log(b[g] / sumB / mixed);
        }

        return Math.Max(0, loss);
    }
}

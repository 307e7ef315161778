using System.Runtime.CompilerServices;
using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Change;

/// <summary>Makes replicates of counts and gathers the measures' values on them, figure by figure.</summary>
internal static class Resampler
{
    /// <summary>Why these counts cannot be resampled; null where they can.</summary>
    public static string? WhyNot(GroupCounts counts)
    {
        if (counts.GroupsOverlap) return "the groups overlap, so persons cannot be drawn";
        if (counts.Total == 0) return UndefinedReason.NoPersons;
        foreach (var count in counts.Counts)
        {
            if (count != Math.Floor(count)) return "counts are not whole, so persons cannot be drawn";
        }

        foreach (var count in counts.Totals)
        {
            if (count != Math.Floor(count)) return "counts are not whole, so persons cannot be drawn";
        }

        return null;
    }

    /// <summary>Replicates by drawing persons anew; one array per figure, one value per replicate.</summary>
    public static double[][] Bootstrap(MeasureSet set, GroupCounts counts, ResamplingOptions options)
    {
        var complete = counts.Complete();
        var sampler = new CellBootstrap(complete.Counts, DrawOrder.Of(complete).Cells());
        return Run(set, options, complete.Counts.Length, (random, cells) =>
        {
            sampler.Draw(random, cells);
            return Shape(counts, complete, cells);
        });
    }

    /// <summary>Replicates under a null model.</summary>
    public static double[][] Null(MeasureSet set, GroupCounts counts, NullModel model, ResamplingOptions options)
    {
        if (model == NullModel.Geographic)
        {
            var units = DrawOrder.Of(counts).Units;
            return Run(set, options, counts.Counts.Length, (random, cells) =>
            {
                var shuffled = units.ToArray();
                random.Shuffle<int>(shuffled);
                var order = new int[units.Length];
                for (var i = 0; i < order.Length; i++) order[units[i]] = shuffled[i];
                return Permuted(counts, order, cells);
            });
        }

        var complete = counts.Complete();
        if (model == NullModel.Allocation)
        {
            var allocation = new RandomAllocation(complete);
            return Run(set, options, complete.Counts.Length, (random, cells) =>
            {
                allocation.Draw(random, cells);
                return Shape(counts, complete, cells);
            });
        }

        var margins = new FixedMargins(complete);
        return Run(set, options, complete.Counts.Length, (random, cells) =>
        {
            margins.Draw(random, cells);
            return Shape(counts, complete, cells);
        });
    }

    // Each thread fills the same arrays again and again: they are too large to be made anew for every replicate.
    private static double[][] Run(MeasureSet set, ResamplingOptions options, int cells, Func<RandomStream, double[], GroupCounts> draw)
    {
        var rows = Replicates.Run(options.Replicates, options.Seed, () => (Cells: new double[cells], Values: new Quantity[set.Count]),
            (random, scratch) => set.Numbers(draw(random, scratch.Cells), scratch.Values), options.Cancel);
        var columns = new double[set.Count][];
        for (var figure = 0; figure < columns.Length; figure++)
        {
            columns[figure] = new double[rows.Length];
            for (var row = 0; row < rows.Length; row++) columns[figure][row] = rows[row][figure];
        }

        return columns;
    }

    /// <summary>A replicate of the complete table in the shape of the counts: a group of everyone else goes back into the totals.</summary>
    public static GroupCounts Shape(GroupCounts counts, GroupCounts complete, double[] cells)
    {
        if (ReferenceEquals(counts, complete)) return counts.Replicate(cells);
        int wide = complete.Groups.Length, narrow = counts.Groups.Length;
        var listed = new double[counts.Counts.Length];
        var totals = new double[counts.Units.Length];
        for (var unit = 0; unit < totals.Length; unit++)
        {
            cells.AsSpan(unit * wide, narrow).CopyTo(listed.AsSpan(unit * narrow));
            totals[unit] = Sums.Of(cells.AsSpan(unit * wide, wide));
        }

        return counts.Replicate(listed, totals);
    }

    private static GroupCounts Permuted(GroupCounts counts, int[] order, double[] cells)
    {
        var groups = counts.Groups.Length;
        var totals = counts.HasSeparateTotals ? new double[order.Length] : null;
        for (var unit = 0; unit < order.Length; unit++)
        {
            counts.Unit(order[unit]).CopyTo(cells.AsSpan(unit * groups));
            if (totals is not null) totals[unit] = counts.Totals[order[unit]];
        }

        return counts.Replicate(cells, totals);
    }
}

/// <summary>Draws tables in which unit and group are independent and both margins are those observed.</summary>
/// <remarks>
/// This is what shuffling the persons over the places gives (person permutation); it is drawn cell by cell from hypergeometric
/// distributions instead, which does not depend on the number of persons.
/// </remarks>
internal sealed class FixedMargins(GroupCounts counts)
{
    private readonly DrawOrder order = DrawOrder.Of(counts);
    private readonly double[] units = counts.Totals.ToArray();
    private readonly double[] groups = [.. Enumerable.Range(0, counts.Groups.Length).Select(counts.GroupTotal)];
    private readonly HypergeometricDraws variates = new(counts.Total);

    /// <summary>Fills a replicate.</summary>
    public void Draw(RandomStream random, Span<double> replicate)
    {
        Span<double> left = groups.Length <= 64 ? stackalloc double[groups.Length] : new double[groups.Length];
        groups.CopyTo(left);
        var persons = Sums.Of(left);
        foreach (var unit in order.Units)
        {
            double places = units[unit], pool = persons;
            for (var i = 0; i < left.Length; i++)
            {
                var group = order.Groups[i];
                var taken = i == left.Length - 1 ? places : variates.Draw(random, pool, left[group], places);
                replicate[(unit * left.Length) + group] = taken;
                pool -= left[group];
                left[group] -= taken;
                places -= taken;
            }

            persons -= units[unit];
        }
    }
}

/// <summary>Draws tables in which every group has its size and each member a unit by chance, the larger the likelier.</summary>
/// <remarks>Group by group a multinomial draw over the units with chances t_i / N; units with the sizes that then come out. Source:
/// Cortese, Falk &amp; Cohen 1976, American Sociological Review 41(4).</remarks>
internal sealed class RandomAllocation(GroupCounts counts)
{
    private readonly DrawOrder order = DrawOrder.Of(counts);
    private readonly double[] units = counts.Totals.ToArray();
    private readonly double[] groups = [.. Enumerable.Range(0, counts.Groups.Length).Select(counts.GroupTotal)];
    private readonly double everyone = counts.Total;

    /// <summary>Fills a replicate.</summary>
    public void Draw(RandomStream random, Span<double> replicate)
    {
        foreach (var group in order.Groups)
        {
            double left = groups[group], places = everyone;
            foreach (var unit in order.Units)
            {
                var taken = places <= units[unit] ? left : Variates.Binomial(random, left, units[unit] / places);
                replicate[(unit * groups.Length) + group] = taken;
                left -= taken;
                places -= units[unit];
            }
        }
    }
}

/// <summary>The order in which units and groups are drawn: that of their names, so that a seed gives the same replicates whatever order a
/// file or an engine has its rows in.</summary>
/// <param name="Units">The indices of the units.</param>
/// <param name="Groups">The indices of the groups.</param>
internal sealed record DrawOrder(int[] Units, int[] Groups)
{
    /// <summary>The order for these counts.</summary>
    public static DrawOrder Of(GroupCounts counts) => new(ByName(counts.Units), ByName(counts.Groups));

    /// <summary>The indices of the cells, unit by unit.</summary>
    public IEnumerable<int> Cells() => Units.SelectMany(unit => Groups.Select(group => (unit * Groups.Length) + group));

    // Sorting is stable: units of one name keep the order that they have.
    private static int[] ByName(IReadOnlyList<string> names) =>
        [.. Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal)];
}

/// <summary>Draws as many persons as there are, each into a cell with the cell's observed chance: a multinomial draw over all
/// cells.</summary>
/// <remarks>
/// Poisson counts with slightly smaller means are drawn cell by cell, from a table per distinct count; the few persons still missing are
/// then drawn one by one. Given that the Poisson counts do not exceed N this is the multinomial distribution exactly, and a replicate
/// costs one random number per cell.
/// </remarks>
internal sealed class CellBootstrap
{
    private const double TableLimit = 10_000;
    private const double DirectLimit = 1e11;
    private readonly Cell[] filled;
    private readonly int[] at;
    private readonly double total;
    private readonly double thin;
    private readonly AliasTable cells;
    private readonly AliasSlot[] slots;

    /// <summary>A sampler for whole counts, drawn in their own order.</summary>
    public CellBootstrap(ReadOnlySpan<double> counts)
        : this(counts, Enumerable.Range(0, counts.Length))
    {
    }

    /// <summary>A sampler for whole counts.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="order">The cells in the order in which they are drawn.</param>
    public CellBootstrap(ReadOnlySpan<double> counts, IEnumerable<int> order)
    {
        // Empty cells stay empty; without them a replicate does not depend on how many there are.
        var some = new List<Cell>();
        foreach (var cell in order)
        {
            if (counts[cell] > 0) some.Add(new(cell, counts[cell], 0, 0, 0));
        }

        filled = [.. some];
        at = [.. filled.Select(cell => cell.At)];
        double[] weights = [.. filled.Select(cell => cell.Count)];
        total = Sums.Of(weights);
        thin = Math.Max(0, 1 - (4 / Math.Sqrt(total)));
        cells = new AliasTable(weights);
        slots = Tables();
    }

    // The tables of all distinct counts one behind the other, and for each cell where its own stands.
    private AliasSlot[] Tables()
    {
        var tables = new Dictionary<double, Cell>();
        var length = 0;
        for (var i = 0; i < filled.Length; i++)
        {
            var count = filled[i].Count;
            if (count > TableLimit) continue;
            if (!tables.TryGetValue(count, out var table))
            {
                double mean = count * thin, reach = 12 + (10 * Math.Sqrt(mean));
                var first = (int)Math.Max(0, Math.Floor(mean - reach));
                tables[count] = table = new(0, count, length, (int)Math.Ceiling(mean + reach) - first + 1, first);
                length += table.Size;
            }

            filled[i] = table with { At = filled[i].At };
        }

        var all = new AliasSlot[length];
        Cell[] distinct = [.. tables.Values];
        Parallel.For(0, distinct.Length, i => Fill(distinct[i], all));
        return all;
    }

    // A Poisson distribution as a table.
    private void Fill(Cell table, AliasSlot[] all)
    {
        // Of no mean at all only the count 0 has a weight.
        double mean = table.Count * thin, logMean = mean == 0 ? double.MinValue : PortableMath.Log(mean);
        var weights = new double[table.Size];
        for (var k = 0; k < weights.Length; k++)
            weights[k] = ((table.First + k) * logMean) - mean - LogFactorial.Of(table.First + k);
        PortableMath.Exp(weights);
        AliasTable.Fill(weights, all.AsSpan(table.Start, table.Size));
    }

    /// <summary>Fills a replicate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(RandomStream random, Span<double> replicate)
    {
        replicate.Clear();
        if (total > DirectLimit)
        {
            Conditional(random, replicate);
            return;
        }

        double drawn;
        var state = random.State;
        do
        {
            drawn = 0;
            foreach (ref readonly var cell in filled.AsSpan())
            {
                double count;
                if (cell.Size > 0)
                {
                    count = cell.First + AliasTable.Draw(ref state, slots.AsSpan(cell.Start, cell.Size));
                }
                else
                {
                    random.State = state;
                    count = Variates.Poisson(random, cell.Count * thin);
                    state = random.State;
                }

                replicate[cell.At] = count;
                drawn += count;
            }
        }
        while (drawn > total);

        for (; drawn < total; drawn++) replicate[at[cells.Draw(ref state)]]++;
        random.State = state;
    }

    // Cell after cell, given what the cells before it took.
    private void Conditional(RandomStream random, Span<double> replicate)
    {
        double persons = total, weight = total;
        for (var i = 0; i < filled.Length; i++)
        {
            var (at, expected, _, _, _) = filled[i];
            var count = i == filled.Length - 1 ? persons : Variates.Binomial(random, persons, Math.Min(1, expected / weight));
            replicate[at] = count;
            persons -= count;
            weight -= expected;
        }
    }

    // A cell with persons: its index, its count, and where its table stands, how long that is and with which count it begins; no table for
    // large counts.
    private readonly record struct Cell(int At, double Count, int Start, int Size, int First);
}

using Analys.Measure.Inference;

namespace Analys.Measure.Segregation.Resampling;

/// <summary>Draws as many persons as there are, each into a cell with the cell's observed chance: a multinomial draw over all cells.</summary>
/// <remarks>
/// Poisson counts with slightly smaller means are drawn cell by cell, from a table per distinct count; the few persons still missing are
/// then drawn one by one. Given that the Poisson counts do not exceed N this is the multinomial distribution exactly, and a replicate
/// costs one random number per cell.
/// </remarks>
internal sealed class CellBootstrap
{
    private const double TableLimit = 10_000;
    private const double DirectLimit = 1e11;
    private readonly int[] cellOf;
    private readonly double[] counts;
    private readonly double total;
    private readonly double thin;
    private readonly AliasTable cells;
    private readonly PoissonTable?[] tableOf;

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
        var filled = new List<int>();
        foreach (var cell in order)
        {
            if (counts[cell] > 0) filled.Add(cell);
        }

        cellOf = [.. filled];
        this.counts = new double[cellOf.Length];
        for (var i = 0; i < cellOf.Length; i++) this.counts[i] = counts[cellOf[i]];
        total = Sums.Of(this.counts);
        thin = Math.Max(0, 1 - (4 / Math.Sqrt(total)));
        cells = new AliasTable(this.counts);
        tableOf = new PoissonTable?[cellOf.Length];
        var tables = new Dictionary<double, PoissonTable>();
        for (var i = 0; i < cellOf.Length; i++)
        {
            if (this.counts[i] > TableLimit) continue;
            if (!tables.TryGetValue(this.counts[i], out var table)) tables[this.counts[i]] = table = new PoissonTable(this.counts[i] * thin);
            tableOf[i] = table;
        }
    }

    /// <summary>Fills a replicate.</summary>
    public void Draw(RandomStream random, Span<double> replicate)
    {
        replicate.Clear();
        if (total > DirectLimit)
        {
            Conditional(random, replicate);
            return;
        }

        double drawn;
        do
        {
            drawn = 0;
            for (var i = 0; i < cellOf.Length; i++)
            {
                var count = tableOf[i] is { } table ? table.Draw(random) : Variates.Poisson(random, counts[i] * thin);
                replicate[cellOf[i]] = count;
                drawn += count;
            }
        }
        while (drawn > total);

        for (; drawn < total; drawn++) replicate[cellOf[cells.Draw(random)]]++;
    }

    // Cell after cell, given what the cells before it took.
    private void Conditional(RandomStream random, Span<double> replicate)
    {
        double persons = total, weight = total;
        for (var i = 0; i < cellOf.Length; i++)
        {
            var count = i == cellOf.Length - 1 ? persons : Variates.Binomial(random, persons, Math.Min(1, counts[i] / weight));
            replicate[cellOf[i]] = count;
            persons -= count;
            weight -= counts[i];
        }
    }

    /// <summary>A Poisson distribution as a table.</summary>
    private sealed class PoissonTable
    {
        private readonly int first;
        private readonly AliasTable table;

        public PoissonTable(double mean)
        {
            var reach = 12 + (10 * Math.Sqrt(mean));
            first = (int)Math.Max(0, Math.Floor(mean - reach));
            var weights = new double[(int)Math.Ceiling(mean + reach) - first + 1];
            for (var k = 0; k < weights.Length; k++)
            {
                weights[k] = mean == 0 ? (first + k == 0 ? 1 : 0) : Math.Exp(((first + k) * Math.Log(mean)) - mean - LogFactorial.Of(first + k));
            }

            table = new AliasTable(weights);
        }

        public int Draw(RandomStream random) => first + table.Draw(random);
    }
}

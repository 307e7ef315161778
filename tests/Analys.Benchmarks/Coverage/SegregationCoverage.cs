using System.Globalization;
using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Benchmarks.Coverage;

/// <summary>How often intervals of indices of segregation hold the index of the units' own chances: made-up cities in which every unit has
/// its chances, and its persons fall by them.</summary>
internal static class SegregationCoverage
{
    private const int Draws = 199;

    // How far resampling moves a figure, in its errors.
    private static readonly double[] Bounds = [1, 2, 4, double.PositiveInfinity];

    private static readonly SegregationMeasure[] TwoGroups = [Dissimilarity.Measure, Gini.Measure, Hutchens.Measure, Atkinson.Measure,
        InformationTheory.Measure, CorrelationRatio.Measure];

    private static readonly SegregationMeasure[] SeveralGroups = [MultigroupDissimilarity.Measure, MultigroupGini.Measure,
        MultigroupInformationTheory.Measure, MutualInformation.Measure];

    /// <summary>Prints coverage by measure and by how much resampling moves the figure, in errors.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="cities">The number of cities for two groups, and for four.</param>
    /// <param name="seed">The seed.</param>
    public static void Run(TextWriter output, int cities, int seed)
    {
        output.WriteLine($"measure | {string.Join(" | ", Bounds.Select((bound, i) => Text(i == 0 ? 0 : Bounds[i - 1], bound)))}");
        foreach (var (measures, groups) in ((SegregationMeasure[], int)[])[(TwoGroups, 2), (SeveralGroups, 4)])
        {
            var tallies = measures.Select(_ => Bounds.Select(_ => new Tally()).ToArray()).ToArray();
            Parallel.For(0, cities, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, city =>
            {
                var random = new RandomStream(seed, (city * 10) + groups);
                var (truth, counts) = City(random, measures, groups);
                var rows = SegregationInference.Bootstrap(measures, counts, new ResamplingOptions { Replicates = Draws, Seed = city + 1 });
                for (var m = 0; m < measures.Length; m++)
                {
                    var id = measures[m].Definition.Id;
                    var row = rows.First(result => result.Measure.Id == id);
                    var bias = rows.First(result => result.Measure.Id == id + "-bias");
                    if (row.StandardError is not > 0 || !double.IsFinite(truth[m])) continue;
                    var moved = Math.Abs(bias.Value.Number) / row.StandardError.Value;
                    lock (tallies[m]) tallies[m][Array.FindIndex(Bounds, bound => moved < bound)].Add(row, truth[m]);
                }
            });
            for (var m = 0; m < measures.Length; m++)
                output.WriteLine($"{measures[m].Definition.Id} | {string.Join(" | ", tallies[m].Select(tally => tally.Text()))}");
        }
    }

    private static string Text(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"{from} to {to}");

    // 20 to 300 units of 12 to 500 persons, alike or from half to twice that; chances by a Dirichlet distribution of any width around the
    // groups' shares.
    private static (double[] Truth, GroupCounts Counts) City(RandomStream random, SegregationMeasure[] measures, int groups)
    {
        double units = Math.Round(Between(random, 20, 300)), persons = Between(random, 12, 500), spread = Between(random, 0.01, 0.5);
        var unequal = random.NextDouble() < 0.5 ? 4 : 1;
        var shares = Dirichlet(random, [.. Enumerable.Repeat(1.0, groups)], 4).Select(share => (share + 0.05) / (1 + (0.05 * groups)));
        double[] around = [.. shares];
        var sizes = Enumerable.Range(0, (int)units)
            .Select(_ => Math.Round(persons * Math.Pow(unequal, random.NextDouble() - 0.5))).ToArray();
        var chances = sizes.Select(_ => Dirichlet(random, around, (1 - spread) / spread)).ToArray();
        var truth = Values(measures, Table([.. chances.Select((row, i) => row.Select(chance => chance * sizes[i]).ToArray())]));
        return (truth, Table([.. chances.Select((row, i) => Fallen(random, row, sizes[i]))]));
    }

    private static double Between(RandomStream random, double from, double to) => from * Math.Pow(to / from, random.NextDouble());

    private static double[] Values(SegregationMeasure[] measures, GroupCounts counts)
    {
        var set = new MeasureSet(measures, counts, false);
        var values = set.Evaluate(counts);
        return [.. measures.Select(measure => values[set.All.First(item => item.Measure == measure).Index].Number)];
    }

    private static GroupCounts Table(double[][] rows) =>
        new(rows.Select((_, i) => $"{i:0000}"), Enumerable.Range(0, rows[0].Length).Select(g => $"{(char)('A' + g)}"),
            rows.SelectMany(row => row).ToArray());

    private static double[] Fallen(RandomStream random, double[] chances, double persons)
    {
        var row = new double[chances.Length];
        double left = persons, rest = 1;
        for (var g = 0; g < row.Length; g++)
        {
            row[g] = g == row.Length - 1 ? left : Variates.Binomial(random, left, Math.Clamp(chances[g] / rest, 0, 1));
            left -= row[g];
            rest = Math.Max(rest - chances[g], 1e-12);
        }

        return row;
    }

    private static double[] Dirichlet(RandomStream random, double[] shares, double precision)
    {
        var parts = shares.Select(share => Gamma(random, share * precision)).ToArray();
        var sum = parts.Sum();
        return [.. parts.Select(part => part / sum)];
    }

    // Marsaglia and Tsang 2000; below 1 lifted by a power of a uniform.
    private static double Gamma(RandomStream random, double shape)
    {
        if (shape < 1) return Gamma(random, shape + 1) * Math.Pow(Math.Max(random.NextDouble(), 1e-300), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + (c * z), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v))) return Math.Max(d * v, 1e-300);
        }
    }

    private sealed class Tally
    {
        private int given;
        private int all;
        private int above;
        private int below;

        public void Add(Result row, double truth)
        {
            all++;
            if (row.Lower is not { } lower || row.Upper is not { } upper) return;
            given++;
            if (truth < lower) below++;
            if (truth > upper) above++;
        }

        // Coverage of the intervals given, misses on either side, and how many are given.
        public string Text() => given == 0 ? all == 0 ? "" : $"none of {all}" : string.Create(CultureInfo.InvariantCulture,
            $"{100.0 * (given - above - below) / given:0.0} (<{100.0 * below / given:0} >{100.0 * above / given:0}) {given} of {all}");
    }
}

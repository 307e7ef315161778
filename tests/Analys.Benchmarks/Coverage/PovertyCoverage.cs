using System.Globalization;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Benchmarks.Coverage;

/// <summary>How often intervals of measures of poverty hold the value of the population that households were drawn from: linearised ones,
/// and percentiles of a bootstrap.</summary>
internal static class PovertyCoverage
{
    private static readonly IncomeMeasure[] Measures = [Fgt.AtRiskOfPovertyRate, Fgt.Gap, Fgt.Severity, Sen.Measure];

    /// <summary>Prints coverage by households and measure.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="samples">The number of samples of a setting.</param>
    /// <param name="seed">The seed.</param>
    public static void Run(TextWriter output, int samples, int seed)
    {
        output.WriteLine($"households | spread | way | {string.Join(" | ", Measures.Select(measure => measure.Definition.Id))}");
        foreach (var spread in (double[])[0.4, 0.7])
        {
            var truth = Values(Drawn(new RandomStream(seed, -1), 400_000, spread), IntervalMethod.None)
                .Select(row => row.Value.Number).ToArray();
            foreach (var households in (int[])[60, 200, 1000])
            {
                foreach (var way in (IntervalMethod[])[IntervalMethod.Linearised, IntervalMethod.Bootstrap])
                {
                    int[] held = new int[Measures.Length], given = new int[Measures.Length], above = new int[Measures.Length];
                    Parallel.For(0, samples, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, sample =>
                    {
                        var rows = Values(Drawn(new RandomStream(seed, sample), households, spread), way);
                        for (var m = 0; m < rows.Length; m++)
                        {
                            if (rows[m].Lower is not { } lower || rows[m].Upper is not { } upper) continue;
                            Interlocked.Increment(ref given[m]);
                            if (lower <= truth[m] && truth[m] <= upper) Interlocked.Increment(ref held[m]);
                            if (truth[m] > upper) Interlocked.Increment(ref above[m]);
                        }
                    });
                    var cells = Measures.Select((_, m) => Text(held[m], above[m], given[m], samples));
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{households} | {spread} | {way} | {string.Join(" | ", cells)}"));
                }
            }
        }
    }

    private static string Text(int held, int above, int given, int samples) => string.Create(CultureInfo.InvariantCulture,
        $"{100.0 * held / given:0.0} (>{100.0 * above / given:0.0}){(given < samples ? $" of {given}" : "")}");

    private static Result[] Values(PersonTable persons, IntervalMethod way)
    {
        var results = new IncomeStudy { Persons = persons, Uncertainty = new Uncertainty(way, Replicates: 199) }.Run(Measures);
        return [.. Measures.Select(measure => results.First(row => row.Measure.Id == measure.Definition.Id))];
    }

    // Households of one to five with incomes of a logarithmic normal distribution and unequal weights.
    private static PersonTable Drawn(RandomStream random, int households, double spread)
    {
        List<double> incomes = [], weights = [];
        List<int> of = [];
        for (var household = 0; household < households; household++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double income = Math.Exp(12.3 + (spread * normal)), weight = 0.5 + random.NextDouble();
            for (var member = 1 + (int)random.NextLong(5); member > 0; member--)
            {
                incomes.Add(income);
                weights.Add(weight);
                of.Add(household);
            }
        }

        return new PersonTable { Count = of.Count, Incomes = incomes.ToArray(), Weights = weights.ToArray(), Households = of.ToArray() };
    }
}

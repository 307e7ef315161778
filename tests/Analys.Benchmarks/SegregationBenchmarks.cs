using Analys.Measure.Inference;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Analys.Benchmarks;

/// <summary>The budgets for segregation: 6 000 units of about a hundred persons in 10 groups, and 1 000 units in 2 groups.</summary>
/// <remarks>Budgets: M and H with 100 replicates 190 ms, density-corrected D 226 ms, 500 person permutations 1 450 ms, multigroup Gini 22
/// ms.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Throughput, launchCount: 1, warmupCount: 2, iterationCount: 6)]
public class SegregationBenchmarks
{
    private readonly GroupCounts large = City(6000, 10, 10);
    private readonly GroupCounts small = City(1000, 2, 40);

    /// <summary>M and H of 6 000 × 10 with 100 bootstrap replicates.</summary>
    [Benchmark]
    public int MutualInformationAndTheilBootstrapped() => SegregationInference.Bootstrap(
        [MultigroupMutualInformation.Measure, MultigroupInformationTheory.Measure], large,
        new ResamplingOptions { Replicates = 100 }).Count;

    /// <summary>Density-corrected D of one group against the rest, 6 000 units.</summary>
    [Benchmark]
    public double DensityCorrected() => DensityCorrectedDissimilarity.Formula(large.Group(0), large.Rest(0)).Number;

    /// <summary>500 person permutations of D, 1 000 units.</summary>
    [Benchmark]
    public int PersonPermutation() =>
    SegregationInference.Test([Dissimilarity.Measure], small, NullModel.Persons, new ResamplingOptions { Replicates = 500 }).Count;

    /// <summary>Multigroup Gini of 6 000 × 10.</summary>
    [Benchmark]
    public double MultigroupGini() => Analys.Measure.Segregation.MultigroupGini.Formula(new CountTable(large.Counts, 10)).Number;

    /// <summary>M of 6 000 × 10, once.</summary>
    [Benchmark]
    public double MutualInformation() => MultigroupMutualInformation.Formula(new CountTable(large.Counts, 10)).Number;

    /// <summary>Exact expected M of 6 000 × 10.</summary>
    [Benchmark]
    public double ExpectedInformation() => MultigroupExpectedInformation.Formula(new CountTable(large.Counts, 10)).Number;

    private static GroupCounts City(int units, int groups, double perCell)
    {
        var random = new RandomStream(1, 1);
        var counts = new double[units * groups];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Variates.Poisson(random, perCell * (0.2 + (1.6 * random.NextDouble())) * (1 + (i % groups)) / 2);
        return new GroupCounts(Enumerable.Range(0, units).Select(i => $"{i}"), Enumerable.Range(0, groups).Select(g => $"g{g}"), counts);
    }
}

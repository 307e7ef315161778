using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;
using BenchmarkDotNet.Attributes;

namespace Analys.Benchmarks;

/// <summary>
/// The budgets of the design that concern poverty: district and child at-risk-of-poverty rates on five million persons (0.29 s), and
/// the rate by region with 100 bootstrap replicates on a million (1.8 s).
/// </summary>
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class PovertyBenchmarks
{
    private PersonTable five = null!, one = null!;

    /// <summary>Makes the persons: households of one to five who share an income, in fourteen districts.</summary>
    [GlobalSetup]
    public void Setup()
    {
        five = Persons(5_000_000);
        one = Persons(1_000_000);
    }

    /// <summary>Weighted rates by district, of everyone and of children.</summary>
    [Benchmark]
    public Results DistrictAndChildRates() =>
    new IncomeStudy { Persons = five, Ages = [Ages.All, Ages.Children] }.Run([Fgt.AtRiskOfPovertyRate]);

    /// <summary>100 replicates of households, the line estimated anew in each.</summary>
    [Benchmark]
    public Results HundredReplicates() =>
    new IncomeStudy { Persons = one, Uncertainty = new(IntervalMethod.Bootstrap, 100) }.Run([Fgt.AtRiskOfPovertyRate]);

    /// <summary>The linearised variance in the place of the bootstrap.</summary>
    [Benchmark]
    public Results Linearised() =>
    new IncomeStudy { Persons = one, Uncertainty = new(IntervalMethod.Linearised) }.Run([Fgt.AtRiskOfPovertyRate]);

    /// <summary>The whole catalogue on a million persons.</summary>
    [Benchmark]
    public Results AllMeasures() =>
    new IncomeStudy { Persons = one, Ages = [Ages.Children] }.Run([.. IncomeMeasures.Poverty.Where(measure =>
        measure.Concept == IncomeConcept.Disposable && !measure.IsAnchored), .. new MeasureCatalogue().Inequality()]);

    private static PersonTable Persons(int count)
    {
        var random = new RandomStream(1, 0);
        double[] incomes = new double[count], weights = new double[count], ages = new double[count];
        int[] households = new int[count], areas = new int[count];
        for (int row = 0, household = 0; row < count; household++)
        {
            var members = 1 + (int)random.NextLong(5);
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var (income, weight, area) =
                (Math.Round(Math.Exp(12.3 + (0.6 * normal)), 2), 0.5 + random.NextDouble(), (int)random.NextLong(14));
            for (var i = 0; i < members && row < count; i++, row++)
            {
                (incomes[row], weights[row], households[row], areas[row]) = (income, weight, household, area);
                ages[row] = random.NextLong(i < 2 ? 90 : 20);
            }
        }

        return new PersonTable
        {
            Count = count,
            Incomes = incomes,
            Weights = weights,
            Ages = ages,
            Households = households,
            Breakdowns = [new Breakdown("area", true, areas, [.. Enumerable.Range(1, 14).Select(i => $"{i:00}")])],
        };
    }
}

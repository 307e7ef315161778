using System.Collections.Immutable;

namespace Analys.Measure.Inequality;

/// <summary>The catalogue of inequality measures.</summary>
public static class InequalityMeasures
{
    /// <summary>The measures with the arguments that are used when none are given.</summary>
    public static ImmutableArray<IncomeMeasure> All { get; } =
    [
        Mean.Measure, Median.Measure, Gini.Measure, IncomeQuintileShareRatio.Measure, QuantileRatio.Of(0.9, 0.1), Palma.Measure, Hoover.Measure,
        GeneralisedEntropy.MeanLogDeviation, GeneralisedEntropy.Theil, GeneralisedEntropy.Of(2), Atkinson.Of(0.5), .. Lorenz.Deciles,
    ];
}

using System.Collections.Immutable;

namespace Analys.Measure.Segregation;

/// <summary>The catalogue of segregation measures.</summary>
public static class SegregationMeasures
{
    /// <summary>Measures of one group against another or against everyone else.</summary>
    public static ImmutableArray<TwoGroupMeasure> TwoGroup { get; } =
    [
        Dissimilarity.Measure, Gini.Measure, InformationTheory.Measure, Isolation.Measure, Exposure.Measure, CorrelationRatio.Measure,
    ];
}

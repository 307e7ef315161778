using System.Collections.Immutable;

namespace Analys.Measure.Segregation;

public static partial class SegregationMeasures
{
    private static partial ImmutableArray<SegregationMeasure> Spatial() => [];
}

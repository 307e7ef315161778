using System.Collections.Immutable;
using Analys.Measure.Segregation.Spatial;

namespace Analys.Measure.Segregation;

public static partial class SegregationMeasures
{
    private static partial ImmutableArray<SegregationMeasure> Spatial() =>
    [
        Delta.Measure, AbsoluteConcentration.Measure, RelativeConcentration.Measure,
        AbsoluteClustering.Measure, RelativeClustering.Measure, SpatialProximity.Measure,
        MeanProximity.Group, MeanProximity.Others, MeanProximity.Between, MeanProximity.Everyone,
        AbsoluteCentralization.Measure, RelativeCentralization.Measure,
        DissimilarityAdjacency.Measure, DissimilarityBoundary.Measure, DissimilarityPerimeterArea.Measure,
        DistanceDecayIsolation.Measure, DistanceDecayExposure.Measure,
        SpatialInformationTheory.TwoGroup, SpatialInformationTheory.Measure, SpatialDissimilarity.TwoGroup, SpatialDissimilarity.Measure,
        SpatialRelativeDiversity.TwoGroup, SpatialRelativeDiversity.Measure, SpatialExposure.Measure,
        SpatialProximityProfile.Measure, Distortion.Measure, NearestPeopleProfile.Measure, MultiscalarProfile.Measure,
        LocalRelativeCentralization.Measure, LocalDistortion.Measure,
    ];
}

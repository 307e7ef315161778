using System.Collections.Immutable;
using Analys.Measure.Segregation.Activity;
using Analys.Measure.Segregation.Change;
using Analys.Measure.Segregation.Spatial;

namespace Analys.Measure.Segregation;

/// <summary>The catalogue of segregation measures.</summary>
internal static class SegregationMeasures
{
    /// <summary>Measures of one group against another or against everyone else.</summary>
    public static ImmutableArray<TwoGroupMeasure> TwoGroup { get; } =
    [
        Dissimilarity.Measure, Gorard.Measure, Gini.Measure, InformationTheory.Measure, MutualInformation.Measure, Atkinson.Measure,
        Hutchens.Measure,
        CorrelationRatio.Measure, MinMax.Measure, ConcentrationProfile.Measure,
    ];

    /// <summary>The whole catalogue. Two entries may share an id: one for a group against the rest, one for all groups at once.</summary>
    public static ImmutableArray<SegregationMeasure> All { get; } =
    [
        .. TwoGroup, Isolation.Measure, Exposure.Measure, ExposureToSeveral.Measure,
        MultigroupInformationTheory.Measure, MultigroupMutualInformation.Measure, MultigroupDissimilarity.Measure, MultigroupGini.Measure,
        RelativeDiversity.Measure, SquaredCoefficientOfVariation.Measure, NormalisedExposure.Measure,
        Diversity.Measure, NormalisedDiversity.Measure, SimpsonConcentration.Measure, SimpsonInteraction.Measure,
        OrdinalInformationTheory.Measure, OrdinalVariationRatio.Measure, OrdinalSquareRoot.Measure, OrdinalAbsoluteDifference.Measure,
        RankOrderInformationTheory.Measure, RankOrderVariationRatio.Measure, RankOrderSquareRoot.Measure, NeighbourhoodSorting.Measure,
        LocationQuotient.Measure, LocalDiversity.Measure, LocalInformation.Measure, LocalMutualInformation.Measure, LocalSimpson.Measure,
        LocalIsolation.Measure,
        ExpectedDissimilarity.Measure, ExpectedMutualInformation.Measure, ExpectedInformationTheory.Measure,
        MultigroupExpectedInformation.Measure, MultigroupExpectedInformationTheory.Measure,
        ModifiedDissimilarity.Measure, ModifiedGini.Measure, BiasCorrectedDissimilarity.Measure, DensityCorrectedDissimilarity.Measure,
        Rathelot.Measure,
        .. Spatial(),
    ];

    /// <summary>The ids, in the order of the catalogue.</summary>
    public static IEnumerable<string> Ids => All.Select(measure => measure.Definition.Id).Distinct();

    /// <summary>The measures of an id; empty where there is none.</summary>
    /// <param name="id">The id.</param>
    public static IEnumerable<SegregationMeasure> Find(string id) => All.Where(measure => measure.Definition.Id == id);

    // The measures that need geography.
    private static ImmutableArray<SegregationMeasure> Spatial() =>
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

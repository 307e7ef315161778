using Analys.Domain;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Cli.Commands;

/// <summary>The part of <c>analys segregation --compare</c>: what changed between two tables.</summary>
internal static class SegregationComparison
{
    public static Results Of(IReadOnlyList<SegregationMeasure> ready, GroupCounts first, GroupCounts second, SegregationResampling.Plan plan)
    {
        List<SegregationMeasure> resampled = [.. ready.Where(measure => !measure.PointOnly)];
        return TwoSamples.Compare(resampled, first, second, plan.Options);
    }
}

using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Tests.Database;

/// <summary>Every segregation measure that needs no map, as the command computes them: values, intervals and tests, areas as their own
/// reference.</summary>
internal static class SegregationAgreement
{
    public static IReadOnlyList<SegregationMeasure> Measures { get; } =
        [.. SegregationMeasures.All.Where(measure => !measure.NeedsGeography)];

    // Each replicate of Rathelot's index is a search of its own: seconds, for what the others show as well.
    private static bool IsResampled(SegregationMeasure measure) => !measure.PointOnly && measure.Definition.Id != "rathelot-dissimilarity";

    public static Results Figures(NestedCounts nested, int replicates = 6)
    {
        var options = new ResamplingOptions { Replicates = replicates, Seed = 11, Pairs = true };
        var arguments = MeasureArguments.None.With("simulations", "5") with { Pairs = true };
        var results = Of(nested.Counts, null);
        foreach (var (area, counts) in nested.Split(0)) results = results.Concat(Of(counts, area));
        return results.Concat(SegregationInference.Bootstrap(WithinBetween.Measures(nested, "unit"), nested.Counts, options));

        Results Of(GroupCounts counts, string? area)
        {
            SegregationMeasure[] ready = [.. Measures.Select(measure => measure.Ready(counts, arguments))];
            var resampled = ready.Where(IsResampled).ToArray();
            var all = SegregationInference.Bootstrap(resampled, counts, options)
                .Concat(SegregationInference.Test(resampled, counts, NullModel.Independence, options));
            foreach (var measure in ready.Where(measure => !IsResampled(measure)))
                all = all.Concat((measure with { Configure = null }).Of(counts, arguments));
            return area is null
                ? all : new Results(all.Select(result => result with { Parameters = result.Parameters.SetItem("within", area) }),
                    all.Confidentiality, all.Provenance);
        }
    }

    /// <summary>The same records, whatever the order of units and groups.</summary>
    public static void Same(Results expected, Results actual) => Agreement.Same(Sorted(expected), Sorted(actual));

    private static Results Sorted(Results results) => new(
        results.OrderBy(result =>
            string.Join('|', [result.Measure.Id, result.Area, result.Group, result.Reference,
                .. result.Parameters.Select(pair => pair.Key + pair.Value)]), StringComparer.Ordinal),
        results.Confidentiality, results.Provenance);
}

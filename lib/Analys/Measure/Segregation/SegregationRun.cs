using Analys.Measure.Segregation.Change;

namespace Analys.Measure.Segregation;

/// <summary>How figures of segregation are computed: alone, with a bootstrap, against a null model.</summary>
/// <param name="Bootstrap">Whether standard errors and intervals are asked for.</param>
/// <param name="Null">The null model that they are tested against; null for no test.</param>
/// <param name="Options">Replicates, seed, level.</param>
internal sealed record SegregationRun(bool Bootstrap, NullModel? Null, ResamplingOptions Options)
{
    /// <summary>The figures of measures that are ready for these counts.</summary>
    public Results Of(IReadOnlyList<SegregationMeasure> ready, GroupCounts counts)
    {
        var arguments = MeasureArguments.None with { Pairs = Options.Pairs };
        var results = new Results([], counts.Confidentiality, counts.Provenance);
        List<SegregationMeasure> resampled = [.. ready.Where(measure => !measure.PointOnly)];
        foreach (var measure in ready.Where(measure => !Bootstrap || measure.PointOnly))
        {
            var plain = (measure with { Configure = null }).Of(counts, arguments);
            results = results.Concat(Bootstrap && measure is TwoGroupMeasure { Interval: not null } drawn
                ? SegregationInference.OwnIntervals(drawn, plain, counts, Options) : plain);
        }

        if (Bootstrap) results = results.Concat(SegregationInference.Bootstrap(resampled, counts, Options));
        return Null is { } model ? results.Concat(SegregationInference.Test(resampled, counts, model, Options)) : results;
    }

    /// <summary>The figures of the whole, of each area that units lie in, and M and H within and between the areas.</summary>
    /// <param name="nested">The counts with their areas.</param>
    /// <param name="unit">The name of the units' level.</param>
    /// <param name="chosen">The measures with their options.</param>
    /// <param name="ready">Makes a measure ready for counts.</param>
    /// <param name="more">What stands after the figures of the whole; null for nothing.</param>
    public Results Of(NestedCounts nested, string unit, IReadOnlyList<(SegregationMeasure Measure, MeasureArguments Arguments)> chosen,
        Func<SegregationMeasure, MeasureArguments, GroupCounts, SegregationMeasure> ready, Func<Results>? more = null)
    {
        var results = Figures(nested.Counts);
        if (more is not null) results = results.Concat(more());
        for (var level = 0; level < nested.Levels.Length; level++)
        {
            foreach (var (area, counts) in nested.Split(level))
            {
                var figures = Figures(counts);
                results = results.Concat(new Results(figures.Select(result => InArea(result, area, nested.Levels[level])),
                    figures.Confidentiality, figures.Provenance));
            }
        }

        if (nested.Levels.Length > 0
            && chosen.Any(item => item.Measure is { Definition.Id: "mutual-information" or "information-theory" } and MultigroupMeasure))
            results = results.Concat(Of([.. WithinBetween.Measures(nested, unit)], nested.Counts));
        return nested.Columns is not { } columns ? results
            : new Results(results.Select(result => result with { Basis = result.Basis is null
                ? null : result.Basis with { Columns = columns } }),
                results.Confidentiality, results.Provenance);

        Results Figures(GroupCounts counts) =>
            Of([.. chosen.Select(item => ready(item.Measure, item.Arguments, counts))], counts);
    }

    // A local figure keeps its unit as area and says which area was its reference.
    private static Result InArea(Result result, string area, string level) => result with
    {
        Area = result.Area ?? area,
        Parameters = result.Parameters.SetItem("within", result.Area is null ? level : area),
    };
}

using System.CommandLine;
using Analys.Domain;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Decomposition;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Cli.Commands;

/// <summary>The part of <c>analys segregation --compare</c>: what changed between two tables, and why.</summary>
internal sealed class SegregationComparison
{
    private readonly Option<string?> compare = new("--compare") { Description = "A second table with the same columns (a later year): differences second − first and their parts" };
    private readonly Option<string> method = new("--difference") { Description = "How the change of M is taken apart: shapley, karmel-maclachlan or mora-ruiz-castillo", DefaultValueFactory = _ => "shapley" };
    private readonly Option<bool> byUnit = new("--by-unit") { Description = "With --compare and shapley: the structural part of each unit too" };

    public SegregationComparison() => method.AcceptOnlyFromAmong("shapley", "karmel-maclachlan", "mora-ruiz-castillo");

    public IEnumerable<Option> Options => [compare, method, byUnit];

    /// <summary>The second file; null where none is given.</summary>
    public string? File(ParseResult call) => call.GetValue(compare);

    /// <summary>The differences, their tests and their parts.</summary>
    public Results Of(ParseResult call, IReadOnlyList<(SegregationMeasure First, SegregationMeasure Second)> ready, GroupCounts first, GroupCounts second, ResamplingOptions options)
    {
        var resampled = ready.Select(pair => pair.Second).Where(measure => !measure.PointOnly);
        var results = TwoSamples.Compare(resampled, first, second, options);
        foreach (var (a, b) in ready)
        {
            if (!a.PointOnly) results = results.Concat(StructureComposition.Of(a, b, first, second));
        }

        if (!ready.Any(pair => pair.First is MultigroupMeasure { Definition.Id: "mutual-information" })) return results;
        var way = call.GetValue(method) switch
        {
            "karmel-maclachlan" => DifferenceMethod.KarmelMaclachlan,
            "mora-ruiz-castillo" => DifferenceMethod.MoraRuizCastillo,
            _ => DifferenceMethod.Shapley,
        };
        // The difference of M itself already stands among the comparisons.
        return results.Concat(InformationDifference.Of(first, second, way, call.GetValue(byUnit)).Where(result => result.Measure.Id != "mutual-information-difference"));
    }
}

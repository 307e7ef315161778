using System.CommandLine;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Change;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys segregation FILE</c>: segregation measures on counts by unit and group.</summary>
internal static class SegregationCommand
{
    public static Command Create(Terminal terminal)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var input = new SegregationInput();
        var pairs = new Option<bool>("--pairs") { Description = "Compare each group with each other group too" };
        var comparison = new SegregationComparison();
        var choice = new SegregationChoice();
        var geography = new SegregationGeography();
        var resampling = new SegregationResampling();
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command = new Command("segregation", "Segregation of groups across units") { sources.File, schema, sheet };
        foreach (var option in input.Options.Concat(sources.All).Concat(choice.Options).Append(pairs).Concat(geography.Options)
            .Concat(resampling.Options).Concat(comparison.Options)) command.Add(option);
        foreach (var option in new Option[] { policy, confidential, ledger.Option, format }) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            var chosen = choice.Measures(call, geography.IsGiven(call));
            var resample = resampling.Of(call, call.GetValue(pairs), cancel);
            var extract = sources.FileOf(call) is { } file
                ? CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet))
                : Aggregated(call, sources, input, SourceOptions.Schema(call.GetValue(schema)), cancel);
            var nested = input.Counts(call, extract);
            foreach (var step in nested.Counts.Provenance.Steps.Where(step => step.Contains("added up", StringComparison.Ordinal)))
                terminal.Errors.WriteLine($"analys: {step}");
            if (nested.Counts.HasEmptyUnits) terminal.Errors.WriteLine("analys: units without persons drop out");
            var results = Figures(nested.Counts, null, null).Concat(geography.Sources(call, extract, nested.Counts));
            if (geography.Said is { } mended) terminal.Errors.WriteLine(mended);
            for (var level = 0; level < nested.Levels.Length; level++)
            {
                foreach (var (area, counts) in nested.Split(level)) results = results.Concat(Figures(counts, area, nested.Levels[level]));
            }

            if (nested.Levels.Length > 0
                && chosen.Any(item => item.Measure is { Definition.Id: "mutual-information" or "information-theory" }
                    and MultigroupMeasure))
            {
                results = results.Concat(resample.Run([.. WithinBetween.Measures(nested, input.UnitOf(call))], nested.Counts));
            }

            if (comparison.File(call) is { } second)
            {
                var later =
                    input.Counts(call, CommonOptions.LoadExtract(terminal, second, call.GetValue(schema), call.GetValue(sheet)), nested.Counts.Groups).Counts;
                var both = chosen.Select(item => (Ready(item, nested.Counts), Ready(item, later))).ToList();
                results = results.Concat(comparison.Of(call, both, nested.Counts, later, resample.Options));
            }

            terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
            return Task.FromResult(ExitCode.Done);

            Results Figures(GroupCounts counts, string? area, string? level)
            {
                var figures = resample.Run([.. chosen.Select(item => Ready(item, counts))], counts);
                return area is null ? figures
                    : new Results(figures.Select(result => InArea(result, area, level!)), figures.Confidentiality, figures.Provenance);
            }

            SegregationMeasure Ready((SegregationMeasure Measure, MeasureArguments Arguments) item, GroupCounts counts) =>
                item.Measure.Ready(counts, geography.AddTo(item.Arguments, call, extract, counts));
        });
        return command;
    }

    // Units, groups and areas with their counts, added up where the rows are.
    private static Extract Aggregated(ParseResult call, SourceOptions sources, SegregationInput input, TableSchema? schema,
        CancellationToken cancel)
    {
        var (keys, sums) = input.Columns(call);
        using var source = sources.OpenCounts(call, schema);
        // The year divides the rows too, so that several of them are seen and not added up.
        if (CommonOptions.PeriodColumn(source.Description.Schema) is { } period && !keys.Contains(period) && !sums.Contains(period)) keys = [.. keys, period];
        var extract = SourceAddress.Guarded(() => AggregatedExtract.Of(source, keys, sums, cancel: cancel));
        return CommonOptions.AddsUpPeriods(call) ? extract.Pooled() : extract;
    }

    // A local figure keeps its unit as area and says which area was its reference.
    private static Result InArea(Result result, string area, string level) => result with
    {
        Area = result.Area ?? area,
        Parameters = result.Parameters.SetItem("within", result.Area is null ? level : area),
    };
}

/// <summary>The part of <c>analys segregation --compare</c>: what changed between two tables, and why.</summary>
internal sealed class SegregationComparison
{
    private readonly Option<string?> compare =
        new("--compare") { Description =
            "A second table with the same columns (a later year): differences second − first and their parts" };
    private readonly Option<string> method =
        new("--difference") { Description = "How the change of M is taken apart: shapley, karmel-maclachlan or mora-ruiz-castillo",
            DefaultValueFactory = _ => "shapley" };
    private readonly Option<bool> byUnit =
        new("--by-unit") { Description = "With --compare and shapley: the structural part of each unit too" };

    public SegregationComparison() => method.AcceptOnlyFromAmong("shapley", "karmel-maclachlan", "mora-ruiz-castillo");

    public IEnumerable<Option> Options => [compare, method, byUnit];

    /// <summary>The second file; null where none is given.</summary>
    public string? File(ParseResult call) => call.GetValue(compare);

    /// <summary>The differences, their tests and their parts.</summary>
    public Results Of(ParseResult call, IReadOnlyList<(SegregationMeasure First, SegregationMeasure Second)> ready, GroupCounts first,
        GroupCounts second, ResamplingOptions options)
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
        return results.Concat(InformationDifference.Of(first, second, way, call.GetValue(byUnit))
            .Where(result => result.Measure.Id != "mutual-information-difference"));
    }
}

/// <summary>Which measures a call asks for, and with which of their options.</summary>
internal sealed class SegregationChoice
{
    private readonly Option<string[]> measures =
        CommonOptions.List("--measures", "Measure ids, comma-separated, or all (default); one may carry options: atkinson:b=0.9");

    // Every option of a measure in the catalogue is an option of the command.
    private readonly Dictionary<string, Option<string?>> options = SegregationMeasures.All
        .SelectMany(measure => measure.Options).DistinctBy(option => option.Name)
        .ToDictionary(option => option.Name, option => new Option<string?>("--" + option.Name)
        {
            Description = option.Description + (option.Default is null ? "" : $" (default {option.Default})"),
        });

    public IEnumerable<Option> Options => [measures, .. options.Values];

    /// <summary>The measures, each with its options.</summary>
    public IReadOnlyList<(SegregationMeasure Measure, MeasureArguments Arguments)> Measures(ParseResult call, bool withGeography)
    {
        var arguments = MeasureArguments.None;
        foreach (var (name, option) in options)
        {
            if (call.GetValue(option) is { } value) arguments = arguments.With(name, value);
        }

        var chosen = new List<(SegregationMeasure, MeasureArguments)>();
        foreach (var asked in call.GetValue(measures) is { Length: > 0 } given ? given : ["all"])
        {
            if (asked == "all")
            {
                chosen.AddRange(SegregationMeasures.All.Where(measure => withGeography || !measure.NeedsGeography)
                    .Select(measure => (measure, arguments)));
                continue;
            }

            var parts = asked.Split(':', StringSplitOptions.TrimEntries);
            var found = SegregationMeasures.Find(parts[0]).ToList();
            if (found.Count == 0)
                throw new CallException($"There is no measure {parts[0]}. Measures are {string.Join(", ", SegregationMeasures.Ids)}.");
            var own = arguments;
            foreach (var part in parts.Skip(1))
            {
                var pair = part.Split('=', 2);
                if (pair.Length < 2 || !found.Any(measure => measure.Options.Any(option => option.Name == pair[0])))
                {
                    throw new CallException($"{parts[0]} has no option {pair[0]}. Write {parts[0]}:NAME=VALUE.");
                }

                own = own.With(pair[0], pair[1]);
            }

            chosen.AddRange(found.Select(measure => (measure, own)));
        }

        return chosen;
    }
}

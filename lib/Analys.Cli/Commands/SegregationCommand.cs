using System.CommandLine;
using Analys.Database.Counts;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Load;
using Analys.Measure.Segregation;
using Analys.Measure.Segregation.Decomposition;

namespace Analys.Cli.Commands;

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
        foreach (var option in input.Options.Concat(sources.All).Concat(choice.Options).Append(pairs).Concat(geography.Options).Concat(resampling.Options).Concat(comparison.Options)) command.Add(option);
        foreach (var option in new Option[] { policy, confidential, ledger.Option, format }) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            var chosen = choice.Measures(call, geography.IsGiven(call));
            var resample = resampling.Of(call, call.GetValue(pairs), cancel);
            var extract = sources.FileOf(call) is { } file ? CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet)) : Aggregated(call, sources, input, SourceOptions.Schema(call.GetValue(schema)), cancel);
            var nested = input.Counts(call, extract);
            if (nested.Counts.HasEmptyUnits) terminal.Errors.WriteLine("analys: units without persons drop out");
            var results = Figures(nested.Counts, null, null).Concat(geography.Sources(call, extract, nested.Counts));
            for (var level = 0; level < nested.Levels.Length; level++)
            {
                foreach (var (area, counts) in nested.Split(level)) results = results.Concat(Figures(counts, area, nested.Levels[level]));
            }

            if (nested.Levels.Length > 0 && chosen.Any(item => item.Measure is { Definition.Id: "mutual-information" or "information-theory" } and MultigroupMeasure))
            {
                results = results.Concat(resample.Run([.. WithinBetween.Measures(nested, input.UnitOf(call))], nested.Counts));
            }

            if (comparison.File(call) is { } second)
            {
                var later = input.Counts(call, CommonOptions.LoadExtract(terminal, second, call.GetValue(schema), call.GetValue(sheet))).Counts;
                var both = chosen.Select(item => (Ready(item, nested.Counts), Ready(item, later))).ToList();
                results = results.Concat(comparison.Of(call, both, nested.Counts, later, resample.Options));
            }

            terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
            return Task.FromResult(ExitCode.Done);

            Results Figures(GroupCounts counts, string? area, string? level)
            {
                var figures = resample.Run([.. chosen.Select(item => Ready(item, counts))], counts);
                return area is null ? figures : new Results(figures.Select(result => InArea(result, area, level!)), figures.Confidentiality, figures.Provenance);
            }

            SegregationMeasure Ready((SegregationMeasure Measure, MeasureArguments Arguments) item, GroupCounts counts) =>
                item.Measure.Ready(counts, geography.AddTo(item.Arguments, call, extract, counts));
        });
        return command;
    }

    // Units, groups and areas with their counts, added up where the rows are.
    private static Extract Aggregated(ParseResult call, SourceOptions sources, SegregationInput input, TableSchema? schema, CancellationToken cancel)
    {
        var (keys, sums) = input.Columns(call);
        using var source = sources.OpenCounts(call, schema);
        return SourceAddress.Guarded(() => AggregatedExtract.Of(source, keys, sums, cancel: cancel));
    }

    // A local figure keeps its unit as area and says which area was its reference.
    private static Result InArea(Result result, string area, string level) => result with
    {
        Area = result.Area ?? area,
        Parameters = result.Parameters.SetItem("within", result.Area is null ? level : area),
    };
}

using System.CommandLine;
using Analys.Cli.Errors;
using Analys.Cli.Help;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Disclosure.CellKey;
using Analys.Domain;
using Analys.Load;
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
        var gate = new GateOptions();
        var keys = new CellKeyOptions();
        var command = new Command("segregation", "Segregation of groups across units") { sources.File, schema, sheet };
        foreach (var option in input.Options.Concat(sources.All).Concat(choice.All).Append(pairs).Concat(geography.Options)
            .Concat(resampling.Options).Concat(comparison.Options)) command.Add(option);
        foreach (var option in gate.All.Concat(keys.All)) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            var choices =
                resampling.AddTo(input.Of(call) with { Pairs = call.GetValue(pairs), Options = choice.Options(call) }, call);
            var unit = input.UnitOf(call);
            var asked = choice.Measures(call);
            // A reader wants the few measures that everyone knows; whoever asks for a form for programs, or by options of other measures,
            // gets all.
            if (asked.Count == 0 && !geography.IsGiven(call) && choice.Options(call).Count == 0 && terminal.IsTable(gate.Format(call)))
            {
                asked = SegregationChoice.Usual;
                terminal.Notes.Add("");
                terminal.Notes.Add(CliTexts.Of(terminal.Screen.Language)["table.default"].Replace("{measures}", string.Join(", ", asked),
                    StringComparison.Ordinal));
            }

            var chosen = choices.Measures(asked, geography.IsGiven(call));
            var run = choices.Run(cancel);
            if (choices.Activity is not null && sources.FileOf(call) is null) throw new CallException("--activity reads a file.");
            if (sources.FileOf(call) is null) CellKeyOptions.RefuseSource(gate.PolicyOf(call));
            var extract = sources.FileOf(call) is { } file
                ? CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet))
                : Aggregated(call, sources, choices.Columns(unit), SourceOptions.Schema(call.GetValue(schema)), cancel);
            // Indices of changed counts: persons are counted by unit and group, and the counts changed before anything is computed.
            var rules = gate.PolicyOf(call);
            if (sources.FileOf(call) is not null && choices.Group is { } grouped && !gate.IsConfidential(call)
                && extract.Confidentiality == Confidentiality.Confidential
                && keys.Of(call, extract, rules) is { } drawn)
            {
                if (choices.Count is not null) throw new CallException("With keys of persons a row is a person: leave out --count.");
                choices = choices with { Count = NoisyCounts.Count };
                // The year divides persons too.
                var by = choices.Columns(unit).Keys;
                if (!CommonOptions.AddsUpPeriods(call) && Periods.OfPersons(extract) is { } time && !by.Contains(time.Name)) by =
                    [.. by, time.Name];
                extract = NoisyCounts.Of(extract, by, drawn, rules);
                if (CommonOptions.AddsUpPeriods(call)) extract = extract.Pooled();
            }

            Slips.Columns(extract, unit, choices);
            if (choices.Activity is not null)
            {
                if (comparison.File(call) is not null)
                    throw new CallException("--activity stands without --crosswalk, --within, --compare, --replicates and --null.");
                gate.Print(terminal, call, choices.Spaces(extract, unit));
                return Task.FromResult(ExitCode.Done);
            }

            var moved = choices.Mover();
            var parts = choices.ByPeriod(extract, unit);
            var second = comparison.File(call) is { } against
                ? choices.ByPeriod(CommonOptions.LoadExtract(terminal, against, call.GetValue(schema), call.GetValue(sheet)), unit) : null;
            if (second is not null && (parts.Count > 1 || second.Count > 1))
                throw new CallException("--compare compares two tables of one period each: convert FILE --period YEAR --out YEAR.csv "
                    + "makes them.");
            var results = parts.Select(part => SegregationChoices.Of(part.Period, Figures(part.Extract)))
                .Aggregate((all, more) => all.Concat(more));
            if (results.Any(row => row.Parameters.GetValueOrDefault("interval") == ReplicateSummary.Refused))
                terminal.Errors.WriteLine($"analys: {SegregationInference.RefusalNote}");
            if (results.Any(row => row.Parameters.GetValueOrDefault("interval") == ReplicateSummary.RefusedByChance))
                terminal.Errors.WriteLine($"analys: {SegregationInference.ChanceNote}");
            if (results.Any(row => row.Parameters.GetValueOrDefault("interval") == ReplicateSummary.RefusedByFew))
                terminal.Errors.WriteLine($"analys: {SegregationInference.FewNote}");
            gate.Print(terminal, call, results);
            return Task.FromResult(ExitCode.Done);

            Results Figures(Extract table)
            {
                var nested = moved(choices.Counts(table, unit));
                foreach (var note in Slips.Counts(nested.Counts, table, unit, choices)) terminal.Errors.WriteLine($"analys: note: {note}");
                foreach (var step in nested.Counts.Provenance.Steps.Where(step => step.Contains("added up", StringComparison.Ordinal)))
                    terminal.Errors.WriteLine($"analys: {step}");
                if (nested.Counts.HasEmptyUnits) terminal.Errors.WriteLine("analys: units without persons drop out");
                var figures = run.Of(nested, unit, chosen, (measure, arguments, counts) => Ready(measure, arguments, counts, table),
                    () => geography.Sources(call, table, nested.Counts));
                if (geography.Said is { } mended) terminal.Errors.WriteLine(mended);
                if (second is null) return figures;
                // Groups of the second table are those of the first by name, in whatever order its rows have them.
                var named = choices.Groups.Count == 0 && choices.GroupOrder.Count == 0
                    ? choices with { GroupOrder = [.. nested.Counts.Groups] } : choices;
                var later = moved(named.Counts(second[0].Extract, unit)).Counts;
                var both = chosen.Select(item => (Ready(item.Measure, item.Arguments, nested.Counts, table),
                    Ready(item.Measure, item.Arguments, later, table))).ToList();
                return figures.Concat(comparison.Of(call, both, nested.Counts, later, run.Options));
            }

            SegregationMeasure Ready(SegregationMeasure measure, MeasureArguments arguments, GroupCounts counts, Extract table) =>
                measure.Ready(counts, geography.AddTo(arguments, call, table, counts));
        });
        return command;
    }

    // Units, groups and areas with their counts, added up where the rows are.
    private static Extract Aggregated(ParseResult call, SourceOptions sources, (string[] Keys, string[] Sums) columns,
        TableSchema? schema, CancellationToken cancel)
    {
        using var source = sources.OpenCounts(call, schema);
        // The year divides the rows too, so that several of them are seen and not added up.
        var (keys, sums) = columns;
        if (CommonOptions.PeriodColumn(source.Description.Schema) is { } period && !keys.Contains(period) && !sums.Contains(period))
            keys = [.. keys, period];
        var extract = SourceAddress.Guarded(() => AggregatedExtract.Of(source, keys, sums, cancel: cancel));
        return CommonOptions.AddsUpPeriods(call) ? extract.Pooled() : extract;
    }
}

/// <summary>The part of <c>analys segregation --compare</c>: what changed between two tables, and why.</summary>
internal sealed class SegregationComparison
{
    private readonly Option<string?> compare =
        new("--compare")
        {
            Description =
            "A second table with the same columns (a later year): differences second − first and their parts"
        };
    private readonly Option<string> method =
        new("--difference")
        {
            Description = "How the change of M is taken apart: shapley, karmel-maclachlan or mora-ruiz-castillo",
            DefaultValueFactory = _ => "shapley"
        };
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
        CommonOptions.List("--measures", "Measure ids, comma-separated, or all; one may carry options: atkinson:b=0.9. Without it "
            + "the five of most use in a table, all in other forms");

    /// <summary>The measures of a table that names none: D, isolation, exposure, H and Gini.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["dissimilarity", "isolation", "exposure", "information-theory", "gini"];

    // Every option of a measure in the catalogue is an option of the command.
    private readonly Dictionary<string, Option<string?>> options = SegregationMeasures.All
        .SelectMany(measure => measure.Options).DistinctBy(option => option.Name)
        .ToDictionary(option => option.Name, option => new Option<string?>("--" + option.Name)
        {
            Description = option.Description + (option.Default is null ? "" : $" (default {option.Default})"),
        });

    public IEnumerable<Option> All => [measures, .. options.Values];

    /// <summary>The ids that a call asks for; none for all.</summary>
    public IReadOnlyList<string> Measures(ParseResult call) => call.GetValue(measures) ?? [];

    /// <summary>The options of measures that a call gives, by name.</summary>
    public IReadOnlyDictionary<string, string> Options(ParseResult call) => options
        .Select(pair => (pair.Key, Value: call.GetValue(pair.Value))).Where(pair => pair.Value is not null)
        .ToDictionary(pair => pair.Key, pair => pair.Value!);
}

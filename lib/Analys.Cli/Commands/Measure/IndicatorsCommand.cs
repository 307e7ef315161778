using System.CommandLine;
using Analys.Database;
using Analys.Database.Sql;
using Analys.Load.Schema;
using Analys.Measure.Indicators;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys indicators FILE</c>: follow-up of a plan's indicators against their targets.</summary>
internal static class IndicatorsCommand
{
    public static Command Create(Terminal terminal)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var gate = new GateOptions();
        var command =
            new Command("indicators",
                "Follow up a plan's indicators: targets, joint values from districts, outcomes; a row that does not add up is a finding")
        {
            sources.File, schema, sheet,
        };
        foreach (var option in sources.All.Concat(gate.All)) command.Add(option);
        command.SetAction((call, cancel) =>
        {
            var file = sources.FileOf(call);
            var extract = file is not null ? CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet))
                : Aggregated(call, sources, SourceOptions.Schema(call.GetValue(schema)), cancel);
            gate.Print(terminal, call, IndicatorFollowUp.Of(extract));
            var findings = IndicatorFollowUp.Check(extract);
            if (findings.Count == 0) return Task.FromResult(ExitCode.Done);
            // A row of a file has a number; one of an engine has none.
            terminal.Findings(file is not null ? findings : [.. findings.Select(finding => finding with { Row = null })]);
            return Task.FromResult(ExitCode.DataIsWrong);
        });
        return command;
    }

    private static Extract Aggregated(ParseResult call, SourceOptions sources, TableSchema? schema, CancellationToken cancel)
    {
        using var source = sources.OpenCounts(call, schema);
        return SourceAddress.Guarded(() => IndicatorTable.Of(source, cancel));
    }
}

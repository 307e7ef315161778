using System.CommandLine;
using Analys.Measure.Indicators;

namespace Analys.Cli.Commands;

/// <summary><c>analys indicators FILE</c>: follow-up of a plan's indicators against their targets.</summary>
internal static class IndicatorsCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command = new Command("indicators", "Follow up a plan's indicators: targets, joint values from districts, outcomes; a row that does not add up is a finding")
        {
            file, schema, sheet, policy, confidential, ledger.Option, format,
        };
        command.SetAction(call =>
        {
            var extract = CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));
            terminal.Results(ledger.Release(call, IndicatorFollowUp.Of(extract), call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
            var findings = IndicatorFollowUp.Check(extract);
            if (findings.Count == 0) return ExitCode.Done;
            terminal.Findings(findings);
            return ExitCode.DataIsWrong;
        });
        return command;
    }
}

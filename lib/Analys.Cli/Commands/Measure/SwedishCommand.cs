using System.CommandLine;
using Analys.Measure.Swedish;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys swedish FILE</c>: measures of child poverty by Swedish definitions, on a register extract or a survey.</summary>
internal static class SwedishCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var norm = new NormOptions();
        var measures = CommonOptions.List("--measures",
            $"Measure ids, comma-separated: {string.Join(", ", SwedishMeasures.Ids)}; the first two without it");
        var line = CommonOptions.Number("--line",
            "The line of low economic standard or poverty, kronor per consumption unit (60 % of the national median)");
        var educationAges = new Option<string>("--education-ages")
        {
            Description = "Socioeconomic index: the ages of the share with pre-secondary education, 20-64 or 25-64; which is SCB's is not "
                + "verified",
            DefaultValueFactory = _ => "20-64",
        };
        educationAges.AcceptOnlyFromAmong("20-64", "25-64");
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command =
            new Command("swedish", "Low income standard, Save the Children's index, SCB's socioeconomic index, deprivation") { file, schema,
                sheet, measures, line, educationAges, policy, confidential, ledger.Option, ledger.Because, format };
        foreach (var option in norm.All) command.Add(option);
        command.SetAction(call =>
        {
            string[] ids = call.GetValue(measures) ?? [];
            SwedishMeasures.RequireKnown(ids);
            var extract = CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));
            var results = SwedishMeasures.Run(ids, extract, norm.Of(call), call.GetValue(line),
                call.GetValue(educationAges) == "25-64" ? new AgeSpan(25, 64) : null);
            terminal.Results(ledger.Release(call, results, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
        });
        return command;
    }
}

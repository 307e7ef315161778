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
        var line = CommonOptions.Number("--line", SwedishOptions.Line.Description);
        var educationAges = CommonOptions.Word(SwedishOptions.EducationAges);
        var gate = new GateOptions();
        var command =
            new Command("swedish", "Low income standard, Save the Children's index, SCB's socioeconomic index, deprivation") { file, schema,
                sheet, measures, line, educationAges };
        foreach (var option in norm.All.Concat(gate.All)) command.Add(option);
        command.SetAction(call =>
        {
            string[] ids = call.GetValue(measures) ?? [];
            SwedishMeasures.RequireKnown(ids);
            var extract = CommonOptions.LoadExtract(terminal, call.GetRequiredValue(file), call.GetValue(schema), call.GetValue(sheet));
            var results = SwedishMeasures.Run(ids, extract, norm.Of(call), call.GetValue(line),
                call.GetValue(educationAges) == "25-64" ? new AgeSpan(25, 64) : null);
            gate.Print(terminal, call, results);
        });
        return command;
    }
}

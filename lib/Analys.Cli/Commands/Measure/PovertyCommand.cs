using System.CommandLine;
using Analys.Database.Pushed;
using Analys.Measure.Income;
using Analys.Measure.Study;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys poverty FILE</c> and <c>analys inequality FILE</c>: measures over weighted persons.</summary>
internal static class PovertyCommand
{
    public static Command Create(Terminal terminal) => Create(
        terminal,
        "poverty",
        "Poverty measures over weighted persons in households; the line is always the whole population's");

    public static Command CreateInequality(Terminal terminal) => Create(
        terminal,
        "inequality",
        "Inequality measures over weighted persons in households");

    private static Command Create(Terminal terminal, string name, string description)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var options = new PersonOptions();
        var measures = CommonOptions.List("--measures",
            "Measure ids, comma-separated, arguments after colons (fgt:1.5); or all that the columns allow (default)");
        var gate = new GateOptions();
        var command = new Command(name, description) { sources.File, schema, sheet, measures };
        var keys = new CellKeyOptions(options.Person);
        foreach (var option in gate.All.Concat(options.All).Concat(sources.All).Concat(keys.All)) command.Add(option);
        var isPoverty = name == "poverty";
        var norm = new NormOptions(withAges: false);
        if (isPoverty)
        {
            foreach (var option in norm.All) command.Add(option);
        }

        command.SetAction((call, cancel) =>
        {
            string[] asked = call.GetValue(measures) ?? [];
            var choices = options.Of(call);
            var chosen = ChosenMeasures.Of(asked, choices.Catalogue, withSwedish: isPoverty);
            if (sources.FileOf(call) is not { } file)
            {
                CellKeyOptions.RefuseSource(gate.PolicyOf(call));
                using var source = sources.Open(call, SourceOptions.Schema(call.GetValue(schema)));
                Print(PushedStudies.Run(source, chosen, choices, isPoverty, LeftOut, cancel));
                return Task.FromResult(ExitCode.Done);
            }

            var extract = CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet));
            if (keys.Of(call, extract, gate.PolicyOf(call)) is { } drawn)
                choices = choices with { CellKeys = drawn };
            Print(isPoverty ? IncomeStudies.Poverty(extract, asked, choices, norm.Of(call), cancel)
                : IncomeStudies.Inequality(extract, asked, choices, cancel));
            return Task.FromResult(ExitCode.Done);

            void LeftOut(IncomeMeasure measure) =>
                terminal.Errors.WriteLine($"analys: {measure.Definition.Id} was left out: it needs all incomes in one order");

            void Print(Results all)
            {
                foreach (var step in all.Provenance.Steps.Where(step => step.Contains("left out", StringComparison.Ordinal)
                    || step.StartsWith("note: ", StringComparison.Ordinal)))
                    terminal.Errors.WriteLine($"analys: {step}");
                gate.Print(terminal, call, all);
            }
        });
        return command;
    }
}

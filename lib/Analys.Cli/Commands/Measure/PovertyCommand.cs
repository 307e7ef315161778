using System.CommandLine;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Domain;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Cli.Commands.Measure;

/// <summary><c>analys poverty FILE</c> and <c>analys inequality FILE</c>: measures over weighted persons.</summary>
internal static class PovertyCommand
{
    public static Command Create(Terminal terminal) => Create(
        terminal,
        "poverty",
        "Poverty measures over weighted persons in households; the line is always the whole population's",
        (choices, persons) => choices.Catalogue.PovertyOf(persons, choices.Anchor is not null));

    public static Command CreateInequality(Terminal terminal) => Create(
        terminal,
        "inequality",
        "Inequality measures over weighted persons in households",
        (choices, _) => choices.Catalogue.Inequality());

    private static Command Create(Terminal terminal, string name, string description, Func<StudyChoices, PersonTable,
        IReadOnlyList<IncomeMeasure>> all)
    {
        var sources = new SourceOptions();
        var schema = CommonOptions.Schema();
        var sheet = CommonOptions.Sheet();
        var options = new PersonOptions();
        var measures = CommonOptions.List("--measures",
            "Measure ids, comma-separated, arguments after colons (fgt:1.5); or all that the columns allow (default)");
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var ledger = new LedgerOption();
        var format = CommonOptions.Format();
        var command = new Command(name, description) { sources.File, schema, sheet, measures, policy, confidential, ledger.Option,
            ledger.Because, format };
        foreach (var option in options.All.Concat(sources.All)) command.Add(option);
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
                if (chosen.Swedish is [var id, ..]) throw new NotPushedException($"{id}: households are held against the norm one by one.");
                using var source = sources.Open(call, SourceOptions.Schema(call.GetValue(schema)));
                Print(SourceAddress.Guarded(() =>
                {
                    var push = new PushedStudy(source, choices.Columns(chosen.NeedsIncome), cancel);
                    var there = choices.Study(push.Persons);
                    var ids = chosen.Income
                        ?? [.. all(choices, there.Persons).Where(measure => push.CanRun(there, measure) || LeftOut(measure))];
                    var panels = chosen.Income is null && isPoverty && push.CanFollow ? PanelMeasures.All : chosen.Panels;
                    if (ids.Count == 0 && panels.Count == 0)
                        throw new CallException("The columns allow no measure: name the income with --income.");
                    var figures = push.Run(there, ids);
                    if (panels.Count > 0) figures = figures.Concat(push.RunPanel(there, panels));
                    return choices.WithDecompositions(there, figures, alpha => push.Decompose(there, alpha), () => push.Shapley(there));
                }));
                return Task.FromResult(ExitCode.Done);
            }

            var extract = CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet));
            Print(isPoverty ? IncomeStudies.Poverty(extract, asked, choices, norm.Of(call), cancel)
                : IncomeStudies.Inequality(extract, asked, choices, cancel));
            return Task.FromResult(ExitCode.Done);

            bool LeftOut(IncomeMeasure measure)
            {
                terminal.Errors.WriteLine($"analys: {measure.Definition.Id} was left out: it needs all incomes in one order");
                return false;
            }

            void Print(Results all)
            {
                foreach (var step in all.Provenance.Steps.Where(step => step.Contains("left out", StringComparison.Ordinal)))
                    terminal.Errors.WriteLine($"analys: {step}");
                terminal.Results(ledger.Release(call, all, call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
            }
        });
        return command;
    }
}

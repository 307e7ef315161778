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
        (options, call, persons) => options.Catalogue(call).PovertyOf(persons, options.IsAnchored(call)));

    public static Command CreateInequality(Terminal terminal) => Create(
        terminal,
        "inequality",
        "Inequality measures over weighted persons in households",
        (options, call, _) => options.Catalogue(call).Inequality());

    private static Command Create(Terminal terminal, string name, string description, Func<PersonOptions, ParseResult, PersonTable,
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
        var norm = new NormOptions();
        var lunch =
            new Option<bool>("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch; not applied in Stockholm" };
        if (name == "poverty")
        {
            foreach (var option in norm.WithoutAges.Append(lunch)) command.Add(option);
        }

        command.SetAction((call, cancel) =>
        {
            string[] asked = call.GetValue(measures) ?? [];
            string[] swedish = name == "poverty" ? [.. asked.Intersect(SwedishMeasures.Ids)] : [];
            var (chosen, panels) = Choose([.. asked.Except(swedish)], options.Catalogue(call));
            var incomeRequired = panels.Count > 0
                || (chosen is not null && !chosen.All(measure => measure.Concept == IncomeConcept.SupportMonths));
            if (sources.FileOf(call) is not { } file)
            {
                if (swedish.Length > 0) throw new NotPushedException($"{swedish[0]}: households are held against the norm one by one.");
                using var source = sources.Open(call, SourceOptions.Schema(call.GetValue(schema)));
                var pushed = SourceAddress.Guarded(() =>
                {
                    var push = new PushedStudy(source, options.Columns(call, incomeRequired), cancel);
                    var there = options.Study(call, push.Persons);
                    var ids = chosen
                        ?? [.. all(options, call, there.Persons).Where(measure => push.CanRun(there, measure) || LeftOut(measure))];
                    if (chosen is null && name == "poverty" && push.CanFollow) panels = PanelMeasures.All;
                    if (ids.Count == 0 && panels.Count == 0)
                        throw new CallException("The columns allow no measure: name the income with --income.");
                    var figures = push.Run(there, ids);
                    if (panels.Count > 0) figures = figures.Concat(push.RunPanel(there, panels));
                    return options.WithDecompositions(call, there, figures, alpha => push.Decompose(there, alpha),
                        () => push.Shapley(there));
                });
                Print(pushed);
                return Task.FromResult(ExitCode.Done);
            }

            var extract = CommonOptions.LoadExtract(terminal, file, call.GetValue(schema), call.GetValue(sheet));
            var bySwedishDefinition = swedish.Length == 0
                ? null
                : SwedishMeasures.Run(swedish, extract, norm, call, call.GetValue(lunch), options.Ages(call) is [var span, ..]
                    ? span : Ages.Children, options.FixedLine(call));
            if (bySwedishDefinition is not null && asked.Length == swedish.Length)
            {
                Print(bySwedishDefinition);
                return Task.FromResult(ExitCode.Done);
            }

            var study = options.Study(call, extract, incomeRequired);
            if (chosen is null)
            {
                chosen = PersonOptions.Parse(() => all(options, call, study.Persons));
                if (name == "poverty" && !study.Persons.Persons.IsEmpty && study.Persons.PeriodNames.Length > 1) panels = PanelMeasures.All;
            }

            if (chosen.Count == 0 && panels.Count == 0)
                throw new CallException("The columns allow no measure: name the income with --income.");
            var results = study.Run(chosen, cancel);
            if (panels.Count > 0) results = results.Concat(new PanelStudy(study).Run(panels, cancel));
            results = options.WithDecompositions(call, study, results, alpha => SubgroupDecomposition.Of(study, alpha),
                () => ShapleyChange.Of(study));
            if (bySwedishDefinition is not null) results = results.Concat(bySwedishDefinition);
            Print(results);
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

    // Null for all that the data allow.
    private static (IReadOnlyList<IncomeMeasure>? Measures, IReadOnlyList<PanelMeasure> Panels) Choose(string[] ids,
        MeasureCatalogue catalogue)
    {
        if (ids.Length == 0 || ids.Contains("all")) return (null, []);
        var chosen = new List<IncomeMeasure>();
        var panels = new List<PanelMeasure>();
        foreach (var id in ids)
        {
            if (PanelMeasures.All.FirstOrDefault(measure => measure.Definition.Id == id) is { } panel) panels.Add(panel);
            else if (PersonOptions.Parse(() => catalogue.Find(id)) is { } found) chosen.AddRange(found);
            else
            {
                var known = MeasureCatalogue.Definitions.Concat(PanelMeasures.All.Select(measure => measure.Definition))
                    .Select(definition => definition.Id).Concat(SwedishMeasures.Ids);
                throw new CallException($"There is no measure {id}. Measures are {string.Join(", ", known)}.");
            }
        }

        return (chosen, panels);
    }
}

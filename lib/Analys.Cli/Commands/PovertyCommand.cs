using System.CommandLine;
using Analys.Measure.Inequality;
using Analys.Measure.Persons;
using Analys.Measure.Poverty;

namespace Analys.Cli.Commands;

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

    private static Command Create(Terminal terminal, string name, string description, Func<PersonOptions, ParseResult, PersonTable, IReadOnlyList<IncomeMeasure>> all)
    {
        var file = CommonOptions.File();
        var schema = CommonOptions.Schema();
        var options = new PersonOptions();
        var measures = CommonOptions.List("--measures", "Measure ids, comma-separated, arguments after colons (fgt:1.5); or all that the columns allow (default)");
        var policy = CommonOptions.PolicyName();
        var confidential = CommonOptions.Confidential();
        var format = CommonOptions.Format();
        var command = new Command(name, description) { file, schema, measures, policy, confidential, format };
        foreach (var option in options.All) command.Add(option);
        var norm = new NormOptions();
        var lunch = new Option<bool>("--lunch-deduction") { Description = "Apply the norm's deduction for free lunch; not applied in Stockholm" };
        if (name == "poverty")
        {
            foreach (var option in norm.WithoutAges.Append(lunch)) command.Add(option);
        }

        command.SetAction((call, cancel) =>
        {
            string[] asked = call.GetValue(measures) ?? [];
            string[] swedish = name == "poverty" ? [.. asked.Intersect(SwedishMeasures.Ids)] : [];
            var (chosen, panels) = Choose([.. asked.Except(swedish)], options.Catalogue(call));
            var extract = CommonOptions.LoadExtract(call.GetRequiredValue(file), call.GetValue(schema));
            var bySwedishDefinition = swedish.Length == 0
                ? null
                : SwedishMeasures.Run(swedish, extract, norm, call, call.GetValue(lunch), options.Ages(call) is [var span, ..] ? span : Domain.Ages.Children, options.FixedLine(call));
            if (bySwedishDefinition is not null && asked.Length == swedish.Length)
            {
                terminal.Results(bySwedishDefinition.ReleaseAs(call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
                return Task.FromResult(ExitCode.Done);
            }

            var study = options.Study(call, extract, incomeRequired: panels.Count > 0 || (chosen is not null && !chosen.All(measure => measure.Concept == IncomeConcept.SupportMonths)));
            if (chosen is null)
            {
                chosen = PersonOptions.Parse(() => all(options, call, study.Persons));
                if (name == "poverty" && !study.Persons.Persons.IsEmpty && study.Persons.PeriodNames.Length > 1) panels = PanelMeasures.All;
            }

            if (chosen.Count == 0 && panels.Count == 0) throw new CallException("The columns allow no measure: name the income with --income.");
            var results = study.Run(chosen, cancel);
            if (panels.Count > 0) results = results.Concat(new PanelStudy(study).Run(panels, cancel));
            results = options.WithDecompositions(call, study, results);
            if (bySwedishDefinition is not null) results = results.Concat(bySwedishDefinition);
            foreach (var step in results.Provenance.Steps.Where(step => step.Contains("left out", StringComparison.Ordinal))) terminal.Errors.WriteLine($"analys: {step}");
            terminal.Results(results.ReleaseAs(call.GetValue(policy), call.GetValue(confidential)), call.GetValue(format));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // Null for all that the data allow.
    private static (IReadOnlyList<IncomeMeasure>? Measures, IReadOnlyList<PanelMeasure> Panels) Choose(string[] ids, MeasureCatalogue catalogue)
    {
        if (ids.Length == 0 || ids.Contains("all")) return (null, []);
        var chosen = new List<IncomeMeasure>();
        var panels = new List<PanelMeasure>();
        foreach (var id in ids)
        {
            if (PanelMeasures.All.FirstOrDefault(measure => measure.Definition.Id == id) is { } panel) panels.Add(panel);
            else if (PersonOptions.Parse(() => catalogue.Find(id)) is { } found) chosen.AddRange(found);
            else throw new CallException($"There is no measure {id}. Measures are {string.Join(", ", MeasureCatalogue.Definitions.Concat(PanelMeasures.All.Select(measure => measure.Definition)).Select(definition => definition.Id).Concat(SwedishMeasures.Ids))}.");
        }

        return (chosen, panels);
    }
}

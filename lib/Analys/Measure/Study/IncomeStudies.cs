using Analys.Domain;
using Analys.Measure.Income;
using Analys.Measure.Swedish;

namespace Analys.Measure.Study;

/// <summary>Which measures of persons an analyst asks for, by their ids.</summary>
/// <param name="Income">Those of one year; null for all that the data allow.</param>
/// <param name="Panels">Those that follow persons over years.</param>
/// <param name="Swedish">The ids of those that hold households against Swedish definitions.</param>
internal sealed record ChosenMeasures(IReadOnlyList<IncomeMeasure>? Income, IReadOnlyList<PanelMeasure> Panels, IReadOnlyList<string> Swedish)
{
    /// <summary>Whether a column of incomes is needed.</summary>
    public bool NeedsIncome =>
        Panels.Count > 0 || (Income is not null && !Income.All(measure => measure.Concept == IncomeConcept.SupportMonths
            || (BesideColumn.PlaceOf(measure.Concept) is not null && !BesideColumn.IsJoint(measure.Concept))));

    /// <summary>Whether nothing but Swedish definitions is asked for.</summary>
    public bool OnlySwedish => Swedish.Count > 0 && Income is { Count: 0 } && Panels.Count == 0;

    /// <summary>The measures of these ids.</summary>
    /// <param name="ids">Ids, arguments after colons; none, or <c>all</c>, for all that the data allow.</param>
    /// <param name="catalogue">The catalogue, with the arguments that hold where an id gives none.</param>
    /// <param name="withSwedish">Whether Swedish definitions are among what may be asked for.</param>
    /// <exception cref="CallException">An id is not known, or its arguments are not understood.</exception>
    public static ChosenMeasures Of(IReadOnlyList<string> ids, MeasureCatalogue catalogue, bool withSwedish)
    {
        string[] swedish = withSwedish ? [.. ids.Intersect(SwedishMeasures.Ids)] : [];
        string[] others = [.. ids.Except(swedish)];
        if (others.Contains("all") || (others.Length == 0 && swedish.Length == 0)) return new ChosenMeasures(null, [], swedish);
        var income = new List<IncomeMeasure>();
        var panels = new List<PanelMeasure>();
        foreach (var id in others)
        {
            if (PanelMeasures.All.FirstOrDefault(measure => measure.Definition.Id == id) is { } panel) panels.Add(panel);
            else if (Choice.Read(() => catalogue.Find(id)) is { } found) income.AddRange(found);
            else
            {
                var known = IncomeMeasures.Definitions.Concat(PanelMeasures.All.Select(measure => measure.Definition))
                    .Select(definition => definition.Id).Concat(SwedishMeasures.Ids);
                throw Measures.Unknown(id, known);
            }
        }

        return new ChosenMeasures(income, panels, swedish);
    }
}

/// <summary>Studies of persons as analysts ask for them, in the command and in notebooks alike: choices and ids in, results out.</summary>
internal static class IncomeStudies
{
    /// <summary>Measures of poverty.</summary>
    /// <param name="extract">A row per person (and year).</param>
    /// <param name="ids">Which measures; none for all that the columns allow.</param>
    /// <param name="choices">The choices of the study.</param>
    /// <param name="norm">The choices of the norm, for Swedish definitions.</param>
    /// <param name="cancel">Stops the work.</param>
    public static Results Poverty(Extract extract, IReadOnlyList<string> ids, StudyChoices choices, NormChoices norm, CancellationToken cancel)
    {
        var chosen = ChosenMeasures.Of(ids, choices.Catalogue, withSwedish: true);
        var swedish = chosen.Swedish.Count == 0 ? null : SwedishMeasures.Run(chosen.Swedish, extract,
            norm with { Ages = choices.Ages is [var span, ..] ? span : Analys.Ages.Children }, choices.FixedLine);
        if (chosen.OnlySwedish) return swedish!;
        var results = Run(extract, chosen, choices, isPoverty: true, cancel);
        return swedish is null ? results : results.Concat(swedish);
    }

    /// <summary>Measures of inequality.</summary>
    /// <param name="extract">A row per person (and year).</param>
    /// <param name="ids">Which measures; none for all.</param>
    /// <param name="choices">The choices of the study.</param>
    /// <param name="cancel">Stops the work.</param>
    public static Results Inequality(Extract extract, IReadOnlyList<string> ids, StudyChoices choices, CancellationToken cancel) =>
        Run(extract, ChosenMeasures.Of(ids, choices.Catalogue, withSwedish: false), choices, isPoverty: false, cancel);

    /// <summary>All measures that persons allow, for a call that names none.</summary>
    /// <exception cref="CallException">An argument is outside the range of its measure.</exception>
    public static IReadOnlyList<IncomeMeasure> All(StudyChoices choices, PersonTable persons, bool isPoverty) => Choice.Read(() =>
        isPoverty ? choices.Catalogue.PovertyOf(persons, choices.Anchor is not null) : choices.Catalogue.Inequality());

    private static Results Run(Extract extract, ChosenMeasures chosen, StudyChoices choices, bool isPoverty, CancellationToken cancel)
    {
        var persons = PersonTableReader.Read(extract, choices.Columns(chosen.NeedsIncome) with
        {
            WantsSeniors = chosen.Income?.Any(measure => measure.Definition.Id == "income-ratio-65") == true,
        });
        if (choices.Equivalence.Count == 0) return Run(choices.Study(persons), chosen, choices, isPoverty, cancel);
        return choices.Equivalence.Distinct().Select(elasticity => Run(
                choices.Study(persons.PerEquivalent(elasticity)) with { Equivalence = elasticity }, chosen, choices, isPoverty, cancel))
            .Aggregate((all, some) => all.Concat(some));
    }

    private static Results Run(IncomeStudy study, ChosenMeasures chosen, StudyChoices choices, bool isPoverty, CancellationToken cancel)
    {
        var panels = chosen.Panels;
        if (chosen.Income is null && isPoverty && !study.Persons.Persons.IsEmpty && study.Persons.PeriodNames.Length > 1)
            panels = PanelMeasures.All;
        IReadOnlyList<IncomeMeasure> measures = [.. (chosen.Income ?? All(choices, study.Persons, isPoverty))
            .SelectMany(measure => measure.Bind is { } bind ? bind(study.Persons) : [measure])];
        if (measures.Count == 0 && panels.Count == 0)
            throw new CallException("The columns allow no measure: name the income with --income.");
        var results = study.Run(measures, cancel);
        if (choices.Dominance) results = results.Concat(Beside.Dominance.Of(study, cancel));
        if (panels.Count > 0) results = results.Concat(new PanelStudy(study).Run(panels, cancel));
        return choices.WithDecompositions(study, results, alpha => SubgroupDecomposition.Of(study, alpha, choices.Epsilon), alphas => ShapleyChange.Of(study, alphas));
    }
}

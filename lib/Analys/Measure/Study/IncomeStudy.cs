using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Swedish;

namespace Analys.Measure.Study;

/// <summary>Measures of poverty and inequality over weighted persons: which line, who is measured, by what choices, with what
/// uncertainty.</summary>
/// <remarks>
/// The line always comes from the whole population, never from a domain. Periods are measured apart, each with its own line. Where only FGT
/// sums are asked for, nothing is sorted: the line is selected and the sums are taken in one pass.
/// </remarks>
internal sealed record IncomeStudy
{
    /// <summary>The persons.</summary>
    public required PersonTable Persons { get; init; }

    /// <summary>The lines; each gives its own figures.</summary>
    public ImmutableArray<PovertyLine> Lines { get; init; } = [PovertyLine.AtRisk];

    /// <summary>Who is measured, by age; empty for everyone.</summary>
    public ImmutableArray<AgeSpan> Ages { get; init; } = [];

    /// <summary>The rule of weighted quantiles.</summary>
    public QuantileRule Quantiles { get; init; }

    /// <summary>Whether a person on the line is poor.</summary>
    public PoorRule Poor { get; init; }

    /// <summary>What logarithms do with incomes of zero and below.</summary>
    public NonPositiveIncomes NonPositive { get; init; }

    /// <summary>What was done with incomes below zero when the persons were read; for the record.</summary>
    public NegativeIncomes Negative { get; init; }

    /// <summary>Whether poverty after housing costs keeps the line of disposable income; otherwise the line is estimated from incomes after
    /// housing costs.</summary>
    public bool KeepLineAfterHousing { get; init; }

    /// <summary>The power of the household's size that its income was divided by; null where incomes are as they were read. For the
    /// record.</summary>
    public double? Equivalence { get; init; }

    /// <summary>The base year of the anchored rate.</summary>
    public Anchor? Anchor { get; init; }

    /// <summary>What is asked for beside the values.</summary>
    public Uncertainty Uncertainty { get; init; } = Uncertainty.Default;

    /// <summary>What is compared with what, beside the values themselves.</summary>
    public Comparison Comparison { get; init; } = Comparison.None;

    /// <summary>Where the persons are, when they stay there; null for the rows of <see cref="Persons"/>.</summary>
    internal IPersonSource? Source { get; init; }

    /// <summary>Computes the measures.</summary>
    /// <param name="measures">Which.</param>
    /// <param name="cancel">Stops the bootstrap between replicates.</param>
    /// <exception cref="Analys.ColumnNotFoundException">A measure needs a column that the data do not have.</exception>
    public Results Run(IReadOnlyList<IncomeMeasure> measures, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(measures);
        var plan = new StudyPlan(this, measures);
        var values = plan.Evaluate();
        var estimator = new StudyEstimator(plan, values);
        var rows = estimator.Rows(cancel);
        return new Results(rows, Persons.Confidentiality, StudyNotes.Of(plan)
            .Aggregate(Persons.Provenance.With("measures of persons with the line of the whole population"), (all, note) =>
                all.With(note)));
    }

    /// <summary>The same with a wish for numbers of clusters, so that every row has one.</summary>
    internal IncomeStudy WithClusters()
    {
        if (Source is not null || Uncertainty.Method is not (IntervalMethod.Bootstrap or IntervalMethod.Linearised)) return this;
        var clusters = Persons.ClustersInForce.Span;
        // Numbered in the order of income: the passes over sorted persons then read the factors of a replicate in order.
        var order = Persons.Incomes.IsEmpty ? [.. Enumerable.Range(0, Persons.Count)] : IncomeOrder.Of(Persons.Incomes.Span);
        var numbers = new int[clusters.IsEmpty ? Persons.Count : KeyIndex.Size(clusters)];
        Array.Fill(numbers, -1);
        var next = 0;
        var renumbered = new int[Persons.Count];
        foreach (var row in order)
        {
            ref var number = ref numbers[clusters.IsEmpty ? row : clusters[row]];
            if (number < 0) number = next++;
            renumbered[row] = number;
        }

        return this with { Persons = Persons with { Clusters = renumbered } };
    }
}

/// <summary>What is compared with what, beside the values themselves.</summary>
/// <remarks>
/// Without replicates or linearised variance a difference of two shares has Newcombe's interval, which takes the two as independent: for
/// two years of one panel it is too wide, and an area and the whole that it is part of have none. The bootstrap draws the same households
/// on both sides.
/// </remarks>
/// <param name="Reference">The area that each area is compared with, or <see cref="Whole"/>; null for no comparison of areas.</param>
/// <param name="Change">Whether each period is compared with the one before.</param>
/// <param name="Poorest">For each k, the share of the poor who live in the k areas with the highest poverty.</param>
internal sealed record Comparison(string? Reference, bool Change, ImmutableArray<int> Poorest)
{
    /// <summary>The name of the whole population as a reference.</summary>
    public const string Whole = "whole";

    /// <summary>Nothing is compared.</summary>
    public static Comparison None { get; } = new(null, false, []);

    /// <summary>Whether the growth of each figure since the period before is wanted.</summary>
    public bool Growth { get; init; }

    /// <summary>The value of a period over that of the period before, less one: of the quantiles, the growth incidence curve.</summary>
    public static Definition GrowthRate { get; } = new(
        "growth-rate", "Growth since the period before", "Tillväxt sedan föregående period", "θ(t) / θ(t − 1) − 1", Units.Share,
        new ValueRange(-1, double.PositiveInfinity), "Ravallion & Chen 2003, Economics Letters 78(1)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The value of an area less that of the reference.</summary>
    public static Definition Difference { get; } = new(
        "difference", "Difference between areas", "Skillnad mellan områden", "θ(area) − θ(reference)", Units.Index, ValueRange.Any,
        "Newcombe 1998, Statistics in Medicine 17(8) (interval of shares)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The value of an area over that of the reference.</summary>
    public static Definition Ratio { get; } = new(
        "ratio", "Ratio between areas", "Kvot mellan områden", "θ(area) / θ(reference)", Units.Ratio, ValueRange.Any,
        "Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed.")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The part of the poverty that would not be if all areas had the share of the reference, or of the area with the
    /// lowest.</summary>
    public static Definition AttributableShare { get; } = new(
        "population-attributable-share", "Population attributable share", "Etiologisk fraktion i befolkningen", "(θ − θ_reference) / θ",
        Units.Share, new ValueRange(double.NegativeInfinity, 1), "Levin 1953; Mackenbach & Kunst 1997, Social Science & Medicine 44(6)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>Where the poor live.</summary>
    public static Definition PoorestAreas { get; } = new(
        "poor-in-poorest-areas", "Share of the poor who live in the k poorest areas",
        "Andel av de fattiga som bor i de k fattigaste områdena", "Σ poor in the k areas with the highest share / Σ poor", Units.Share,
        ValueRange.Unit, "Jargowsky 1997, Poverty and Place")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The value of a period less that of the period before.</summary>
    public static Definition ChangeOverTime { get; } = new(
        "change", "Change since the period before", "Förändring sedan föregående period", "θ(t) − θ(t − 1)", Units.Index, ValueRange.Any,
        "Newcombe 1998, Statistics in Medicine 17(8) (interval of shares)")
    {
        Tells = Tells.Summary,
    };
}

/// <summary>Which measures of persons an analyst asks for, by their ids.</summary>
/// <param name="Income">Those of one year; null for all that the data allow.</param>
/// <param name="Panels">Those that follow persons over years.</param>
/// <param name="Swedish">The ids of those that hold households against Swedish definitions.</param>
internal sealed record ChosenMeasures(IReadOnlyList<IncomeMeasure>? Income, IReadOnlyList<PanelMeasure> Panels,
    IReadOnlyList<string> Swedish)
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
    public static Results Poverty(Extract extract, IReadOnlyList<string> ids, StudyChoices choices, NormChoices norm,
        CancellationToken cancel)
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
        if (chosen.Income is null && isPoverty && study.Persons.Has(PersonParts.Person) && study.Persons.PeriodNames.Length > 1)
            panels = PanelMeasures.All;
        IReadOnlyList<IncomeMeasure> measures = [.. (chosen.Income ?? All(choices, study.Persons, isPoverty))
            .SelectMany(measure => measure.Bind is { } bind ? bind(study.Persons) : [measure])];
        if (measures.Count == 0 && panels.Count == 0)
            throw new CallException("The columns allow no measure: name the income with --income.");
        var results = study.Run(measures, cancel);
        if (choices.Dominance) results = results.Concat(Beside.Dominance.Of(study, cancel));
        if (panels.Count > 0) results = results.Concat(PanelStudy.Run(study, panels, cancel));
        return choices.WithDecompositions(study, results, alpha => SubgroupDecomposition.Of(study, alpha, choices.Epsilon), alphas =>
            ShapleyChange.Of(study, alphas));
    }
}

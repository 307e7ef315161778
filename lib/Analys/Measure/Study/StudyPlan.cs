using Analys.Measure.Income;
using Analys.Measure.Inference;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>Fills the weights of sorted persons: as they are, or those of a replicate.</summary>
internal delegate void Weigh(PersonTable table, DomainSlices slices, Span<double> weights);

/// <summary>One figure to be computed.</summary>
internal sealed record Estimate(int Period, int AgesIndex, AgeSpan? Ages, int Cut, int DomainIndex, Domain Domain,
    IncomeMeasure Measure, int Line)
{
    public required PovertySums Sums { get; init; }

    /// <summary>Those whom the measure leaves out because their income is zero or below: the poor of these sums. Null where it leaves out
    /// nobody.</summary>
    public PovertySums? LeftOut { get; init; }

    /// <summary>The counts of those whom the value is of.</summary>
    public PovertySums Behind => LeftOut is { } some ? Sums.Without(some) : Sums;

    public Quantity? FromSums { get; init; }
}

/// <summary>Everything that is computed once: domains, sorted persons, sums and counts. Replicates change weights only.</summary>
internal sealed class StudyPlan
{
    private readonly List<Estimate> estimates = [];
    private readonly Dictionary<LineQuestion, double> lines = [];
    private readonly Dictionary<SumQuestion, PovertySums[]> sums = [];

    public StudyPlan(IncomeStudy study, IReadOnlyList<IncomeMeasure> measures)
    {
        Study = study = study.WithClusters();
        if (study.Ages.Length > 0 && !study.Persons.Has(PersonParts.Age))
            throw new ColumnNotFoundException("Ages are asked for, but no column has the role Age: name it with --age.");
        Periods = [.. study.Persons.ByPeriod()];
        if (measures.Any(measure => measure.IsAnchored))
        {
            AnchorPeriod = study.Anchor is { } anchor ? Array.FindIndex(Periods, pair => pair.Period == anchor.BasePeriod) : -1;
            if (AnchorPeriod < 0)
                throw new ColumnNotFoundException(
                    "The anchored rate needs a base year that is in the data: name it with --anchor, the year's column with --period.");
        }

        // Sums serve the point values of FGT measures; anything else, and every replicate, needs the sorted persons.
        FromSums = measures.All(measure => measure.SumPower is not null)
            && study.Uncertainty.Method is not (IntervalMethod.Bootstrap
                or IntervalMethod.Linearised or IntervalMethod.ReplicateWeights);
        Measures = measures;
        Source = study.Source ?? new PersonsInMemory(Periods);
        LineQuestion[] asked = [.. Figures().Select(figure => Question(figure.Period, figure.Measure, figure.Line)).OfType<LineQuestion>()
            .Distinct()];
        foreach (var (question, line) in asked.Zip(Source.Lines(this, asked))) lines[question] = line;
        SumQuestion[] totals = [.. Figures().SelectMany(figure => LeftOut(figure) is { } left ? [Question(figure), left]
            : new[] { Question(figure) }).Distinct()];
        foreach (var (question, answer) in totals.Zip(Source.Sums(this, totals))) sums[question] = answer;
        foreach (var figure in Figures()) Add(figure);

        // Figures on the same sorted persons are computed one after the other: their weights are then filled in once.
        Order = [.. Enumerable.Range(0, estimates.Count).OrderBy(i => estimates[i].Period).ThenBy(i => estimates[i].Measure.Concept)
            .ThenBy(i => estimates[i].AgesIndex).ThenBy(i => estimates[i].Cut).ThenBy(i => estimates[i].DomainIndex)];
    }

    public IncomeStudy Study { get; }

    public IReadOnlyList<IncomeMeasure> Measures { get; }

    /// <summary>Where the persons are.</summary>
    public IPersonSource Source { get; }

    /// <summary>The persons, where their rows are in memory.</summary>
    public PersonsInMemory Rows => (PersonsInMemory)Source;

    public (string? Period, PersonTable Table)[] Periods { get; }

    public IReadOnlyList<Estimate> Estimates => estimates;

    public int[] Order { get; }

    public int AnchorPeriod { get; }

    public bool FromSums { get; }

    /// <summary>Where the line of a concept comes from.</summary>
    public IncomeConcept LineConcept(IncomeConcept concept) =>
        concept == IncomeConcept.AfterHousing && !Study.KeepLineAfterHousing ? concept : IncomeConcept.Disposable;

    /// <summary>The point values.</summary>
    public Quantity[] Evaluate()
    {
        return FromSums ? [.. estimates.Select(estimate => estimate.FromSums!.Value)] : Source.Values(this);
    }

    // Incomes below it are zero or negative; a line of zero itself would be divided by.
    private const double JustAboveZero = 1e-100;

    /// <summary>Whether an income below zero is behind a measure that does not bear it.</summary>
    public bool HasNegative()
    {
        SumQuestion[] asked = [.. estimates.Where(estimate => estimate.Measure.NeedsNonNegative)
            .Select(estimate => new SumQuestion(estimate.Period, estimate.Measure.Concept, 0, null, -JustAboveZero, PoorRule.Below))
                .Distinct()];
        return asked.Length > 0 && Source.Sums(this, asked).Any(sums => sums[0].PoorCount > 0);
    }

    /// <summary>The incomes of a measure with what it holds against them.</summary>
    public WeightedIncomes With(WeightedIncomes incomes, int period, IncomeConcept concept, DomainSlices slices, Range range) =>
        BesideColumn.IsJoint(concept)
            ? incomes.With(slices.Beside(Rows.Concept(period, concept).Table, BesideColumn.PlaceOf(concept)!.Value).AsSpan(range))
                : incomes;

    public MeasureContext Context(double line) => new(line, Study.Quantiles, Study.Poor, Study.NonPositive);

    /// <summary>The line of the point values.</summary>
    public double Line(int period, IncomeMeasure measure, int line)
    {
        if (measure.OwnLine is { } own) return own;
        if (Question(period, measure, line) is not { } question) return double.NaN;
        return measure.IsAnchored ? lines[question] * Study.Anchor!.Factor(Periods[period].Period) : measure.LineFactor * lines[question];
    }

    // The line that a figure needs; null where it has one of its own, or none.
    private LineQuestion? Question(int period, IncomeMeasure measure, int line) =>
        measure.OwnLine is not null || !measure.Choices.HasFlag(Choices.Line) ? null
        : measure.IsAnchored ? new(AnchorPeriod, IncomeConcept.Disposable, line) : new(period, LineConcept(measure.Concept), line);

    private SumQuestion Question((int Period, IncomeMeasure Measure, int Line, int AgesIndex, AgeSpan? Ages, int Cut) figure) =>
        // Two sides of a column of noughts and ones: fewer than the policy's number on either are too few.
        figure.Measure.HasSides
            ? new(figure.Period, BesideColumn.Own(BesideColumn.PlaceOf(figure.Measure.Concept)!.Value), figure.Cut, figure.Ages, 0.5,
                PoorRule.Below)
            : new(figure.Period, figure.Measure.Concept, figure.Cut, figure.Ages, Line(figure.Period, figure.Measure, figure.Line),
                figure.Measure.OwnLine is null && !figure.Measure.CountsAbove ? Study.Poor : PoorRule.AtOrBelow);

    // Logarithms leave out incomes of zero and below: whom the figure is of is then fewer than who is there.
    private SumQuestion? LeftOut((int Period, IncomeMeasure Measure, int Line, int AgesIndex, AgeSpan? Ages, int Cut) figure) =>
        figure.Measure.Choices.HasFlag(Choices.NonPositive) && Study.NonPositive == NonPositiveIncomes.Exclude
            ? new(figure.Period, figure.Measure.Concept, figure.Cut, figure.Ages, JustAboveZero, PoorRule.Below) : null;

    // Every figure of every domain of a cut, in the order of the record.
    private IEnumerable<(int Period, IncomeMeasure Measure, int Line, int AgesIndex, AgeSpan? Ages, int Cut)> Figures() =>
        from period in Enumerable.Range(0, Periods.Length)
        from measure in Measures
        from line in Enumerable.Range(0, measure.Choices.HasFlag(Choices.Line) ? Study.Lines.Length : 1)
        from ages in Enumerable.Range(0, measure.OfWhole ? 1 : Math.Max(1, Study.Ages.Length))
        from cut in Enumerable.Range(0, measure.OfWhole ? 1 : Source.Cuts(period, measure.Concept).Length)
        select (period, measure, line, ages, Study.Ages.Length == 0 || measure.OfWhole ? (AgeSpan?)null : Study.Ages[ages], cut);

    private void Add((int Period, IncomeMeasure Measure, int Line, int AgesIndex, AgeSpan? Ages, int Cut) figure)
    {
        var (period, measure, line, agesIndex, ages, cut) = figure;
        var lineValue = Line(period, measure, line);
        var own = measure.CountsAbove ? [.. sums[Question(figure)].Select(sum => sum.Turned())] : sums[Question(figure)];
        var left = LeftOut(figure) is { } question ? sums[question] : null;
        var domains = Source.Cuts(period, measure.Concept)[cut];
        for (var domain = 0; domain < own.Length; domain++)
        {
            if (own[domain].Count == 0 && !domains.KeepsEmpty) continue;
            estimates.Add(new Estimate(period, agesIndex, ages, cut, domain, domains.Domains[domain], measure, line)
            {
                Sums = own[domain],
                LeftOut = left?[domain],
                FromSums = measure.SumPower is not { } power ? null
                    : !measure.OfWhole ? own[domain].Weight > 0 && measure.Refused(lineValue) is { } refused
                    ? refused : own[domain].Fgt(power)
                    : double.IsNaN(lineValue) ? Quantity.Undefined(IncomeMeasure.Nobody) : Quantity.Known(lineValue),
            });
        }
    }
}

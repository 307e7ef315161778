using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;

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
    private readonly Dictionary<(int Period, IncomeConcept Concept), ConceptPlan> concepts = [];
    private readonly List<Estimate> estimates = [];
    private readonly Dictionary<(int Period, IncomeConcept Concept, int Line), double> selected = [];

    public StudyPlan(IncomeStudy study, IReadOnlyList<IncomeMeasure> measures)
    {
        Study = study = study.WithClusters();
        if (study.Ages.Length > 0 && study.Persons.Ages.IsEmpty)
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
        for (var period = 0; period < Periods.Length; period++)
        {
            foreach (var measure in measures) Add(period, measure);
        }

        // Figures on the same sorted persons are computed one after the other: their weights are then filled in once.
        Order = [.. Enumerable.Range(0, estimates.Count).OrderBy(i => estimates[i].Period).ThenBy(i => estimates[i].Measure.Concept)
            .ThenBy(i => estimates[i].AgesIndex).ThenBy(i => estimates[i].Cut).ThenBy(i => estimates[i].DomainIndex)];
    }

    public IncomeStudy Study { get; }

    public (string? Period, PersonTable Table)[] Periods { get; }

    public IReadOnlyList<Estimate> Estimates => estimates;

    public int[] Order { get; }

    public int AnchorPeriod { get; }

    public bool FromSums { get; }

    public ConceptPlan Concept(int period, IncomeConcept concept)
    {
        if (!concepts.TryGetValue((period, concept), out var plan))
            concepts[(period, concept)] = plan = new ConceptPlan(Periods[period].Table, concept);
        return plan;
    }

    /// <summary>Where the line of a concept comes from.</summary>
    public IncomeConcept LineConcept(IncomeConcept concept) =>
        concept == IncomeConcept.AfterHousing && !Study.KeepLineAfterHousing ? concept : IncomeConcept.Disposable;

    /// <summary>The point values.</summary>
    public Quantity[] Evaluate()
    {
        if (FromSums) return [.. estimates.Select(estimate => estimate.FromSums!.Value)];
        if (Study.Aggregates is { } aggregates) return aggregates.Values(this);
        return new StudyRun(this).Evaluate((_, slices, weights) => slices.Weights.CopyTo(weights));
    }

    /// <summary>Whether an income below zero is behind a measure that does not bear it.</summary>
    public bool HasNegative()
    {
        foreach (var (period, concept) in estimates.Where(estimate => estimate.Measure.NeedsNonNegative)
            .Select(estimate => (estimate.Period, estimate.Measure.Concept)).Distinct())
        {
            if (Study.Aggregates is { } aggregates)
            {
                if (aggregates.Sums(period, concept, 0, null, -JustAboveZero, PoorRule.Below)[0].PoorCount > 0) return true;
            }
            else
            {
                foreach (var income in Concept(period, concept).Values.Span)
                {
                    if (income < 0) return true;
                }
            }
        }

        return false;
    }

    /// <summary>The incomes of a measure with what it holds against them.</summary>
    public WeightedIncomes With(WeightedIncomes incomes, int period, IncomeConcept concept, DomainSlices slices, Range range) =>
        BesideColumn.IsJoint(concept)
            ? incomes.With(slices.Beside(Concept(period, concept).Table, BesideColumn.PlaceOf(concept)!.Value).AsSpan(range)) : incomes;

    public MeasureContext Context(double line) => new(line, Study.Quantiles, Study.Poor, Study.NonPositive);

    /// <summary>The line of the point values, selected without sorting.</summary>
    public double Line(int period, IncomeMeasure measure, int line)
    {
        if (measure.OwnLine is { } own) return own;
        if (!measure.Choices.HasFlag(Choices.Line)) return double.NaN;
        if (measure.IsAnchored) return Select(AnchorPeriod, IncomeConcept.Disposable, line) * Study.Anchor!.Factor(Periods[period].Period);
        return measure.LineFactor * Select(period, LineConcept(measure.Concept), line);
    }

    private double Select(int period, IncomeConcept concept, int line)
    {
        if (!selected.TryGetValue((period, concept, line), out var value))
        {
            selected[(period, concept, line)] = value = Study.Aggregates is { } aggregates
                ? aggregates.Line(period, concept, line)
                : Concept(period, concept).SelectLine(Study.Lines[line], Study.Quantiles);
        }

        return value;
    }

    private void Add(int period, IncomeMeasure measure)
    {
        var cuts = Study.Aggregates is null ? Concept(period, measure.Concept).Cuts : frameCuts ??= Cut.All(Study.Persons.Breakdowns);
        var lines = measure.Choices.HasFlag(Choices.Line) ? Study.Lines.Length : 1;
        for (var line = 0; line < lines; line++)
        {
            var value = Line(period, measure, line);
            for (var ages = 0; ages < Math.Max(1, measure.OfWhole ? 1 : Study.Ages.Length); ages++)
            {
                AgeSpan? span = Study.Ages.Length == 0 || measure.OfWhole ? null : Study.Ages[ages];
                for (var cut = 0; cut < (measure.OfWhole ? 1 : cuts.Length); cut++)
                    AddCut(period, measure, cuts, line, value, ages, span, cut);
            }
        }
    }

    // Incomes below it are zero or negative; a line of zero itself would be divided by.
    internal const double JustAboveZero = 1e-100;

    private readonly Dictionary<(int Period, IncomeConcept, double Line, PoorRule Rule, int Ages, int Cut), PovertySums[]> passes = [];
    private ImmutableArray<Cut>? frameCuts;

    private PovertySums[] Pass(int period, IncomeConcept concept, ImmutableArray<Cut> cuts, double line, PoorRule rule, int agesIndex,
        AgeSpan? ages, int cut)
    {
        var key = (period, concept, line, rule, ages is null ? -1 : agesIndex, cut);
        if (!passes.TryGetValue(key, out var sums))
        {
            passes[key] = sums = Study.Aggregates is { } aggregates
                ? aggregates.Sums(period, concept, cut, ages, line, rule)
                : PovertyPass.Of(Concept(period, concept).Table, Concept(period, concept).Values, cuts[cut], ages, line, rule);
        }

        return sums;
    }

    private void AddCut(int period, IncomeMeasure measure, ImmutableArray<Cut> cuts, int line, double lineValue, int agesIndex,
        AgeSpan? ages, int cut)
    {
        var sums = Pass(period, measure.Concept, cuts, lineValue,
            measure.OwnLine is null && !measure.CountsAbove ? Study.Poor : PoorRule.AtOrBelow, agesIndex, ages, cut);
        if (measure.CountsAbove) sums = [.. sums.Select(sum => sum.Turned())];
        // Two sides of a column of noughts and ones: fewer than the policy's number on either are too few.
        if (measure.HasSides)
        {
            sums = Pass(period, BesideColumn.Own(BesideColumn.PlaceOf(measure.Concept)!.Value), cuts, 0.5, PoorRule.Below, agesIndex, ages, cut);
        }


        // Logarithms leave out incomes of zero and below: whom the figure is of is then fewer than who is there.
        var left = measure.Choices.HasFlag(Choices.NonPositive) && Study.NonPositive == NonPositiveIncomes.Exclude
            ? Pass(period, measure.Concept, cuts, JustAboveZero, PoorRule.Below, agesIndex, ages, cut) : null;
        for (var domain = 0; domain < sums.Length; domain++)
        {
            if (sums[domain].Count == 0 && !cuts[cut].KeepsEmpty) continue;
            estimates.Add(new Estimate(period, agesIndex, ages, cut, domain, cuts[cut].Domains[domain], measure, line)
            {
                Sums = sums[domain],
                LeftOut = left?[domain],
                FromSums = measure.SumPower is not { } power ? null
                    : !measure.OfWhole ? sums[domain].Weight > 0 && measure.Refused(lineValue) is { } refused
                    ? refused : sums[domain].Fgt(power)
                    : double.IsNaN(lineValue) ? Quantity.Undefined(IncomeMeasure.Nobody) : Quantity.Known(lineValue),
            });
        }
    }
}

/// <summary>The persons of one period with one concept of income, divided among domains.</summary>
internal sealed class ConceptPlan
{
    private readonly Lazy<int[]> order;
    private readonly Lazy<DomainSlices> whole;
    private readonly Dictionary<(int Ages, int Cut), DomainSlices> slices = [];

    public ConceptPlan(PersonTable table, IncomeConcept concept)
    {
        var incomes = Incomes(table, concept);
        var unknown = 0;
        foreach (var income in incomes.Span) unknown += double.IsNaN(income) ? 1 : 0;
        if (unknown > 0)
        {
            var rows = Enumerable.Range(0, table.Count).Where(row => !double.IsNaN(incomes.Span[row])).ToArray();
            var values = incomes;
            incomes = rows.Select(row => values.Span[row]).ToArray();
            table = table.Pick(rows);
        }

        Table = table;
        Values = incomes;
        Cuts = Cut.All(table.Breakdowns);
        order = new(() => IncomeOrder.Of(Values.Span));
        whole = new(() => DomainSlices.Of(Table, Values.Span, order.Value, Cut.Whole, null));
    }

    public PersonTable Table { get; }

    public ReadOnlyMemory<double> Values { get; }

    public ImmutableArray<Cut> Cuts { get; }

    /// <summary>Everyone, sorted.</summary>
    public DomainSlices Whole => whole.Value;

    /// <summary>The persons of some ages by the domains of a cut, sorted.</summary>
    public DomainSlices Slices(int agesIndex, AgeSpan? ages, int cut)
    {
        if (ages is null && cut == 0) return Whole;
        if (!slices.TryGetValue((agesIndex, cut), out var found))
        {
            slices[(agesIndex, cut)] = found = DomainSlices.Of(Table, Values.Span, order.Value, Cuts[cut], ages);
        }

        return found;
    }

    /// <summary>The line without sorting.</summary>
    public double SelectLine(PovertyLine line, QuantileRule rule)
    {
        switch (line.Kind)
        {
            case LineKind.Median:
                return QuantileSelection.Of(Values, Table.Weights, 0.5, rule) is { } median ? line.Of(median) : double.NaN;
            case LineKind.Mean:
                var total = Table.Weights.IsEmpty ? Values.Length : Compensated.Sum(Table.Weights.Span);
                var sum = Table.Weights.IsEmpty ? Compensated.Sum(Values.Span) : Compensated.Dot(Values.Span, Table.Weights.Span);
                return total > 0 ? line.Of(sum / total) : double.NaN;
            default:
                return line.Number;
        }
    }

    private static ReadOnlyMemory<double> Incomes(PersonTable table, IncomeConcept concept) => concept switch
    {
        IncomeConcept.BeforeTransfers => Less(table, table.Transfers, "Transfers", "--transfers"),
        IncomeConcept.AfterHousing => Less(table, table.HousingCosts, "HousingCost", "--housing-cost"),
        IncomeConcept.SupportMonths => Minus(table.SupportMonths),
        _ when BesideColumn.PlaceOf(concept) is { } place =>
            BesideColumn.IsJoint(concept) ? Known(table, table.Besides[place].Values) : table.Besides[place].Values,
        _ => table.Incomes.IsEmpty && table.Count > 0
            ? throw new ColumnNotFoundException("The measure needs an income: name it with --income.") : table.Incomes,
    };

    private static double[] Known(PersonTable table, ReadOnlyMemory<double> beside)
    {
        var incomes = table.Incomes.ToArray();
        for (var row = 0; row < incomes.Length; row++)
        {
            if (double.IsNaN(beside.Span[row])) incomes[row] = double.NaN;
        }

        return incomes;
    }

    private static double[] Less(PersonTable table, ReadOnlyMemory<double> taken, string role, string option)
    {
        if (taken.IsEmpty) throw new ColumnNotFoundException($"The measure needs a column of the role {role}: name it with {option}.");
        var rest = table.Incomes.ToArray();
        for (var row = 0; row < rest.Length; row++) rest[row] -= taken.Span[row];
        return rest;
    }

    private static double[] Minus(ReadOnlyMemory<double> months)
    {
        if (months.IsEmpty)
            throw new ColumnNotFoundException("The measure needs a column of the role IncomeSupportMonths: name it with --support-months.");
        var minus = months.ToArray();
        for (var row = 0; row < minus.Length; row++) minus[row] = -minus[row];
        return minus;
    }
}

/// <summary>What a plan needs to know of persons that it does not see: a database answers, or a file larger than memory.</summary>
internal interface IStudyAggregates
{
    /// <summary>A line, from everyone of a period; NaN where nobody is there.</summary>
    double Line(int period, IncomeConcept concept, int line);

    /// <summary>The sums of each domain of a cut.</summary>
    PovertySums[] Sums(int period, IncomeConcept concept, int cut, AgeSpan? ages, double line, PoorRule rule);

    /// <summary>The point values of all estimates of a plan.</summary>
    Quantity[] Values(StudyPlan plan);

    /// <summary>The values of all estimates in each replicate of a bootstrap; NaN where there is none.</summary>
    double[][] Replicates(StudyPlan plan, CancellationToken cancel);

    /// <summary>The values of all estimates under each of the replicate weights; NaN where there is none.</summary>
    double[][] ReplicateWeights(StudyPlan plan, CancellationToken cancel);

    /// <summary>Whether the variance of a measure can be asked for.</summary>
    bool CanLinearise(IncomeMeasure measure);

    /// <summary>The linearised variance of estimates, or of their difference from another; null where a measure has no influence
    /// function.</summary>
    Spread?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked);

    /// <summary>Whether a stratum of one cluster was met in a variance.</summary>
    bool HasLonely { get; }
}

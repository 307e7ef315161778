using System.Collections.Immutable;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Study;

namespace Analys.Measure.Source;

/// <summary>Persons whose rows are in memory: sorted once, then every question is a pass over them.</summary>
internal sealed class PersonsInMemory((string? Period, PersonTable Table)[] periods) : IPersonSource
{
    private readonly Dictionary<(int Period, IncomeConcept Concept), ConceptPlan> concepts = [];

    /// <summary>The persons of a period with some income.</summary>
    public ConceptPlan Concept(int period, IncomeConcept concept)
    {
        if (!concepts.TryGetValue((period, concept), out var known))
            concepts[(period, concept)] = known = new ConceptPlan(periods[period].Table, concept);
        return known;
    }

    public ImmutableArray<Cut> Cuts(int period, IncomeConcept concept) => Concept(period, concept).Cuts;

    public IReadOnlyList<double> Lines(StudyPlan plan, IReadOnlyList<LineQuestion> asked) =>
    [
        .. asked.Select(question =>
            Concept(question.Period, question.Concept).SelectLine(plan.Study.Lines[question.Line], plan.Study.Quantiles)),
    ];

    public IReadOnlyList<PovertySums[]> Sums(StudyPlan plan, IReadOnlyList<SumQuestion> asked) =>
    [
        .. asked.Select(question =>
        {
            var persons = Concept(question.Period, question.Concept);
            return PovertyPass.Of(persons.Table, persons.Values, persons.Cuts[question.Cut], question.Ages, question.Line, question.Rule);
        }),
    ];

    public Quantity[] Values(StudyPlan plan) =>
        new StudyRun(plan).Evaluate((_, slices, weights) => slices.Weights.CopyTo(weights));

    public double[][] Replicates(StudyPlan plan, CancellationToken cancel) => StudyReplicates.Bootstrap(plan, cancel);

    public double[][] ReplicateWeights(StudyPlan plan, CancellationToken cancel) => StudyReplicates.Weights(plan, cancel);

    public bool HasLonely => periods.Any(period => period.Table is { Strata.IsEmpty: false } table
        && table.ClustersInForce is { IsEmpty: false } clusters
        && new ClusterDesign(clusters.Span, table.Strata.Span, KeyIndex.Size(clusters.Span)).HasLonely);

    public Spread?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked)
    {
        var variance = new LinearisedVariance(plan);
        return [.. asked.Select(figure => variance.Of(figure.Of, figure.Minus))];
    }

    public IReadOnlyList<Lazy<Basis>> Reach(StudyPlan plan, IReadOnlyList<Quantity> values, int[] open, Basis[] bases)
    {
        var influence = new HouseholdInfluence(plan);
        return [.. open.Select(i => new Lazy<Basis>(() => influence.Of(plan.Estimates[i], values[i].Number, bases[i])))];
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

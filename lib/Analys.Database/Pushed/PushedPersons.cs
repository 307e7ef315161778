using System.Collections.Immutable;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>Persons who stay where they are: a plan's questions become rounds of questions to a source, many in one.</summary>
internal sealed class PushedPersons(IAggregateSource source, SourceFrame frame, IncomeStudy study,
    (PoissonReplicate? Poisson, int? Column) weights,
    CancellationToken cancel) : IPersonSource
{
    private readonly ImmutableArray<Cut> cuts = Cut.All(study.Persons.Breakdowns);

    public ImmutableArray<Cut> Cuts(int period, IncomeConcept concept) => cuts;

    public IReadOnlyList<PovertySums[]> Sums(StudyPlan plan, IReadOnlyList<SumQuestion> asked)
    {
        var queries = asked.Select(question =>
            new SumQuery(Scope(question.Period, question.Concept, question.Cut, question.Ages), question.Line, question.Rule)).ToArray();
        // Questions of several periods are one where the data have none.
        SumQuery[] distinct = [.. queries.Distinct()];
        var answers = distinct.Zip(source.Answer(frame, distinct, cancel)).ToDictionary(pair => pair.First,
            pair => pair.Second.Select(Sum).ToArray());
        return [.. queries.Select(query => answers[query])];
    }

    public Quantity[] Values(StudyPlan plan) => new StudyValues(source, frame, cancel).Of(plan, this);

    public double[][] Replicates(StudyPlan plan, CancellationToken cancelled) =>
        Replicates(plan, plan.Study.Uncertainty.Replicates, number => (new PoissonReplicate(plan.Study.Uncertainty.Seed, number), null),
            cancelled);

    public double[][] ReplicateWeights(StudyPlan plan, CancellationToken cancelled)
    {
        var count = frame.Layout.ReplicateWeights.Length;
        return count < 2 ? throw new ColumnNotFoundException(StudyReplicates.TooFew)
            : Replicates(plan, count, number => (null, number), cancelled);
    }

    public IReadOnlyList<Lazy<Basis>> Reach(StudyPlan plan, IReadOnlyList<Quantity> values, int[] open, Basis[] bases)
    {
        // A source is asked once for all.
        var all = new Lazy<Basis[]>(() => new PushedReach(source, frame, plan, this, cancel).Of(open, bases));
        return [.. open.Select(i => new Lazy<Basis>(() => all.Value[i]))];
    }

    public bool HasLonely { get; private set; }

    public Spread?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked)
    {
        var variance = new PushedVariance(source, frame, plan, this, cancel);
        var spreads = variance.Of(asked);
        HasLonely |= variance.HasLonely;
        return spreads;
    }

    /// <summary>The sums of everyone of a period, by no line.</summary>
    public PovertySums Whole(int period, IncomeConcept concept) =>
        Sum(source.Answer(frame, [new SumQuery(Scope(period, concept, 0, null), double.NaN, PoorRule.Below)], cancel)[0][0]);

    private double[][] Replicates(StudyPlan plan, int count, Func<int, (PoissonReplicate?, int?)> weightsOf, CancellationToken cancelled)
    {
        var all = new double[count][];
        var places = plan.Estimates.Select((estimate, i) => (Key(estimate), i)).ToDictionary(pair => pair.Item1, pair => pair.i);
        for (var number = 0; number < all.Length; number++)
        {
            cancelled.ThrowIfCancellationRequested();
            var own = new PushedPersons(source, frame, study, weightsOf(number), cancel);
            var redrawn = new StudyPlan(study with { Source = own }, plan.Measures);
            var values = redrawn.Evaluate();
            var numbers = all[number] = new double[places.Count];
            Array.Fill(numbers, double.NaN);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i].HasNumber && places.TryGetValue(Key(redrawn.Estimates[i]), out var place)) numbers[place] = values[i].Number;
            }
        }

        return all;
    }

    /// <summary>The scope of the persons of a cut.</summary>
    public Scope Scope(int period, IncomeConcept concept, int cut, AgeSpan? ages) =>
        new(frame.Periods.Length < 2 ? -1 : period, concept, cuts[cut].Breakdowns, ages, weights.Poisson, weights.Column);

    // The bottom of a domain may be empty in one replicate and not in another.
    private static object Key(Estimate estimate) =>
        (estimate.Period, estimate.AgesIndex, estimate.Ages, estimate.Cut, estimate.DomainIndex, estimate.Measure, estimate.Line);

    public IReadOnlyList<double> Lines(StudyPlan plan, IReadOnlyList<LineQuestion> asked)
    {
        var everyone = asked.Select(question => Scope(question.Period, question.Concept, 0, null)).ToArray();
        // Lines that are parts of one median share its search.
        var searches =
            Of(LineKind.Median).Distinct().ToDictionary(scope => scope, scope => new QuantileRequest(scope, 0, 0.5, study.Quantiles));
        QuantileSearch.Run(source, frame, searches.Values, cancel);
        Scope[] averaged = [.. Of(LineKind.Mean).Distinct()];
        var means = new Dictionary<Scope, double>();
        if (averaged.Length > 0)
        {
            var answers = source.Answer(frame, [.. averaged.SelectMany(scope => new AggregateQuery[]
                { new TermQuery(scope, [new Term(TermKind.Income)]), new SumQuery(scope, double.NaN, PoorRule.Below) })], cancel);
            for (var i = 0; i < averaged.Length; i++)
            {
                var weight = answers[(2 * i) + 1][0]?[SumColumns.Weight] ?? 0;
                means[averaged[i]] = weight > 0 ? answers[2 * i][0]![0] / weight : double.NaN;
            }
        }

        return
        [
            .. asked.Select((question, i) => study.Lines[question.Line] is var line && line.Kind == LineKind.Fixed ? line.Number
                : line.Of(line.Kind == LineKind.Mean ? means[everyone[i]] : searches[everyone[i]].Value ?? double.NaN)),
        ];

        IEnumerable<Scope> Of(LineKind kind) => everyone.Where((_, i) => study.Lines[asked[i].Line].Kind == kind);
    }

    internal static PovertySums Sum(double[]? row) => row is null ? default : new PovertySums
    {
        Count = (long)row[SumColumns.Count],
        PoorCount = (long)row[SumColumns.PoorCount],
        Weight = row[SumColumns.Weight],
        PoorWeight = row[SumColumns.PoorWeight],
        Gaps = row[SumColumns.Gaps],
        SquaredGaps = row[SumColumns.SquaredGaps],
        PoorHouseholds = (long)row[SumColumns.PoorHouseholds],
        OtherHouseholds = (long)row[SumColumns.OtherHouseholds],
        SquaredClusterWeights = row[SumColumns.SquaredClusterWeights],
    };
}

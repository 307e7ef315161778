using System.Collections.Immutable;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>Answers a plan's questions from a source, many in one round: the plan is drawn up once to learn which lines, once to learn
/// which sums.</summary>
internal sealed class StudyAggregates : IStudyAggregates
{
    private readonly IAggregateSource source;
    private readonly SourceFrame frame;
    private readonly IncomeStudy study;
    private readonly IReadOnlyList<IncomeMeasure> measures;
    private readonly CancellationToken cancel;
    private readonly (PoissonReplicate? Poisson, int? Column) weights;
    private readonly ImmutableArray<Cut> cuts;
    private readonly Dictionary<(int, IncomeConcept, int), double> lines = [];
    private readonly Dictionary<SumQuery, PovertySums[]> sums = [];

    public StudyAggregates(IAggregateSource source, SourceFrame frame, IncomeStudy study, IReadOnlyList<IncomeMeasure> measures,
        (PoissonReplicate? Poisson, int? Column) weights, CancellationToken cancel)
    {
        (this.source, this.frame, this.study, this.measures, this.weights, this.cancel) = (source, frame, study, measures, weights, cancel);
        cuts = Cut.All(study.Persons.Breakdowns);
        _ = new StudyPlan(study with { Aggregates = this }, measures);
        FindLines();
        sums.Clear();
        _ = new StudyPlan(study with { Aggregates = this }, measures);
        FindSums();
    }

    public double Line(int period, IncomeConcept concept, int line) =>
        lines.TryGetValue((period, concept, line), out var known) ? known : lines[(period, concept, line)] = double.NaN;

    public PovertySums[] Sums(int period, IncomeConcept concept, int cut, AgeSpan? ages, double line, PoorRule rule)
    {
        var query = new SumQuery(Scope(period, concept, cut, ages), line, rule);
        if (sums.TryGetValue(query, out var known)) return known;
        return sums[query] = new PovertySums[cuts[cut].Domains.Length];
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

    public bool CanLinearise(IncomeMeasure measure) => measure.AggregateInfluence is not null;

    public Spread?[] Variances(StudyPlan plan, IReadOnlyList<(int Of, int? Minus)> asked)
    {
        var variance = new PushedVariance(source, frame, plan, this, cancel);
        var spreads = variance.Of(asked);
        HasLonely |= variance.HasLonely;
        return spreads;
    }

    public bool HasLonely { get; private set; }

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
            var own = new StudyAggregates(source, frame, study, measures, weightsOf(number), cancel);
            var redrawn = new StudyPlan(study with { Aggregates = own }, measures);
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

    private void FindLines()
    {
        var medians = new List<((int, IncomeConcept, int) Key, QuantileRequest Request)>();
        var means = new List<((int, IncomeConcept, int) Key, TermQuery Query, SumQuery Weight)>();
        foreach (var key in lines.Keys.ToArray())
        {
            var (period, concept, number) = key;
            var line = study.Lines[number];
            var everyone = Scope(period, concept, 0, null);
            if (line.Kind == LineKind.Fixed) lines[key] = line.Number;
            else if (line.Kind == LineKind.Median) medians.Add((key, new QuantileRequest(everyone, 0, 0.5, study.Quantiles)));
            else means.Add((key, new TermQuery(everyone, [new Term(TermKind.Income)]), new SumQuery(everyone, double.NaN, PoorRule.Below)));
        }

        // Lines that are parts of one median share its search.
        var searches = medians.GroupBy(pair => pair.Request.Scope).ToDictionary(group => group.Key, group => group.First().Request);
        QuantileSearch.Run(source, frame, searches.Values, cancel);
        foreach (var (key, request) in medians) lines[key] = searches[request.Scope].Value is { } median
            ? study.Lines[key.Item3].Of(median) : double.NaN;
        if (means.Count == 0) return;
        var answers = source.Answer(frame, [.. means.SelectMany(mean => new AggregateQuery[] { mean.Query, mean.Weight })], cancel);
        for (var i = 0; i < means.Count; i++)
        {
            var weight = answers[(2 * i) + 1][0]?[SumColumns.Weight] ?? 0;
            lines[means[i].Key] = weight > 0 ? study.Lines[means[i].Key.Item3].Of(answers[2 * i][0]![0] / weight) : double.NaN;
        }
    }

    private void FindSums()
    {
        var queries = sums.Keys.ToArray();
        var answers = source.Answer(frame, queries, cancel);
        for (var i = 0; i < queries.Length; i++) sums[queries[i]] = [.. answers[i].Select(Sum)];
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

using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>The point values of a plan: quantiles of all domains in common rounds, then one round of sums, then the formulas.</summary>
internal sealed class StudyValues(IAggregateSource source, SourceFrame frame, CancellationToken cancel)
{
    public Quantity[] Of(StudyPlan plan, PushedPersons aggregates)
    {
        var figures = plan.Estimates.Select(estimate => Figure(plan, aggregates, estimate)).ToArray();
        var open = figures.Where(figure => figure.Measure is not null).ToArray();
        Find(open);
        return [.. figures.Select(figure => figure.Value ?? figure.Measure!.Formula(figure.Facts!))];
    }

    /// <summary>Finds out what figures need.</summary>
    public void Find(PushedFigure[] figures)
    {
        FindQuantiles(figures);
        FindTerms(figures);
        FindPivots(figures);
        FindMaxima(figures);
    }

    private static PushedFigure Figure(StudyPlan plan, PushedPersons aggregates, Estimate estimate)
    {
        if (estimate.FromSums is { } known) return new PushedFigure { Value = known };
        if (!(estimate.Sums.Weight > 0)) return new PushedFigure { Value = Quantity.Undefined(IncomeMeasure.Nobody) };
        if (estimate.Measure.Refused(plan.Line(estimate.Period, estimate.Measure, estimate.Line)) is { } refused)
            return new PushedFigure { Value = refused };
        return new PushedFigure
        {
            Measure = estimate.Measure.Aggregate,
            Scope = aggregates.Scope(estimate.Period, estimate.Measure.Concept, estimate.Cut, estimate.Ages),
            Domain = estimate.DomainIndex,
            Facts = new Facts(estimate.Sums, plan.Context(plan.Line(estimate.Period, estimate.Measure, estimate.Line))),
        };
    }

    private void FindQuantiles(PushedFigure[] figures)
    {
        var requests = new Dictionary<(Scope, int, double, QuantileRule, double?), QuantileRequest>();
        QuantileRequest Ask(PushedFigure figure, double p, QuantileRule rule, double? total)
        {
            var key = (figure.Scope!, figure.Domain, p, rule, total);
            return requests.TryGetValue(key, out var known)
                ? known : requests[key] = new QuantileRequest(figure.Scope!, figure.Domain, p, rule, total);
        }

        var asked = new List<(PushedFigure, double P, QuantileRule Rule, bool Poor, QuantileRequest)>();
        foreach (var figure in figures)
        {
            var facts = figure.Facts!;
            foreach (var (p, own) in figure.Measure!.Quantiles) asked.Add(
                (figure, p, own ?? facts.Context.Quantiles, false, Ask(figure, p, own ?? facts.Context.Quantiles, null)));
            // The poor come first, so that the median of the poor is where half of their weight is reached.
            foreach (var (p, own) in figure.Measure.PoorQuantiles)
            {
                if (facts.Sums.PoorWeight > 0)
                    asked.Add((figure, p, own ?? facts.Context.Quantiles, true,
                        Ask(figure, p, own ?? facts.Context.Quantiles, facts.Sums.PoorWeight)));
            }
        }

        QuantileSearch.Run(source, frame, requests.Values, cancel);
        foreach (var (figure, p, rule, poor, request) in asked)
        {
            (poor ? figure.Facts!.PoorQuantiles : figure.Facts!.Quantiles)[(p, rule)] = request.Value!.Value;
        }
    }

    private void FindTerms(PushedFigure[] figures)
    {
        var scopes = figures.Where(figure => figure.Measure!.Terms.Length > 0 || figure.Measure.MoreTerms is not null)
            .GroupBy(figure => figure.Scope!).ToArray();
        if (scopes.Length == 0) return;
        var terms = scopes.Select(scope => scope.SelectMany(Keys).Distinct().ToArray()).ToArray();
        var answers = source.Answer(frame, [.. scopes.Select((scope, i) =>
            new TermQuery(scope.Key, [.. terms[i]]) { Asked = Places(scope, terms[i]) })], cancel);
        for (var i = 0; i < scopes.Length; i++)
        {
            foreach (var figure in scopes[i])
            {
                var row = answers[i][figure.Domain]!;
                foreach (var key in Keys(figure)) figure.Facts!.Terms[key] = row[Array.IndexOf(terms[i], key)];
            }
        }

        // Kernels stand elsewhere in each domain.
        int[][] Places(IGrouping<Scope, PushedFigure> scope, Term[] all)
        {
            var places = all.Select((term, i) => (term, i)).ToDictionary(pair => pair.term, pair => pair.i);
            var asked = new int[frame.Domains(scope.Key)][];
            Array.Fill(asked, []);
            foreach (var domain in scope.GroupBy(figure => figure.Domain))
                asked[domain.Key] = [.. domain.SelectMany(Keys).Select(key => places[key]).Distinct().Order()];
            return asked;
        }

        static IEnumerable<Term> Keys(PushedFigure figure) =>
            figure.Measure!.Terms.Select(term => Facts.Key(term.Kind, term.Power, figure.Facts!.Context))
            .Concat(figure.Measure.MoreTerms?.Invoke(figure.Facts!) ?? []);
    }

    private void FindPivots(PushedFigure[] figures)
    {
        var scopes = figures.Where(figure => figure.Measure!.Pivots is not null).GroupBy(figure => figure.Scope!).ToArray();
        if (scopes.Length == 0) return;
        var queries = scopes.Select(scope =>
        {
            var pivots = new double[]?[frame.Domains(scope.Key)];
            foreach (var domain in scope.GroupBy(figure => figure.Domain))
                pivots[domain.Key] = [.. domain.SelectMany(figure => figure.Measure!.Pivots!(figure.Facts!)).Distinct().Order()];
            return new BinQuery(scope.Key, pivots);
        }).ToArray();
        var answers = source.Answer(frame, queries, cancel);
        for (var i = 0; i < scopes.Length; i++)
        {
            foreach (var figure in scopes[i])
            {
                var (pivots, row) = (queries[i].Pivots[figure.Domain]!, answers[i][figure.Domain]!);
                double weight = 0, income = 0;
                for (var j = 0; j < pivots.Length; j++)
                    figure.Facts!.BelowPivots[pivots[j]] = (weight += row[j], income += row[pivots.Length + 1 + j]);
                var above = 0.0;
                for (var j = pivots.Length - 1; j >= 0; j--) figure.Facts!.IncomeAbove[pivots[j]] = above += row[pivots.Length + 2 + j];
            }
        }
    }

    private void FindMaxima(PushedFigure[] figures)
    {
        var asked = figures.Where(figure => figure.Measure!.Maxima != MaximaOf.None)
            .GroupBy(figure => new MaximaQuery(figure.Scope!, figure.Measure!.Maxima == MaximaOf.Poor ? figure.Facts!.Context.Line
                : null, figure.Facts!.Context.Poor)).ToArray();
        if (asked.Length == 0) return;
        var answers = source.Answer(frame, [.. asked.Select(query => query.Key)], cancel);
        for (var i = 0; i < asked.Length; i++)
        {
            foreach (var figure in asked[i]) figure.Facts!.Maxima = answers[i][figure.Domain]?[0] ?? 0;
        }
    }
}

/// <summary>A figure whose value is known, or follows from facts that must be asked for.</summary>
internal sealed class PushedFigure
{
    public Quantity? Value { get; init; }

    public AggregateForm? Measure { get; init; }

    public Scope? Scope { get; init; }

    public int Domain { get; init; }

    public Facts? Facts { get; init; }
}

using System.Collections.Immutable;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;
using Analys.Measure.Study;

namespace Analys.Database.Pushed;

/// <summary>
/// The influence functions of figures, those of their estimated lines beside them: what they need is asked for first, then they are parts
/// that
/// questions are made of.
/// </summary>
internal sealed class PushedFunctions(IAggregateSource source, SourceFrame frame, StudyPlan plan, PushedPersons aggregates,
    CancellationToken cancel)
{
    private readonly List<LinearPart> parts = [];
    private readonly Dictionary<object, (PushedFigure Figure, AggregateInfluence Influence)> figures = [];
    private readonly Dictionary<object, int> places = [];

    /// <summary>The parts so far.</summary>
    public ImmutableArray<LinearPart> Parts => [.. parts];

    /// <summary>Asks for what the influences of these estimates need.</summary>
    public void Find(IEnumerable<Estimate> estimates)
    {
        foreach (var estimate in estimates) Add(estimate);
        var values = new StudyValues(source, frame, cancel);
        values.Find([.. figures.Values.Select(pair => pair.Figure)]);
        new PushedDensities(values).Find([.. figures.Values.Where(pair => pair.Influence.Densities is not null)]);
    }

    /// <summary>The facts of an estimate and its influence.</summary>
    public (PushedFigure Figure, AggregateInfluence Influence) Of(Estimate estimate) => figures[Key(estimate)];

    /// <summary>The figure whose quantile an estimate stands at: its own, or, where it is the line itself, that of its line.</summary>
    public (PushedFigure Figure, AggregateInfluence Influence) Position(Estimate estimate) =>
        estimate.Measure.OfWhole && MovingLine(estimate) is { } line ? figures[line] : figures[Key(estimate)];

    /// <summary>What the distances of <see cref="Position"/> are multiplied by.</summary>
    public double Scale(Estimate estimate) =>
        estimate.Measure.OfWhole && MovingLine(estimate) is { } ? plan.Study.Lines[estimate.Line].Number / 100 : 1;

    /// <summary>The part of an estimate; null where nobody moves it.</summary>
    public int? Own(Estimate estimate) => Part(Key(estimate));

    /// <summary>The part of the line of an estimate, and what the estimate moves by it; null where the line stands still.</summary>
    public (double Slope, int Part)? Line(Estimate estimate)
    {
        if (MovingLine(estimate) is not { } line || Part(line) is not { } everyone) return null;
        var (figure, influence) = figures[Key(estimate)];
        var factor = estimate.Measure.IsAnchored ? plan.Study.Anchor!.Factor(plan.Periods[estimate.Period].Period)
            : estimate.Measure.LineFactor;
        return (influence.Slope(figure.Facts!) * factor * plan.Study.Lines[estimate.Line].Number / 100, everyone);
    }

    /// <summary>A part that is a function of one's own.</summary>
    public int Place(Scope scope, int domain, ImmutableArray<(double, Term)> function)
    {
        var key = (scope, domain, string.Join(';', function.Select(term => $"{term.Item1:R} {term.Item2}")));
        if (places.TryGetValue(key, out var known)) return known;
        parts.Add(new LinearPart(scope, domain, function));
        return places[key] = parts.Count - 1;
    }

    private void Add(Estimate estimate)
    {
        var influence = estimate.Measure.AggregateInfluence!;
        if (!figures.ContainsKey(Key(estimate)))
        {
            figures[Key(estimate)] =
                (Figure(influence, aggregates.Scope(estimate.Period, estimate.Measure.Concept, estimate.Cut, estimate.Ages),
                    estimate.DomainIndex, new Facts(
                estimate.Sums, plan.Context(plan.Line(estimate.Period, estimate.Measure, estimate.Line)))), influence);
        }

        if (MovingLine(estimate) is not { } line || figures.ContainsKey(line)) return;
        var centre = (plan.Study.Lines[line.Line].Kind == LineKind.Mean ? Mean.Measure : Median.Measure).AggregateInfluence!;
        var everyone = aggregates.Scope(line.Period, line.Concept, 0, null);
        figures[line] =
            (Figure(centre, everyone, 0, new Facts(aggregates.Whole(line.Period, line.Concept), plan.Context(double.NaN))), centre);
    }

    private static PushedFigure Figure(AggregateInfluence influence, Scope scope, int domain, Facts facts) =>
        new() { Measure = influence.Needs, Scope = scope, Domain = domain, Facts = facts };

    // The line of an estimate, where it moves with the incomes of everyone.
    private (int Period, IncomeConcept Concept, int Line)? MovingLine(Estimate estimate)
    {
        if (estimate.Measure.Slope is null || plan.Study.Lines[estimate.Line].Kind == LineKind.Fixed) return null;
        return (estimate.Measure.IsAnchored ? plan.AnchorPeriod : estimate.Period, plan.LineConcept(estimate.Measure.Concept),
            estimate.Line);
    }

    private int? Part(object key)
    {
        if (places.TryGetValue(key, out var known)) return known;
        var (figure, influence) = figures[key];
        var function = influence.Of(figure.Facts!);
        if (function.IsEmpty) return null;
        parts.Add(new LinearPart(figure.Scope!, figure.Domain, function));
        return places[key] = parts.Count - 1;
    }

    private static object Key(Estimate estimate) =>
        (estimate.Period, estimate.AgesIndex, estimate.Ages, estimate.Cut, estimate.DomainIndex, estimate.Measure, estimate.Line);
}

/// <summary>
/// The linearised variance of figures, the estimated line included: the sums and squares of clusters' totals by stratum, all figures in one
/// round.
/// </summary>
/// <remarks>Var = Σ_h n_h / (n_h − 1) (Σ_c t_c² − (Σ_c t_c)² / n_h). Source: Deville 1999, Survey Methodology 25(2); Osier 2009, Survey
/// Research Methods 3(3).</remarks>
internal sealed class PushedVariance(IAggregateSource source, SourceFrame frame, StudyPlan plan, PushedPersons aggregates,
    CancellationToken cancel)
{
    /// <summary>The variances.</summary>
    public Spread?[] Of(IReadOnlyList<(int Of, int? Minus)> asked)
    {
        var functions = new PushedFunctions(source, frame, plan, aggregates, cancel);
        Estimate[] estimates =
            [.. asked.SelectMany(pair => pair.Minus is { } other ? new[] { pair.Of, other } : [pair.Of]).Distinct().Select(i =>
                plan.Estimates[i])];
        if (estimates.FirstOrDefault(estimate => estimate.Measure.AggregateInfluence is not { IsApproximate: false }) is { } without)
        {
            throw new NotPushedException(
                $"--interval linearised: the influence of a person on {without.Measure.Definition.Id} depends on the order of all "
                    + "incomes; leave it out, or take bootstrap.");
        }

        functions.Find(estimates);
        var forms =
            asked.Select(pair =>
                new LinearForm([.. Terms(functions, pair.Of, 1), .. pair.Minus is { } other ? Terms(functions, other, -1) : []]))
                .ToArray();
        var scope = new Scope(-1, IncomeConcept.Disposable, frame.Layout.StratumKey is null ? [] : [frame.Layout.By.Length], null);
        if (functions.Parts.IsEmpty) return [.. forms.Select(_ => (Spread?)Spread.None)];
        // A form of no parts is a constant; its sums are zero.
        var answer =
            source.Answer(frame,
                [new LinearQuery(scope, functions.Parts, [.. forms.Select(form => form.Sum.IsEmpty ? new LinearForm([(0, 0)]) : form)])],
                cancel)[0];
        HasLonely = frame.Layout.StratumKey is not null && answer.Any(stratum => stratum?[0] == 1);
        return [.. forms.Select((_, i) =>
            (Spread?)Spread.Of([.. answer.Where(stratum => stratum is not null).Select(stratum => Stratum(stratum!, i))],
            plan.Study.Uncertainty.Lonely))];
    }

    /// <summary>Whether a stratum of one cluster was met.</summary>
    public bool HasLonely { get; private set; }

    private static StratumSpread Stratum(double[] stratum, int form)
    {
        double n = stratum[0], sum = stratum[1 + (3 * form)], squares = stratum[2 + (3 * form)];
        return new(n, sum, n < 1 ? 0 : Math.Max(0, squares - (sum * sum / n)), squares, stratum[3 + (3 * form)]);
    }

    private IEnumerable<(double, int)> Terms(PushedFunctions functions, int i, double sign)
    {
        var estimate = plan.Estimates[i];
        if (functions.Own(estimate) is { } own) yield return (sign, own);
        if (functions.Line(estimate) is { } line) yield return (sign * line.Slope, line.Part);
    }
}

/// <summary>The density of income at points by a Gaussian kernel: first the bandwidth of each distribution, then the sums of the
/// kernels.</summary>
/// <remarks>Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(−1/5), as the sorted rows have it.</remarks>
internal sealed class PushedDensities(StudyValues values)
{
    private const double Low = 0.25, High = 0.75;

    public void Find(IReadOnlyList<(PushedFigure Figure, AggregateInfluence Influence)> figures)
    {
        var points = figures.SelectMany(pair => pair.Influence.Densities!(pair.Figure.Facts!).Distinct()
            .Select(point => (pair.Figure, point.At, point.Poor))).ToArray();
        values.Find([.. points.Select(point => (point.Figure, point.Poor)).Distinct()
            .Select(pair => new PushedFigure { Measure = Spread(pair.Poor), Scope = pair.Figure.Scope, Domain = pair.Figure.Domain,
                Facts = pair.Figure.Facts })]);
        var kernels = new List<(PushedFigure Figure, double At, bool Poor, double Bandwidth, Term Term)>();
        foreach (var (figure, at, poor) in points)
        {
            var bandwidth = Bandwidth(figure.Facts!, poor);
            var (line, rule) = poor ? (figure.Facts!.Context.Line, figure.Facts.Context.Poor) : (double.NaN, PoorRule.Below);
            if (bandwidth > 0 && double.IsFinite(at))
                kernels.Add((figure, at, poor, bandwidth, new Term(TermKind.Kernel, bandwidth, line, rule, at)));
            else figure.Facts!.Densities[(at, poor)] = 0;
        }

        values.Find([.. kernels.Select(kernel => new PushedFigure
        {
            Measure = AggregateForm.Asking with { MoreTerms = _ => [kernel.Term] },
            Scope = kernel.Figure.Scope,
            Domain = kernel.Figure.Domain,
            Facts = kernel.Figure.Facts,
        })]);
        foreach (var (figure, at, poor, bandwidth, term) in kernels)
        {
            var facts = figure.Facts!;
            facts.Densities[(at, poor)] = facts.Terms[term]
                / ((poor ? facts.Sums.PoorWeight : facts.Weight) * bandwidth * Math.Sqrt(2 * Math.PI));
        }
    }

    private static AggregateForm Spread(bool poor) => poor
        ? AggregateForm.Asking with
        {
            PoorQuantiles = [(Low, QuantileRule.Average), (High, QuantileRule.Average)],
            Terms = [(TermKind.IncomeBelow, 0), (TermKind.SquareBelow, 0)]
        }
        : AggregateForm.Asking with
        {
            Quantiles = [(Low, QuantileRule.Average), (High, QuantileRule.Average)],
            Terms = [(TermKind.Income, 0), (TermKind.Square, 0)]
        };

    private static double Bandwidth(Facts facts, bool poor)
    {
        var (weight, count) = poor ? (facts.Sums.PoorWeight, facts.Sums.PoorCount) : (facts.Weight, facts.Sums.Count);
        if (!(weight > 0)) return 0;
        var quantiles = poor ? facts.PoorQuantiles : facts.Quantiles;
        var mean = facts.Of(poor ? TermKind.IncomeBelow : TermKind.Income) / weight / Term.Scale;
        var variance = (facts.Of(poor ? TermKind.SquareBelow : TermKind.Square) / weight) - (mean * mean);
        // What is left of the difference of two equal sums is no spread: all incomes are alike.
        var deviation = variance > 1e-12 * mean * mean ? Term.Scale * Math.Sqrt(variance) : 0;
        var spread = (quantiles[(High, QuantileRule.Average)] - quantiles[(Low, QuantileRule.Average)]) / 1.34;
        return 0.9 * (spread > 0 ? Math.Min(deviation, spread) : deviation) * Math.Pow(count, -0.2);
    }
}

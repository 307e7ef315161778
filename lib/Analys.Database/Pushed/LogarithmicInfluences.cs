using System.Collections.Immutable;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>The influence on measures of logarithms and powers of positive incomes. Those left out have none, or stay in W where the treatment says denominator.</summary>
internal static class LogarithmicInfluences
{
    private static readonly (TermKind, double)[] Positive = [(TermKind.PositiveWeight, 0), (TermKind.PositiveIncome, 0)];

    /// <summary>The influence of a measure; null where it is none of these.</summary>
    public static PushedInfluence? Of(IncomeMeasure measure) => measure.Definition.Id switch
    {
        "mean-log-deviation" => Entropy(0),
        "theil" => Entropy(1),
        "generalised-entropy" => Entropy(PushedMeasure.Argument(measure, "alpha")),
        "atkinson" => Atkinson(PushedMeasure.Argument(measure, "epsilon")),
        "watts" => Watts,
        _ => null,
    };

    private static PushedInfluence Watts { get; } = new(f =>
    {
        var total = Total(f);
        return [(1 / total, Facts.Key(TermKind.PoorLogarithm, 0, f.Context)), (-f.Of(TermKind.PoorLogarithm) / total / total, Everyone(f))];
    })
    {
        Needs = PushedInfluence.Asking with { Terms = [.. Positive, (TermKind.PoorLogarithm, 0)] },
        // The poor with a positive income: those without one are all poor.
        Slope = f => Math.Max(0, f.Sums.PoorWeight - (f.Weight - f.Of(TermKind.PositiveWeight))) / (f.Context.Line * Total(f)),
    };

    private static PushedInfluence Entropy(double alpha) => new(f =>
    {
        var all = alpha == 2;
        double total = all ? f.Weight : Total(f), sum = all ? f.Income : f.Of(TermKind.PositiveIncome), mean = sum / total, positive = all ? f.Weight : f.Of(TermKind.PositiveWeight);
        var terms = Ratio(alpha, mean);
        var power = terms.Sum(term => term.Coefficient * f.Terms[term.Term]) / total;
        var slope = alpha switch { 0 => positive / total, 1 => -(power + 1), _ => -alpha * power };
        var scale = (alpha is 0 or 1 ? 1 : 1 / (alpha * (alpha - 1))) / total;
        return
        [
            .. terms.Select(term => (scale * term.Coefficient, term.Term)),
            (scale * slope / mean, new Term(all ? TermKind.Income : TermKind.PositiveIncome)),
            (-scale * (power + slope), all ? new Term(TermKind.One) : Everyone(f)),
        ];
    })
    {
        Needs = PushedInfluence.Asking with
        {
            Terms = alpha == 2 ? [(TermKind.Income, 0)] : [.. Positive],
            MoreTerms = _ => Ratio(alpha, 1).Select(term => term.Term),
        },
    };

    private static PushedInfluence Atkinson(double epsilon) => new(f =>
    {
        double total = Total(f), mean = f.Of(TermKind.PositiveIncome) / total, positive = f.Of(TermKind.PositiveWeight);
        var power = epsilon == 1 ? 0 : 1 - epsilon;
        // ln ratio is minus the term of the mean log deviation.
        var terms = epsilon == 1 ? [.. Ratio(0, mean).Select(term => (-term.Coefficient, term.Term))] : Ratio(power, mean, always: true);
        var average = terms.Sum(term => term.Item1 * f.Terms[term.Item2]) / total;
        var ratio = epsilon == 1 ? Math.Exp(average) : Math.Pow(average, 1 / (1 - epsilon));
        var byTerms = epsilon == 1 ? 1 : 1 / ((1 - epsilon) * average);
        var byMean = epsilon == 1 ? positive / total : 1;
        var scale = -ratio / total;
        return
        [
            .. terms.Select(term => (scale * byTerms * term.Item1, term.Item2)),
            (-scale * byMean / mean, new Term(TermKind.PositiveIncome)),
            (scale * (byMean - (byTerms * average)), Everyone(f)),
        ];
    })
    {
        Needs = PushedInfluence.Asking with
        {
            Terms = [.. Positive],
            MoreTerms = _ => epsilon == 1 ? Ratio(0, 1).Select(term => term.Term) : Ratio(1 - epsilon, 1, always: true).Select(term => term.Term),
        },
    };

    // The term of y / μ as functions of y: −ln, x ln x, x², x^α.
    private static ImmutableArray<(double Coefficient, Term Term)> Ratio(double alpha, double mean, bool always = false) => alpha switch
    {
        0 when !always => [(Math.Log(mean), new Term(TermKind.PositiveWeight)), (-1, new Term(TermKind.Logarithm))],
        1 when !always => [(1 / mean, new Term(TermKind.IncomeLogarithm)), (-Math.Log(mean) / mean, new Term(TermKind.PositiveIncome))],
        2 when !always => [(Term.Scale * Term.Scale / mean / mean, new Term(TermKind.Square))],
        _ => [(Math.Pow(Term.Scale / mean, alpha), new Term(TermKind.Power, alpha))],
    };

    private static Term Everyone(Facts f) => new(f.Context.NonPositive == NonPositiveIncomes.Denominator ? TermKind.One : TermKind.PositiveWeight);

    private static double Total(Facts f) => f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight : f.Of(TermKind.PositiveWeight);
}

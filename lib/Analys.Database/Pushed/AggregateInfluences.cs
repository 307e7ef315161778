using System.Collections.Immutable;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Source;

namespace Analys.Database.Pushed;

/// <summary>The influence functions of the measures, by their ids; the same as those of sorted rows, written as sums of functions of
/// income.</summary>
/// <remarks>Gini's, Sen's and Shorrocks's have none here: the influence of a person depends on everyone's order.</remarks>
internal static class PushedInfluences
{
    private static readonly (TermKind, double) Income = (TermKind.Income, 0);

    /// <summary>The influence of a measure; null where it has none.</summary>
    public static PushedInfluence? Of(IncomeMeasure measure) => measure.Definition.Id switch
    {
        "at-risk-of-poverty-threshold" => new(_ => []) { Slope = _ => 1 },
        "mean" =>
            new(f => [(1 / f.Weight, new Term(TermKind.Income)), (-f.Income / f.Weight / f.Weight, new Term(TermKind.One))])
            {
                Needs =
                PushedInfluence.Asking with { Terms = [Income] }
            },
        "median" => OfQuantiles([0.5]),
        "quantile-ratio" => QuantileRatio(PushedMeasure.Argument(measure, "p"), PushedMeasure.Argument(measure, "q")),
        "income-quintile-share-ratio" => Tails(0.8, 0.2),
        "palma" => Tails(0.9, 0.4),
        "lorenz" => Lorenz(PushedMeasure.Argument(measure, "p")),
        "hoover" => Hoover,
        "relative-median-poverty-gap" => MedianGap,
        "fgt" => Fgt(PushedMeasure.Argument(measure, "alpha")),
        "gini" or "sen" or "sen-shorrocks-thon" => null,
        _ when measure.OwnLine is { } own => Share(own),
        _ when measure.SumPower is { } power => Fgt(power),
        _ => LogarithmicInfluences.Of(measure),
    };

    // −([y ≤ q] − p) / (f(q) W); nothing where all incomes are alike and there is no density.
    private static ImmutableArray<(double, Term)> Quantile(double at, double density, double p, double weight, double scale) => density > 0
        ? [(-scale / (density * weight), new Term(TermKind.Below, 0, at, PoorRule.AtOrBelow)),
            (scale * p / (density * weight), new Term(TermKind.One))]
        : [];

    private static PushedInfluence OfQuantiles(ImmutableArray<double> p, Func<Facts, int, double>? scale = null) => new(f =>
        [.. p.SelectMany((q, i) => Quantile(f.Quantile(q), f.Densities[(f.Quantile(q), false)], q, f.Weight, scale?.Invoke(f, i) ?? 1))])
    {
        Needs = PushedInfluence.Asking with { Quantiles = [.. p.Select(q => (q, (QuantileRule?)null))] },
        Densities = f => p.Select(q => (f.Quantile(q), false)),
    };

    private static PushedInfluence QuantileRatio(double p, double q) =>
        OfQuantiles([p, q], (f, i) => i == 0 ? 1 / f.Quantile(q) : -f.Quantile(p) / (f.Quantile(q) * f.Quantile(q)));

    private static PushedInfluence Tails(double top, double bottom) => new(f =>
    {
        double high = f.Quantile(top), low = f.Quantile(bottom), below = f.AtOrBelow(low).Income, above = f.IncomeAbove[high];
        var down = above / (below * below);
        // (y − high)[y > high] = y − high − (y − high)[y ≤ high].
        return
        [
            (1 / below, new Term(TermKind.Income)),
            (-1 / below, new Term(TermKind.IncomeBelow, 0, high, PoorRule.AtOrBelow)),
            (high / below, new Term(TermKind.Below, 0, high, PoorRule.AtOrBelow)),
            (-down, new Term(TermKind.IncomeBelow, 0, low, PoorRule.AtOrBelow)),
            (down * low, new Term(TermKind.Below, 0, low, PoorRule.AtOrBelow)),
            ((-high * top / below) - (down * low * bottom), new Term(TermKind.One)),
        ];
    })
    {
        Needs = PushedInfluence.Asking
        with
        { Quantiles = [(top, null), (bottom, null)], Pivots = f => [f.Quantile(bottom), f.Quantile(top)] },
    };

    private static PushedInfluence Lorenz(double p) => new(f =>
    {
        double q = f.Quantiles[(p, QuantileRule.Inverse)], sum = f.Income;
        var (weight, income) = f.AtOrBelow(Bracket.Below(q));
        var share = Math.Min(1, (income + (((p * f.Weight) - weight) * q)) / sum);
        return
        [
            (1 / sum, new Term(TermKind.IncomeBelow, 0, q, PoorRule.AtOrBelow)),
            (-q / sum, new Term(TermKind.Below, 0, q, PoorRule.AtOrBelow)),
            (p * q / sum, new Term(TermKind.One)),
            (-share / sum, new Term(TermKind.Income)),
        ];
    })
    {
        Needs = PushedInfluence.Asking with
        {
            Terms = [Income],
            Quantiles = [(p, QuantileRule.Inverse)],
            Pivots = f => [Bracket.Below(f.Quantiles[(p, QuantileRule.Inverse)])]
        },
    };

    private static PushedInfluence Hoover { get; } = new(f =>
    {
        double total = f.Weight, mean = f.Income / total;
        var (weight, income) = f.AtOrBelow(mean);
        var sign = f.AtOrBelow(Bracket.Below(mean)).Weight + weight - total;
        var sum = (mean * weight) - income + (f.Income - income - (mean * (total - weight)));
        var scale = 1 / (2 * total * mean);
        // |y − μ| = y − μ + 2 (μ − y)[y ≤ μ].
        return
        [
            ((scale * (1 + (sign / total))) - (sum * scale / (total * mean)), new Term(TermKind.Income)),
            (-scale * mean * (1 + (sign / total)), new Term(TermKind.One)),
            (2 * scale * mean, new Term(TermKind.Below, 0, mean, PoorRule.AtOrBelow)),
            (-2 * scale, new Term(TermKind.IncomeBelow, 0, mean, PoorRule.AtOrBelow)),
        ];
    })
    {
        Needs = PushedInfluence.Asking with { Terms = [Income], Pivots = f => [f.Income / f.Weight, Bracket.Below(f.Income / f.Weight)] },
    };

    private static PushedInfluence MedianGap { get; } = new(f => f.Sums.PoorWeight <= 0 ? [] :
        // The quantile is of the poor: the function is zero for all others.
        f.Densities[(f.PoorQuantile(0.5), true)] is > 0 and var density
            ? [
                (1 / (density * f.Sums.PoorWeight * f.Context.Line), new Term(TermKind.Below, 0, f.PoorQuantile(0.5), PoorRule.AtOrBelow)),
                (-0.5 / (density * f.Sums.PoorWeight * f.Context.Line), new Term(TermKind.Below, 0, f.Context.Line, f.Context.Poor)),
              ]
            : [])
    {
        Needs = PushedInfluence.Asking with { PoorQuantiles = [(0.5, null)] },
        Densities = f => f.Sums.PoorWeight <= 0 ? [] : [(f.PoorQuantile(0.5), true), (f.PoorQuantile(0.5), false), (f.Context.Line, false)],
        Slope = f =>
        {
            if (f.Sums.PoorWeight <= 0) return 0;
            double line = f.Context.Line, median = f.PoorQuantile(0.5), density = f.Densities[(median, false)];
            var move = density > 0 ? 0.5 * f.Densities[(line, false)] / density : 0;
            return (median / (line * line)) - (move / line);
        },
    };

    // A share at or below a line of its own, which does not move.
    private static PushedInfluence Share(double line) => new(f =>
        [(1 / f.Weight, new Term(TermKind.Below, 0, line, PoorRule.AtOrBelow)),
            (-Math.Min(f.Sums.PoorWeight, f.Weight) / f.Weight / f.Weight, new Term(TermKind.One))]);

    private static PushedInfluence Fgt(double alpha) => new(f =>
    {
        var sum = alpha switch
        {
            0 => Math.Min(f.Sums.PoorWeight, f.Weight),
            1 => f.Sums.Gaps,
            2 => f.Sums.SquaredGaps,
            _ =>
            f.Of(TermKind.GapPower, alpha)
        };
        return [(1 / f.Weight, Facts.Key(alpha == 0 ? TermKind.Below : TermKind.GapPower, alpha, f.Context)),
            (-sum / f.Weight / f.Weight, new Term(TermKind.One))];
    })
    {
        Needs = PushedInfluence.Asking with
        {
            Terms = alpha is 0 or 1 or 2 ? [] : [(TermKind.GapPower, alpha)],
            MoreTerms = alpha == 0 ? null : f => [Strict(f, alpha - 1), Strict(f, alpha)],
        },
        Densities = alpha == 0 ? f => [(f.Context.Line, false)] : null,
        // Σ w α g^(α − 1) y / z² = α (Σ w g^(α − 1) − Σ w g^α) / z, since y = z (1 − g).
        Slope = f => alpha == 0 ? f.Densities[(f.Context.Line, false)]
        : alpha * (f.Terms[Strict(f, alpha - 1)] - f.Terms[Strict(f, alpha)]) / f.Context.Line / f.Weight,
    };

    private static Term Strict(Facts f, double power) => new(TermKind.GapPower, power, f.Context.Line);
}

/// <summary>The influence on measures of logarithms and powers of positive incomes. Those left out have none, or stay in W where the
/// treatment says denominator.</summary>
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
        double total = all ? f.Weight : Total(f), sum = all ? f.Income : f.Of(TermKind.PositiveIncome), mean = sum / total, positive = all
            ? f.Weight : f.Of(TermKind.PositiveWeight);
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
            MoreTerms = _ => epsilon == 1 ? Ratio(0, 1).Select(term => term.Term)
            : Ratio(1 - epsilon, 1, always: true).Select(term => term.Term),
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

    private static Term Everyone(Facts f) =>
        new(f.Context.NonPositive == NonPositiveIncomes.Denominator ? TermKind.One : TermKind.PositiveWeight);

    private static double Total(Facts f) =>
        f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight : f.Of(TermKind.PositiveWeight);
}

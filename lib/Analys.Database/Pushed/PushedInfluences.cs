using System.Collections.Immutable;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>The influence functions of the measures, by their ids; the same as those of sorted rows, written as sums of functions of income.</summary>
/// <remarks>Gini's, Sen's and Shorrocks's have none here: the influence of a person depends on everyone's order.</remarks>
internal static class PushedInfluences
{
    private static readonly (TermKind, double) Income = (TermKind.Income, 0);

    /// <summary>The influence of a measure; null where it has none.</summary>
    public static PushedInfluence? Of(IncomeMeasure measure) => measure.Definition.Id switch
    {
        "at-risk-of-poverty-threshold" => new(_ => []) { Slope = _ => 1 },
        "mean" => new(f => [(1 / f.Weight, new Term(TermKind.Income)), (-f.Income / f.Weight / f.Weight, new Term(TermKind.One))]) { Needs = PushedInfluence.Asking with { Terms = [Income] } },
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
        ? [(-scale / (density * weight), new Term(TermKind.Below, 0, at, PoorRule.AtOrBelow)), (scale * p / (density * weight), new Term(TermKind.One))]
        : [];

    private static PushedInfluence OfQuantiles(ImmutableArray<double> p, Func<Facts, int, double>? scale = null) => new(f =>
        [.. p.SelectMany((q, i) => Quantile(f.Quantile(q), f.Densities[(f.Quantile(q), false)], q, f.Weight, scale?.Invoke(f, i) ?? 1))])
    {
        Needs = PushedInfluence.Asking with { Quantiles = [.. p.Select(q => (q, (QuantileRule?)null))] },
        Densities = f => p.Select(q => (f.Quantile(q), false)),
    };

    private static PushedInfluence QuantileRatio(double p, double q) => OfQuantiles([p, q], (f, i) => i == 0 ? 1 / f.Quantile(q) : -f.Quantile(p) / (f.Quantile(q) * f.Quantile(q)));

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
        Needs = PushedInfluence.Asking with { Quantiles = [(top, null), (bottom, null)], Pivots = f => [f.Quantile(bottom), f.Quantile(top)] },
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
        Needs = PushedInfluence.Asking with { Terms = [Income], Quantiles = [(p, QuantileRule.Inverse)], Pivots = f => [Bracket.Below(f.Quantiles[(p, QuantileRule.Inverse)])] },
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
        [(1 / f.Weight, new Term(TermKind.Below, 0, line, PoorRule.AtOrBelow)), (-Math.Min(f.Sums.PoorWeight, f.Weight) / f.Weight / f.Weight, new Term(TermKind.One))]);

    private static PushedInfluence Fgt(double alpha) => new(f =>
    {
        var sum = alpha switch { 0 => Math.Min(f.Sums.PoorWeight, f.Weight), 1 => f.Sums.Gaps, 2 => f.Sums.SquaredGaps, _ => f.Of(TermKind.GapPower, alpha) };
        return [(1 / f.Weight, Facts.Key(alpha == 0 ? TermKind.Below : TermKind.GapPower, alpha, f.Context)), (-sum / f.Weight / f.Weight, new Term(TermKind.One))];
    })
    {
        Needs = PushedInfluence.Asking with
        {
            Terms = alpha is 0 or 1 or 2 ? [] : [(TermKind.GapPower, alpha)],
            MoreTerms = alpha == 0 ? null : f => [Strict(f, alpha - 1), Strict(f, alpha)],
        },
        Densities = alpha == 0 ? f => [(f.Context.Line, false)] : null,
        // Σ w α g^(α − 1) y / z² = α (Σ w g^(α − 1) − Σ w g^α) / z, since y = z (1 − g).
        Slope = f => alpha == 0 ? f.Densities[(f.Context.Line, false)] : alpha * (f.Terms[Strict(f, alpha - 1)] - f.Terms[Strict(f, alpha)]) / f.Context.Line / f.Weight,
    };

    private static Term Strict(Facts f, double power) => new(TermKind.GapPower, power, f.Context.Line);
}

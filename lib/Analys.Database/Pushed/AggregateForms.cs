using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure;
using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Source;

namespace Analys.Database.Pushed;

/// <summary>The measures of one year as aggregates and formulas, by their ids. Measures with FGT sums need no more than these
/// sums.</summary>
internal static class PushedMeasures
{
    private static readonly (TermKind, double) Income = (TermKind.Income, 0);

    /// <summary>How a measure is asked of a source; null where it is not.</summary>
    public static PushedMeasure? Of(IncomeMeasure measure) =>
        measure.SumPower is not null ? new(_ => throw new InvalidOperationException()) : measure.Definition.Id switch
        {
            "mean" => new(f => Quantity.Known(f.Income / f.Weight)) { Terms = [Income] },
            "median" => new(f => Quantity.Known(f.Quantile(0.5))) { Quantiles = [(0.5, null)] },
            "quantile-ratio" => QuantileRatio(PushedMeasure.Argument(measure, "p"), PushedMeasure.Argument(measure, "q")),
            "income-quintile-share-ratio" => Tails(0.8, 0.2),
            "palma" => Tails(0.9, 0.4),
            "lorenz" => LorenzPoint(PushedMeasure.Argument(measure, "p")),
            "hoover" => Hoover(),
            "gini" => new(f => f.Income <= 0 ? Quantity.Undefined(Gini.NoIncome)
                : Quantity.Known(Math.Max(0, (f.Maxima / (f.Weight * f.Income)) - 1)))
            { Terms = [Income], Maxima = MaximaOf.Everyone },
            "mean-log-deviation" => Logarithmic.MeanLogDeviation,
            "theil" => Logarithmic.Theil,
            "generalised-entropy" => Logarithmic.Entropy(PushedMeasure.Argument(measure, "alpha")),
            "atkinson" => Logarithmic.Atkinson(PushedMeasure.Argument(measure, "epsilon")),
            "watts" => Logarithmic.Watts,
            "relative-median-poverty-gap" => new(f => f.Sums.PoorWeight <= 0
                ? Quantity.Undefined(RelativeMedianPovertyGap.NobodyPoor)
                : Quantity.Known((f.Context.Line - f.PoorQuantile(0.5)) / f.Context.Line))
            { PoorQuantiles = [(0.5, null)] },
            "fgt" => Fgt(PushedMeasure.Argument(measure, "alpha")),
            "sen" => new(f => f.Sums.PoorWeight <= 0 ? Quantity.Known(0) : Quantity.Known(Math.Max(0, Sen(f)))) { Maxima = MaximaOf.Poor },
            // Σ w g (2 (W − below) − w) over the poor, g = (z − y) / z; Σ w (2 below + w) is the square of their weight.
            "sen-shorrocks-thon" =>
                new(f => Quantity.Known(
                    Math.Max(0, ((2 * f.Weight * f.Sums.Gaps) - ((f.Sums.PoorWeight * f.Sums.PoorWeight) - (f.Maxima / f.Context.Line)))
                        / (f.Weight * f.Weight))))
                { Maxima = MaximaOf.Poor },
            _ => null,
        };

    // The gaps of the poor and half of their mean difference: (P1 W z + B / Q) / (W z), B = Σ max − Q Σ w y.
    private static double Sen(Facts f)
    {
        double line = f.Context.Line, poor = f.Sums.PoorWeight, gaps = f.Sums.Gaps * line, sum = (poor * line) - gaps;
        return (gaps + ((f.Maxima - (poor * sum)) / poor)) / (f.Weight * line);
    }

    private static PushedMeasure QuantileRatio(double p, double q) => new(f => f.Quantile(q) is > 0 and var low
        ? Quantity.Known(f.Quantile(p) / low)
        : Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow))
    {
        Quantiles = [(p, null), (q, null)],
    };

    private static PushedMeasure Tails(double top, double bottom) => new(f =>
    {
        var below = f.AtOrBelow(f.Quantile(bottom)).Income;
        return below <= 0 ? Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow)
            : Quantity.Known(f.IncomeAbove[f.Quantile(top)] / below);
    })
    {
        Terms = [Income],
        Quantiles = [(top, null), (bottom, null)],
        Pivots = f => [f.Quantile(bottom), f.Quantile(top)],
    };

    // The poorest p: everyone below the quantile, and of those on it as many as are wanting.
    private static PushedMeasure LorenzPoint(double p) => new(f =>
    {
        if (f.Income <= 0) return Quantity.Undefined(Gini.NoIncome);
        var at = f.Quantiles[(p, QuantileRule.Inverse)];
        var (weight, income) = f.AtOrBelow(Bracket.Below(at));
        return Quantity.Known(Math.Min(1, (income + (((p * f.Weight) - weight) * at)) / f.Income));
    })
    {
        Terms = [Income],
        Quantiles = [(p, QuantileRule.Inverse)],
        Pivots = f => [Bracket.Below(f.Quantiles[(p, QuantileRule.Inverse)])],
    };

    private static PushedMeasure Hoover() => new(f =>
    {
        var mean = f.Income / f.Weight;
        if (mean <= 0) return Quantity.Undefined(Gini.NoIncome);
        var (weight, income) = f.AtOrBelow(mean);
        var sum = (mean * weight) - income + (f.Income - income - (mean * (f.Weight - weight)));
        return Quantity.Known(sum / (2 * f.Weight * mean));
    })
    {
        Terms = [Income],
        Pivots = f => [f.Income / f.Weight],
    };

    private static PushedMeasure Fgt(double alpha) => new(f =>
    {
        var value = f.Of(TermKind.GapPower, alpha) / f.Weight;
        return Quantity.Known(alpha == 0 ? Math.Min(1, value) : value);
    })
    {
        Terms = [(TermKind.GapPower, alpha)],
    };
}

/// <summary>A measure as an aggregate and a formula: what must be asked of a source, and what follows from the answers.</summary>
/// <param name="Formula">The measure of a domain in which somebody is.</param>
internal sealed record PushedMeasure(Func<Facts, Quantity> Formula)
{
    /// <summary>The quantiles of the domain that the formula needs, with their rule; null for the rule of the study.</summary>
    public ImmutableArray<(double P, QuantileRule? Rule)> Quantiles { get; init; } = [];

    /// <summary>The quantiles of the domain's poor that the formula needs, with their rule; null for the rule of the study.</summary>
    public ImmutableArray<(double P, QuantileRule? Rule)> PoorQuantiles { get; init; } = [];

    /// <summary>The sums that the formula needs.</summary>
    public ImmutableArray<(TermKind Kind, double Power)> Terms { get; init; } = [];

    /// <summary>More sums that the formula needs, when quantiles are known.</summary>
    public Func<Facts, IEnumerable<Term>>? MoreTerms { get; init; }

    /// <summary>Where the formula cuts the distribution, when quantiles and sums are known.</summary>
    public Func<Facts, IEnumerable<double>>? Pivots { get; init; }

    /// <summary>Whether the formula needs the sum of maxima of everyone or of the poor.</summary>
    public MaximaOf Maxima { get; init; }

    /// <summary>The number that a measure has under the name of an argument.</summary>
    internal static double Argument(IncomeMeasure measure, string name) =>
        double.Parse(measure.Parameters[name], CultureInfo.InvariantCulture);
}

/// <summary>Whose incomes are put in one order.</summary>
internal enum MaximaOf
{
    None,
    Everyone,
    Poor,
}

/// <summary>Measures that follow from sums of logarithms and powers of positive incomes.</summary>
internal static class Logarithmic
{
    private static readonly (TermKind, double)[] Positive =
        [(TermKind.NonPositiveCount, 0), (TermKind.PositiveWeight, 0), (TermKind.PositiveIncome, 0)];

    // (W₊ ln μ − Σ w ln y) / W.
    public static PushedMeasure MeanLogDeviation { get; } = Over((f, total, mean) =>
        Math.Max(0, ((f.Of(TermKind.PositiveWeight) * Math.Log(mean)) - f.Of(TermKind.Logarithm)) / total), TermKind.Logarithm);

    // (Σ w y ln y − ln μ Σ w y) / (μ W).
    public static PushedMeasure Theil { get; } = Over((f, total, mean) =>
        Math.Max(0, (f.Of(TermKind.IncomeLogarithm) - (Math.Log(mean) * f.Of(TermKind.PositiveIncome))) / (mean * total)),
        TermKind.IncomeLogarithm);

    public static PushedMeasure Watts { get; } = new(f =>
    {
        if (Refused(f)) return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        return Quantity.Ratio(f.Of(TermKind.PoorLogarithm), f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight
            : f.Of(TermKind.PositiveWeight), "no income is positive");
    })
    {
        Terms = [.. Positive, (TermKind.PoorLogarithm, 0)],
    };

    public static PushedMeasure Entropy(double alpha) => alpha switch
    {
        0 => MeanLogDeviation,
        1 => Theil,
        2 => new(f =>
        {
            if (f.Income <= 0) return Quantity.Undefined(Gini.NoIncome);
            var mean = f.Income / f.Weight / Term.Scale;
            return Quantity.Known(Math.Max(0, ((f.Of(TermKind.Square) / (mean * mean) / f.Weight) - 1) / 2));
        })
        {
            Terms = [(TermKind.Income, 0), (TermKind.Square, 0)],
        },
        _ => Over((f, total, mean) => Math.Max(0, ((f.Of(TermKind.Power, alpha) / Math.Pow(mean / Term.Scale, alpha) / total) - 1)
            / (alpha * (alpha - 1))), TermKind.Power, alpha),
    };

    public static PushedMeasure Atkinson(double epsilon) => epsilon == 1
        ? Over((f, total, mean) => Math.Clamp(1
            - Math.Exp((f.Of(TermKind.Logarithm) - (f.Of(TermKind.PositiveWeight) * Math.Log(mean))) / total), 0, 1), TermKind.Logarithm)
        : Over((f, total, mean) =>
            Math.Clamp(1 - Math.Pow(f.Of(TermKind.Power, 1 - epsilon) / Math.Pow(mean / Term.Scale, 1 - epsilon) / total,
                1 / (1 - epsilon)), 0, 1), TermKind.Power, 1 - epsilon);

    // Those left out stay in W and in the mean when the treatment says denominator; their terms are zero.
    private static PushedMeasure Over(Func<Facts, double, double, double> formula, TermKind kind, double power = 0) => new(f =>
    {
        if (Refused(f)) return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        if (!(f.Of(TermKind.PositiveWeight) > 0)) return Quantity.Undefined(Gini.NoIncome);
        var total = f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight : f.Of(TermKind.PositiveWeight);
        return Quantity.Known(formula(f, total, f.Of(TermKind.PositiveIncome) / total));
    })
    {
        Terms = [.. Positive, (kind, power)],
    };

    private static bool Refused(Facts f) => f.Context.NonPositive == NonPositiveIncomes.Undefined && f.Of(TermKind.NonPositiveCount) > 0;
}

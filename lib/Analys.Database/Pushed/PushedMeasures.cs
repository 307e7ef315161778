using Analys.Database.Contract;
using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Poverty;

namespace Analys.Database.Pushed;

/// <summary>The measures of one year as aggregates and formulas, by their ids. Measures with FGT sums need no more than these sums.</summary>
internal static class PushedMeasures
{
    private static readonly (TermKind, double) Income = (TermKind.Income, 0);

    /// <summary>How a measure is asked of a source; null where it is not.</summary>
    public static PushedMeasure? Of(IncomeMeasure measure) => measure.SumPower is not null ? new(_ => throw new InvalidOperationException()) : measure.Definition.Id switch
    {
        "mean" => new(f => Quantity.Known(f.Income / f.Weight)) { Terms = [Income] },
        "median" => new(f => Quantity.Known(f.Quantile(0.5))) { Quantiles = [(0.5, null)] },
        "quantile-ratio" => QuantileRatio(PushedMeasure.Argument(measure, "p"), PushedMeasure.Argument(measure, "q")),
        "income-quintile-share-ratio" => Tails(0.8, 0.2),
        "palma" => Tails(0.9, 0.4),
        "lorenz" => LorenzPoint(PushedMeasure.Argument(measure, "p")),
        "hoover" => Hoover(),
        "gini" => new(f => f.Income <= 0 ? Quantity.Undefined(Gini.NoIncome) : Quantity.Known(Math.Max(0, (f.Maxima / (f.Weight * f.Income)) - 1))) { Terms = [Income], Maxima = MaximaOf.Everyone },
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
        "sen-shorrocks-thon" => new(f => Quantity.Known(Math.Max(0, ((2 * f.Weight * f.Sums.Gaps) - ((f.Sums.PoorWeight * f.Sums.PoorWeight) - (f.Maxima / f.Context.Line))) / (f.Weight * f.Weight)))) { Maxima = MaximaOf.Poor },
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
        return below <= 0 ? Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow) : Quantity.Known(f.IncomeAbove[f.Quantile(top)] / below);
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

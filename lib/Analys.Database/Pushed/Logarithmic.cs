using Analys.Database.Contract;
using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Database.Pushed;

/// <summary>Measures that follow from sums of logarithms and powers of positive incomes.</summary>
internal static class Logarithmic
{
    private static readonly (TermKind, double)[] Positive = [(TermKind.NonPositiveCount, 0), (TermKind.PositiveWeight, 0), (TermKind.PositiveIncome, 0)];

    // (W₊ ln μ − Σ w ln y) / W.
    public static PushedMeasure MeanLogDeviation { get; } = Over((f, total, mean) =>
        Math.Max(0, ((f.Of(TermKind.PositiveWeight) * Math.Log(mean)) - f.Of(TermKind.Logarithm)) / total), TermKind.Logarithm);

    // (Σ w y ln y − ln μ Σ w y) / (μ W).
    public static PushedMeasure Theil { get; } = Over((f, total, mean) =>
        Math.Max(0, (f.Of(TermKind.IncomeLogarithm) - (Math.Log(mean) * f.Of(TermKind.PositiveIncome))) / (mean * total)), TermKind.IncomeLogarithm);

    public static PushedMeasure Watts { get; } = new(f =>
    {
        if (Refused(f)) return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        return Quantity.Ratio(f.Of(TermKind.PoorLogarithm), f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight : f.Of(TermKind.PositiveWeight), "no income is positive");
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
        _ => Over((f, total, mean) => Math.Max(0, ((f.Of(TermKind.Power, alpha) / Math.Pow(mean / Term.Scale, alpha) / total) - 1) / (alpha * (alpha - 1))), TermKind.Power, alpha),
    };

    public static PushedMeasure Atkinson(double epsilon) => epsilon == 1
        ? Over((f, total, mean) => Math.Clamp(1 - Math.Exp((f.Of(TermKind.Logarithm) - (f.Of(TermKind.PositiveWeight) * Math.Log(mean))) / total), 0, 1), TermKind.Logarithm)
        : Over((f, total, mean) => Math.Clamp(1 - Math.Pow(f.Of(TermKind.Power, 1 - epsilon) / Math.Pow(mean / Term.Scale, 1 - epsilon) / total, 1 / (1 - epsilon)), 0, 1), TermKind.Power, 1 - epsilon);

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

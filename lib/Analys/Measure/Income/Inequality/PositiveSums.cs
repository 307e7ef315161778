using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>What measures of logarithms and powers of positive incomes share as aggregates. Those left out have no part, or stay in W and
/// in the
/// mean where the treatment says denominator; their terms are zero.</summary>
internal static class PositiveSums
{
    /// <summary>Why an index does not exist where many without an income stand in its denominator: a smaller value than that of equal
    /// incomes would say of a divided population that it is more than equal.</summary>
    public const string BelowEquality = "incomes of zero and below without a term of their own put it below equality";

    /// <summary>The value of an index that is 0 where all are equal.</summary>
    public static Quantity Index(double value) =>
        value < -1e-9 ? Quantity.Undefined(BelowEquality) : Quantity.Known(Math.Max(0, value));

    /// <summary>The weight and the income of those with a positive income.</summary>
    public static ImmutableArray<(TermKind, double)> Terms { get; } = [(TermKind.PositiveWeight, 0), (TermKind.PositiveIncome, 0)];

    /// <summary>An index of one more sum over positive incomes, from the sum, the weight that it is divided by and the mean.</summary>
    public static AggregateForm Over(Func<Facts, double, double, double> formula, TermKind kind, double power = 0) => new(f =>
    {
        if (Refused(f)) return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        if (!(f.Of(TermKind.PositiveWeight) > 0)) return Quantity.Undefined(Gini.NoIncome);
        var total = Total(f);
        return Index(formula(f, total, f.Of(TermKind.PositiveIncome) / total));
    })
    {
        Terms = [(TermKind.NonPositiveCount, 0), .. Terms, (kind, power)],
    };

    /// <summary>Whether there are incomes of zero and below where the measure is undefined with them.</summary>
    public static bool Refused(Facts f) => f.Context.NonPositive == NonPositiveIncomes.Undefined && f.Of(TermKind.NonPositiveCount) > 0;

    /// <summary>The weight that a sum is divided by.</summary>
    public static double Total(Facts f) => f.Context.NonPositive == NonPositiveIncomes.Denominator ? f.Weight
        : f.Of(TermKind.PositiveWeight);

    /// <summary>Who that weight is the weight of.</summary>
    public static Term Everyone(Facts f) =>
        new(f.Context.NonPositive == NonPositiveIncomes.Denominator ? TermKind.One : TermKind.PositiveWeight);

    /// <summary>The term of y / μ as functions of y: −ln, x ln x, x^α.</summary>
    public static ImmutableArray<(double Coefficient, Term Term)> Ratio(double alpha, double mean) => alpha switch
    {
        0 => [(Math.Log(mean), new Term(TermKind.PositiveWeight)), (-1, new Term(TermKind.Logarithm))],
        1 => [(1 / mean, new Term(TermKind.IncomeLogarithm)), (-Math.Log(mean) / mean, new Term(TermKind.PositiveIncome))],
        _ => Power(alpha, mean),
    };

    /// <summary>(y / μ)^α of positive incomes.</summary>
    public static ImmutableArray<(double Coefficient, Term Term)> Power(double alpha, double mean) =>
        [(Math.Pow(Term.Scale / mean, alpha), new Term(TermKind.Power, alpha))];
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>The generalised entropy family: α = 0 the mean log deviation, α = 1 Theil's index, α = 2 half the squared coefficient of
/// variation.</summary>
/// <remarks>
/// GE(α) = (Σ w (y/μ)^α / W − 1) / (α (α − 1)); GE(0) = Σ w ln(μ/y) / W; GE(1) = Σ w (y/μ) ln(y/μ) / W. Incomes of zero and
/// below follow <see cref="NonPositiveIncomes"/> for every α alike, so that the family is of one population. Swedish: <i>generaliserad
/// entropi, Theilindex</i>.
/// </remarks>
internal static class GeneralisedEntropy
{
    /// <summary>Why a measure with logarithms does not exist.</summary>
    public const string NonPositive = "an income is zero or below";

    private const string Paper = "Shorrocks 1980, Econometrica 48(3); Theil 1967";

    /// <summary>α = 0.</summary>
    public static IncomeMeasure MeanLogDeviation { get; } = Make(
        new Definition("mean-log-deviation", "Mean log deviation", "Medellogaritmisk avvikelse", "MLD = Σ w ln(μ / y) / W", Units.Index,
            ValueRange.NonNegative, Paper), 0);

    /// <summary>α = 1.</summary>
    public static IncomeMeasure Theil { get; } = Make(
        new Definition("theil", "Theil index", "Theilindex", "T = Σ w (y / μ) ln(y / μ) / W", Units.Index, ValueRange.NonNegative, Paper),
        1);

    /// <summary>Any α.</summary>
    /// <param name="alpha">The weight given to differences at the top.</param>
    public static IncomeMeasure Of(double alpha) => Make(
        new Definition("generalised-entropy", "Generalised entropy index", "Generaliserad entropi",
            "GE(α) = (Σ w (y / μ)^α / W − 1) / (α (α − 1)), its limits at α = 0 and 1", Units.Index, ValueRange.NonNegative, Paper), alpha)
        with
    {
        Place = 10,
        Numbers = new([new("alpha", "2", "α of fgt and generalised-entropy, and of --decompose and --shapley")], numbers =>
            [Of(numbers[0])]),
        Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("alpha", alpha.ToString(CultureInfo.InvariantCulture)),
    };

    /// <summary>The family, with α = 2 where a call says nothing.</summary>
    public static IncomeMeasure Any { get; } = Of(2);

    private static IncomeMeasure Make(Definition definition, double alpha) =>
        new(definition, (incomes, context) => Value(incomes, alpha, context.NonPositive))
        {
            Place = alpha == 0 ? 8 : 9,
            Choices = Choices.NonPositive,
            Influence = (incomes, context, influence) => Influence(incomes, alpha, context.NonPositive, influence),
            Aggregate = Aggregate(alpha),
            AggregateInfluence = new(f => InfluenceOfSums(f, alpha))
            {
                Needs = AggregateForm.Asking with
                {
                    Terms = PositiveSums.Terms,
                    MoreTerms = _ => PositiveSums.Ratio(alpha, 1).Select(term => term.Term),
                },
            },
        };

    // For α = 0 (W₊ ln μ − Σ w ln y) / W, for α = 1 (Σ w y ln y − ln μ Σ w y) / (μ W).
    private static AggregateForm Aggregate(double alpha) => alpha switch
    {
        0 => PositiveSums.Over((f, total, mean) =>
            ((f.Of(TermKind.PositiveWeight) * Math.Log(mean)) - f.Of(TermKind.Logarithm)) / total, TermKind.Logarithm),
        1 => PositiveSums.Over((f, total, mean) =>
            (f.Of(TermKind.IncomeLogarithm) - (Math.Log(mean) * f.Of(TermKind.PositiveIncome))) / (mean * total),
            TermKind.IncomeLogarithm),
        _ => PositiveSums.Over((f, total, mean) =>
            ((f.Of(TermKind.Power, alpha) / Math.Pow(mean / Term.Scale, alpha) / total) - 1) / (alpha * (alpha - 1)),
            TermKind.Power, alpha),
    };

    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f, double alpha)
    {
        var total = PositiveSums.Total(f);
        double mean = f.Of(TermKind.PositiveIncome) / total, positive = f.Of(TermKind.PositiveWeight);
        var terms = PositiveSums.Ratio(alpha, mean);
        var power = terms.Sum(term => term.Coefficient * f.Terms[term.Term]) / total;
        var slope = alpha switch { 0 => positive / total, 1 => -(power + 1), _ => -alpha * power };
        var scale = (alpha is 0 or 1 ? 1 : 1 / (alpha * (alpha - 1))) / total;
        return
        [
            .. terms.Select(term => (scale * term.Coefficient, term.Term)),
            (scale * slope / mean, new Term(TermKind.PositiveIncome)),
            (-scale * (power + slope), PositiveSums.Everyone(f)),
        ];
    }

    private static Quantity Value(WeightedIncomes incomes, double alpha, NonPositiveIncomes treatment)
    {
        var some = incomes.Positive();
        if (treatment == NonPositiveIncomes.Undefined && some.Incomes.Length < incomes.Incomes.Length)
            return Quantity.Undefined(NonPositive);
        if (some.IsEmpty || some.Sum() <= 0) return Quantity.Undefined(Gini.NoIncome);
        var (total, mean) = Base(incomes, some, treatment);
        return PositiveSums.Index(Index(PowerSum(some, alpha, mean) / total, alpha));
    }

    // Those left out stay in W and in the mean when the treatment says denominator; their terms are zero.
    private static (double Total, double Mean) Base(WeightedIncomes incomes, WeightedIncomes some, NonPositiveIncomes treatment)
    {
        var total = treatment == NonPositiveIncomes.Denominator ? incomes.Total : some.Total;
        return (total, some.Sum() / total);
    }

    private static double PowerSum(WeightedIncomes some, double alpha, double mean)
    {
        var sum = default(Compensated);
        for (var i = 0; i < some.Incomes.Length; i++) sum.Add(some.Weights[i] * TermOf(some.Incomes[i] / mean, alpha));
        return sum.Value;
    }

    private static double TermOf(double ratio, double alpha) => alpha switch
    {
        0 => -Math.Log(ratio),
        1 => ratio * Math.Log(ratio),
        2 => ratio * ratio,
        _ => Math.Pow(ratio, alpha),
    };

    private static double Index(double power, double alpha) => alpha is 0 or 1 ? power : (power - 1) / (alpha * (alpha - 1));

    private static void Influence(WeightedIncomes incomes, double alpha, NonPositiveIncomes treatment, Span<double> influence)
    {
        var some = incomes.Positive();
        var start = incomes.Incomes.Length - some.Incomes.Length;
        var (total, mean) = Base(incomes, some, treatment);
        var power = PowerSum(some, alpha, mean) / total;
        // How the sum of terms changes with the mean: dP/dμ · μ.
        var slope = alpha switch { 0 => some.Total / total, 1 => -(power + 1), _ => -alpha * power };
        var scale = alpha is 0 or 1 ? 1 : 1 / (alpha * (alpha - 1));
        var all = total > some.Total;
        for (var i = 0; i < influence.Length; i++)
        {
            if (i < start && !all)
            {
                influence[i] = 0;
                continue;
            }

            var ratio = i < start ? 0 : incomes.Incomes[i] / mean;
            var term = i < start ? 0 : TermOf(ratio, alpha);
            influence[i] = scale * (term - power + (slope * (ratio - 1))) / total;
        }
    }
}

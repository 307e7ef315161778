using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>The share of income that could be given up for the same welfare if the rest were spread evenly.</summary>
/// <remarks>
/// A(ε) = 1 − (Σ w (y/μ)^(1−ε) / W)^(1/(1−ε)); A(1) = 1 − exp(Σ w ln y / W) / μ. Incomes of zero and below follow
/// <see cref="NonPositiveIncomes"/>. Swedish: <i>Atkinsonindex</i>.
/// </remarks>
internal static class Atkinson
{
    /// <summary>The family, with ε = 0.5 where a call says nothing.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.5);

    /// <summary>The measure for an aversion to inequality.</summary>
    /// <param name="epsilon">ε, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not above 0.</exception>
    public static IncomeMeasure Of(double epsilon)
    {
        if (!(epsilon > 0) || !double.IsFinite(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), "The aversion to inequality ε must be above 0.");
        return new IncomeMeasure(
            new Definition("atkinson", "Atkinson index", "Atkinsonindex",
                "A(ε) = 1 − (Σ w (y / μ)^(1 − ε) / W)^(1 / (1 − ε)), its limit at ε = 1", Units.Index, ValueRange.Unit,
                "Atkinson 1970, Journal of Economic Theory 2(3)"),
            (incomes, context) => Value(incomes, epsilon, context.NonPositive))
        {
            Place = 11,
            Numbers = new([new("epsilon", "0.5", "ε of atkinson")], numbers => [Of(numbers[0])]),
            Choices = Choices.NonPositive,
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("epsilon", epsilon.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) => Influence(incomes, epsilon, context.NonPositive, influence),
            Aggregate = epsilon == 1
                ? PositiveSums.Over((f, total, mean) => 1
                    - Math.Exp((f.Of(TermKind.Logarithm) - (f.Of(TermKind.PositiveWeight) * Math.Log(mean))) / total),
                    TermKind.Logarithm)
                : PositiveSums.Over((f, total, mean) =>
                    1 - Math.Pow(f.Of(TermKind.Power, 1 - epsilon) / Math.Pow(mean / Term.Scale, 1 - epsilon) / total,
                        1 / (1 - epsilon)), TermKind.Power, 1 - epsilon),
            AggregateInfluence = new(f => InfluenceOfSums(f, epsilon))
            {
                Needs = AggregateForm.Asking with
                {
                    Terms = PositiveSums.Terms,
                    MoreTerms = _ => Ratio(epsilon, 1).Select(term => term.Term),
                },
            },
        };
    }

    // ln ratio is minus the term of the mean log deviation.
    private static ImmutableArray<(double Coefficient, Term Term)> Ratio(double epsilon, double mean) => epsilon == 1
        ? [.. PositiveSums.Ratio(0, mean).Select(term => (-term.Coefficient, term.Term))]
        : PositiveSums.Power(1 - epsilon, mean);

    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f, double epsilon)
    {
        double total = PositiveSums.Total(f), mean = f.Of(TermKind.PositiveIncome) / total, positive = f.Of(TermKind.PositiveWeight);
        var terms = Ratio(epsilon, mean);
        var average = terms.Sum(term => term.Coefficient * f.Terms[term.Term]) / total;
        var ratio = epsilon == 1 ? Math.Exp(average) : Math.Pow(average, 1 / (1 - epsilon));
        var byTerms = epsilon == 1 ? 1 : 1 / ((1 - epsilon) * average);
        var byMean = epsilon == 1 ? positive / total : 1;
        var scale = -ratio / total;
        return
        [
            .. terms.Select(term => (scale * byTerms * term.Coefficient, term.Term)),
            (-scale * byMean / mean, new Term(TermKind.PositiveIncome)),
            (scale * (byMean - (byTerms * average)), PositiveSums.Everyone(f)),
        ];
    }

    private static Quantity Value(WeightedIncomes incomes, double epsilon, NonPositiveIncomes treatment)
    {
        var some = incomes.Positive();
        if (treatment == NonPositiveIncomes.Undefined && some.Incomes.Length < incomes.Incomes.Length)
            return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        if (some.IsEmpty) return Quantity.Undefined(Gini.NoIncome);
        var total = treatment == NonPositiveIncomes.Denominator ? incomes.Total : some.Total;
        return PositiveSums.Index(1 - Equivalent(some, epsilon, some.Sum() / total, total).Ratio);
    }

    // The evenly spread equivalent over the mean, and the mean of the terms.
    private static (double Ratio, double Terms) Equivalent(WeightedIncomes some, double epsilon, double mean, double total)
    {
        var sum = default(Compensated);
        for (var i = 0; i < some.Incomes.Length; i++) sum.Add(some.Weights[i] * TermOf(some.Incomes[i] / mean, epsilon));
        var terms = sum.Value / total;
        return (epsilon == 1 ? Math.Exp(terms) : Math.Pow(terms, 1 / (1 - epsilon)), terms);
    }

    private static double TermOf(double ratio, double epsilon) => epsilon == 1 ? Math.Log(ratio) : Math.Pow(ratio, 1 - epsilon);

    private static void Influence(WeightedIncomes incomes, double epsilon, NonPositiveIncomes treatment, Span<double> influence)
    {
        var some = incomes.Positive();
        var start = incomes.Incomes.Length - some.Incomes.Length;
        var all = treatment == NonPositiveIncomes.Denominator;
        var total = all ? incomes.Total : some.Total;
        var mean = some.Sum() / total;
        var (ratio, terms) = Equivalent(some, epsilon, mean, total);
        for (var i = 0; i < influence.Length; i++)
        {
            if (i < start && !all)
            {
                influence[i] = 0;
                continue;
            }

            var y = i < start ? 0 : incomes.Incomes[i] / mean;
            var term = i < start ? 0 : TermOf(y, epsilon);
            // d ln(ratio) by the weight: the terms, then the mean below them; those left out still count in W.
            var byTerms = epsilon == 1 ? term - terms : (term - terms) / ((1 - epsilon) * terms);
            var byMean = epsilon == 1 ? (y - 1) * (some.Total / total) : y - 1;
            influence[i] = -ratio * (byTerms - byMean) / total;
        }
    }
}

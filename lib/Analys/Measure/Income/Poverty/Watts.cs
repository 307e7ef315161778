using Analys.Measure.Income.Inequality;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty;

/// <summary>The mean of the logarithm of the line over the income of the poor.</summary>
/// <remarks>
/// Σ w ln(z / y) [poor] / Σ w. Incomes of zero and below follow <see cref="NonPositiveIncomes"/>: left out of both sums, or kept below the
/// line of the fraction. Swedish: <i>Wattsindex</i>.
/// </remarks>
internal static class Watts
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("watts", "Watts index", "Wattsindex", "Σ w ln(z / y) [poor] / Σ w", Units.Index, ValueRange.NonNegative,
            "Watts 1968, An economic definition of poverty; Zheng 1993, Economics Letters 42"),
        Formula)
    {
        Place = 9,
        Choices = Choices.Line | Choices.Poor | Choices.NonPositive,
        Slope = (incomes, context) =>
        {
            var positive = incomes.Positive();
            return positive.Poor(context.Line, context.Poor).Total / (context.Line * Total(incomes, positive, context));
        },
        Influence = (incomes, context, influence) =>
        {
            var positive = incomes.Positive();
            var total = Total(incomes, positive, context);
            var value = Sum(positive, context) / total;
            var all = context.NonPositive == NonPositiveIncomes.Denominator;
            for (var i = 0; i < influence.Length; i++)
            {
                var y = incomes.Incomes[i];
                influence[i] = y <= 0 ? (all ? -value / total : 0) : ((y < context.Line ? Math.Log(context.Line / y) : 0) - value) / total;
            }
        },
        Aggregate = new(f => PositiveSums.Refused(f) ? Quantity.Undefined(GeneralisedEntropy.NonPositive)
            : Quantity.Ratio(f.Of(TermKind.PoorLogarithm), PositiveSums.Total(f), "no income is positive"))
        {
            Terms = [(TermKind.NonPositiveCount, 0), .. PositiveSums.Terms, (TermKind.PoorLogarithm, 0)],
        },
        AggregateInfluence = new(f =>
        {
            double total = PositiveSums.Total(f), sum = f.Of(TermKind.PoorLogarithm);
            return [(1 / total, Facts.Key(TermKind.PoorLogarithm, 0, f.Context)), (-sum / total / total, PositiveSums.Everyone(f))];
        })
        {
            Needs = AggregateForm.Asking with { Terms = [.. PositiveSums.Terms, (TermKind.PoorLogarithm, 0)] },
            // The poor with a positive income: those without one are all poor.
            Slope = f => Math.Max(0, f.Sums.PoorWeight - (f.Weight - f.Of(TermKind.PositiveWeight)))
                / (f.Context.Line * PositiveSums.Total(f)),
        },
    };

    private static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var positive = incomes.Positive();
        if (context.NonPositive == NonPositiveIncomes.Undefined && positive.Incomes.Length < incomes.Incomes.Length)
            return Quantity.Undefined(GeneralisedEntropy.NonPositive);
        return Quantity.Ratio(Sum(positive, context), Total(incomes, positive, context), "no income is positive");
    }

    private static double Total(WeightedIncomes incomes, WeightedIncomes positive, MeasureContext context) =>
        context.NonPositive == NonPositiveIncomes.Denominator ? incomes.Total : positive.Total;

    private static double Sum(WeightedIncomes positive, MeasureContext context)
    {
        var poor = positive.Poor(context.Line, context.Poor);
        var sum = default(Compensated);
        for (var i = 0; i < poor.Incomes.Length; i++) sum.Add(poor.Weights[i] * Math.Log(context.Line / poor.Incomes[i]));
        return sum.Value;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality.Entropies;

/// <summary>Measures that follow from sums of logarithms, powers and exponentials of incomes.</summary>
internal static class PositiveDivergence
{
    /// <summary>A measure of the positive incomes, from their weight, their sum and further sums; the weight that it is divided by follows
    /// the
    /// treatment of incomes of zero and below.</summary>
    public static IncomeMeasure Of(Definition definition, ImmutableArray<IncomeFunction> sums, Func<SumTotals, double, double,
        double> value)
    {
        var measure = SumMeasure.Of(definition,
            [new(1, Among.Positive), new(IncomeFunction.Own, Among.Positive), .. sums.Select(sum => new IncomeSum(sum, Among.Positive))],
            totals =>
            {
                if (!(totals[0] > 0)) return Quantity.Undefined(Gini.NoIncome);
                var total = totals.Context.NonPositive == NonPositiveIncomes.Denominator ? totals.Weight : totals[0];
                return Quantity.Known(value(totals, total, totals[1] / total));
            });
        // Persons are counted for this, not weighed: one in a million is one.
        return measure with
        {
            Formula = (incomes, context) => context.NonPositive == NonPositiveIncomes.Undefined
                && incomes.Positive().Incomes.Length < incomes.Incomes.Length
                    ? Quantity.Undefined(GeneralisedEntropy.NonPositive) : measure.Formula(incomes, context),
            Aggregate = measure.Aggregate! with
            {
                Terms = [.. measure.Aggregate.Terms, (TermKind.NonPositiveCount, 0)],
                Formula = f => PositiveSums.Refused(f) ? Quantity.Undefined(GeneralisedEntropy.NonPositive) : measure.Aggregate.Formula(f),
            },
            OnRequest = true,
            Choices = Choices.NonPositive,
        };
    }
}

/// <summary>Theil's index and the mean log deviation together: how far incomes and persons tell of each other, both ways.</summary>
/// <remarks>J = Σ w (y/μ − 1) ln(y/μ) / W. Swedish: <i>J-divergens</i>.</remarks>
internal static class JDivergence
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = PositiveDivergence.Of(
        new Definition("j-divergence", "J-divergence", "J-divergens", "J = Σ w (y / μ − 1) ln(y / μ) / W", Units.Index,
            ValueRange.NonNegative,
            "Rohde 2016, Journal of the Royal Statistical Society A 179(3)"),
        [IncomeFunction.Log(IncomeFunction.Own), IncomeFunction.Own * IncomeFunction.Log(IncomeFunction.Own)],
        (sums, total, mean) => Math.Max(0, (((sums[3] - (Math.Log(mean) * sums[1])) / mean) + (sums[0] * Math.Log(mean))
            - sums[2]) / total));
}

/// <summary>Rényi's divergence of incomes from equality.</summary>
/// <remarks>R(α) = ln(Σ w (y/μ)^α / W) / (α − 1); its limit at α = 1 is Theil's index. Swedish: <i>Rényidivergens</i>.</remarks>
internal static class Renyi
{
    /// <summary>The measure of order 2.</summary>
    public static IncomeMeasure Measure { get; } = Of(2);

    /// <summary>The measure.</summary>
    /// <param name="order">α, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not above 0.</exception>
    public static IncomeMeasure Of(double order)
    {
        if (!(order > 0) || !double.IsFinite(order)) throw new ArgumentOutOfRangeException(nameof(order), "The order α must be above 0.");
        IncomeFunction own = IncomeFunction.Own, scaled = own / Term.Scale;
        return PositiveDivergence.Of(
            new Definition("renyi", "Rényi divergence", "Rényidivergens", "R(α) = ln(Σ w (y / μ)^α / W) / (α − 1), its limit at α = 1",
                Units.Index,
                ValueRange.NonNegative, "Rényi 1961, Proc. 4th Berkeley Symposium; Langel 2012, Université de Neuchâtel"),
            [order == 1 ? own * IncomeFunction.Log(own) : IncomeFunction.Power(scaled, order)],
            (sums, total, mean) => Math.Max(0, order == 1
                ? (sums[2] - (Math.Log(mean) * sums[1])) / (mean * total)
                : Math.Log(sums[2] / total / Math.Pow(mean / Term.Scale, order)) / (order - 1))) with
        {
            Numbers = new([new("renyi-order", "2", "α of renyi, above 0: 1 is Theil's index")], numbers => [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("renyi-order", order.ToString(CultureInfo.InvariantCulture)),
        };
    }
}

/// <summary>The amount that everyone could give up for the same welfare if the rest were spread evenly: an absolute index, unchanged when
/// all get
/// the same more.</summary>
/// <remarks>K(κ) = ln(Σ w exp(κ (μ − y)) / W) / κ, in the unit of the incomes; κ is per unit of income. Swedish:
/// <i>Kolmindex</i>.</remarks>
internal static class Kolm
{
    /// <summary>The measure with κ = 0.00001, a hundred thousandth per krona.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.00001);

    /// <summary>The measure.</summary>
    /// <param name="kappa">κ, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">κ is not above 0.</exception>
    public static IncomeMeasure Of(double kappa)
    {
        if (!(kappa > 0) || !double.IsFinite(kappa)) throw new ArgumentOutOfRangeException(nameof(kappa),
            "The aversion κ must be above 0.");
        return SumMeasure.Of(
            new Definition("kolm", "Kolm index", "Kolmindex", "K(κ) = ln(Σ w exp(κ (μ − y)) / W) / κ", Units.Kronor, ValueRange.NonNegative,
                "Kolm 1976, Journal of Economic Theory 12(3) and 13(1)"),
            [new(IncomeFunction.Own), new(IncomeFunction.Exp(-kappa * IncomeFunction.Own))],
            totals => totals[1] > 0 && double.IsFinite(totals[1])
                ? Quantity.Known(Math.Max(0, (totals[0] / totals.Weight) + (Math.Log(totals[1] / totals.Weight) / kappa)))
                : Quantity.Undefined("κ is too large for incomes of this size")) with
        {
            OnRequest = true,
            Numbers = new([new("kappa", "0.00001", "κ of kolm, per unit of income, above 0")], numbers => [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("kappa", kappa.ToString(CultureInfo.InvariantCulture)),
        };
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Income.Inequality.Ranks;

/// <summary>∫ Q(p) k(p) dp: incomes weighted by their rank. Gini's relatives differ in k alone.</summary>
/// <remarks>
/// With K the integral of k the value is Σ_j y_j (K(F_j) − K(F_(j−1))), exact for a distribution of steps, so that it does not change when
/// persons
/// are doubled or weights scaled. Its derivative by a weight is (1/W) Σ_j (y_(j+1) − y_j) k(F_j) (F_j − [j ≥ i]): equal incomes share it.
/// Source: Serfling 1980, Approximation Theorems of Mathematical Statistics, ch. 8.
/// </remarks>
internal static class RankWeighted
{
    /// <summary>The value.</summary>
    /// <param name="incomes">The distribution; not empty.</param>
    /// <param name="cumulated">K, 0 at 0.</param>
    public static double Value(WeightedIncomes incomes, Func<double, double> cumulated)
    {
        Compensated sum = default, below = default;
        var before = 0.0;
        for (var i = 0; i < incomes.Incomes.Length; i++)
        {
            below.Add(incomes.Weights[i]);
            var now = cumulated(Math.Min(1, below.Value / incomes.Total));
            sum.Add(incomes.Incomes[i] * (now - before));
            before = now;
        }

        return sum.Value;
    }

    /// <summary>Its derivative by each weight.</summary>
    /// <param name="incomes">The distribution; not empty.</param>
    /// <param name="weight">k.</param>
    /// <param name="influence">Where to write it.</param>
    public static void Influence(WeightedIncomes incomes, Func<double, double> weight, Span<double> influence)
    {
        var n = influence.Length;
        Compensated below = default, all = default;
        for (var j = 0; j < n; j++)
        {
            below.Add(incomes.Weights[j]);
            var share = Math.Min(1, below.Value / incomes.Total);
            // Where nobody of any weight has come yet, or nobody follows, there is no step.
            var step = j + 1 < n && share > 0 ? (incomes.Incomes[j + 1] - incomes.Incomes[j]) * weight(share) : 0;
            influence[j] = step;
            all.Add(step * share);
        }

        var after = default(Compensated);
        for (var i = n - 1; i >= 0; i--)
        {
            after.Add(influence[i]);
            influence[i] = (all.Value - after.Value) / incomes.Total;
        }
    }

    /// <summary>1 − ∫ Q k dp / μ as a measure.</summary>
    internal static IncomeMeasure RelativeToMean(Definition definition, Func<double, double> cumulated, Func<double, double> weight) =>
        new(definition, (incomes, _) => incomes.Sum() is > 0 and var sum
            ? Quantity.Known(Math.Max(0, 1 - (Value(incomes, cumulated) * incomes.Total / sum))) : Quantity.Undefined(Gini.NoIncome))
        {
            OnRequest = true,
            Within = ValueRange.Unit,
            NeedsNonNegative = true,
            Influence = (incomes, _, influence) =>
            {
                double mean = incomes.Sum() / incomes.Total, value = Value(incomes, cumulated);
                Influence(incomes, weight, influence);
                for (var i = 0; i < influence.Length; i++)
                    influence[i] = -((influence[i] / mean) - (value * (incomes.Incomes[i] - mean) / (mean * mean * incomes.Total)));
            },
        };
}

/// <summary>Gini's index with a chosen aversion to inequality: the poorer, the heavier.</summary>
/// <remarks>G(ν) = 1 − ν ∫ (1 − p)^(ν − 1) Q(p) dp / μ; ν = 2 is Gini's own. Swedish: <i>utvidgat Giniindex</i>.</remarks>
internal static class SGini
{
    /// <summary>The measure with ν = 3.</summary>
    public static IncomeMeasure Measure { get; } = Of(3);

    /// <summary>The measure.</summary>
    /// <param name="nu">ν, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">ν is not above 1.</exception>
    public static IncomeMeasure Of(double nu)
    {
        if (!(nu > 1) || !double.IsFinite(nu)) throw new ArgumentOutOfRangeException(nameof(nu), "The aversion ν must be above 1.");
        return RankWeighted.RelativeToMean(
            new Definition("s-gini", "Single-parameter Gini index", "Utvidgat Giniindex", "G(ν) = 1 − ν ∫ (1 − p)^(ν − 1) Q(p) dp / μ",
                Units.Index,
                ValueRange.NonNegative, "Donaldson & Weymark 1980, Journal of Economic Theory 22(1); Yitzhaki 1983, International "
                    + "Economic Review 24(3)"),
            p => 1 - Math.Pow(1 - p, nu), p => nu * Math.Pow(1 - p, nu - 1)) with
        {
            Numbers = new([new("nu", "3", "ν of s-gini, above 1: 2 is Gini's index, more heeds the poorest")], numbers => [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("nu", nu.ToString(CultureInfo.InvariantCulture)),
        };
    }
}

/// <summary>How far the mean of the poorest p falls short of the mean of all, on average over p.</summary>
/// <remarks>B = 1 − ∫ m(p) dp / μ, m(p) the mean income of the poorest p; = 1 − ∫ −ln p · Q(p) dp / μ. Swedish:
/// <i>Bonferroniindex</i>.</remarks>
internal static class Bonferroni
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = RankWeighted.RelativeToMean(
        new Definition("bonferroni", "Bonferroni index", "Bonferroniindex", "B = 1 − ∫ m(p) dp / μ, m(p) the mean of the poorest p",
            Units.Index,
            ValueRange.NonNegative,
                "Bonferroni 1930, Elementi di statistica generale; Nygård & Sandström 1981, Measuring Income Inequality"),
        p => p <= 0 ? 0 : p - (p * Math.Log(p)), p => -Math.Log(p));
}

/// <summary>Gini's index for incomes among which some are negative: at most 1.</summary>
/// <remarks>
/// Σ_i Σ_j w_i w_j |y_i − y_j| / (2 W Σ w |y|): the mean difference over the largest that the same gains and debts could have. Without
/// negative
/// incomes it is Gini's index. The form without the factor (n − 1)/n, so that doubling everybody changes nothing. Swedish: <i>normaliserad
/// Ginikoefficient</i>.
/// </remarks>
internal static class NormalisedGini
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("normalised-gini", "Normalised Gini coefficient", "Normaliserad Ginikoefficient",
            "Σ_i Σ_j w_i w_j |y_i − y_j| / (2 W Σ w |y|)", Units.Index, ValueRange.Unit,
            "Raffinetti, Siletti & Vernizzi 2015, Statistical Methods & Applications 24(3)"),
        (incomes, _) => Size(incomes) is > 0 and var size
            ? Quantity.Known(Math.Clamp(((incomes.SumOfMaxima() / incomes.Total) - incomes.Sum()) / size, 0, 1))
            : Quantity.Undefined("all incomes are zero"))
    {
        OnRequest = true,
        Influence = (incomes, _, influence) =>
        {
            double size = Size(incomes), maxima = incomes.SumOfMaxima(), value = ((maxima / incomes.Total) - incomes.Sum()) / size;
            Gini.Maxima(incomes, influence);
            for (var i = 0; i < influence.Length; i++)
            {
                var y = incomes.Incomes[i];
                influence[i] = ((2 * influence[i] / incomes.Total) - (maxima / (incomes.Total * incomes.Total)) - y
                    - (value * Math.Abs(y))) / size;
            }
        },
        Aggregate = new(f => f.Of(Source.TermKind.PositiveIncome) is var gains && (2 * gains) - f.Income is > 0 and var size
            ? Quantity.Known(Math.Clamp(((f.Maxima / f.Weight) - f.Income) / size, 0, 1)) : Quantity.Undefined("all incomes are zero"))
        {
            Terms = [(Source.TermKind.Income, 0), (Source.TermKind.PositiveIncome, 0)],
            Maxima = Source.MaximaOf.Everyone,
        },
    };

    private static double Size(WeightedIncomes incomes) => (2 * incomes.Positive().Sum()) - incomes.Sum();
}

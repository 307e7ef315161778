using Analys.Measure.Source;
using Analys.Measure.Study.Beside;

namespace Analys.Measure.Income.Inequality.Joint;

/// <summary>How much less women earn than men: the difference of the mean over the men's mean.</summary>
/// <remarks>(μ_men − μ_women) / μ_men of the chosen income, which is meant to be pay by the hour of employees. A call names the column with
/// <c>--sex</c>. Swedish: <i>könslönegap</i>.</remarks>
internal static class GenderPayGap
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("gender-pay-gap", "Gender pay gap", "Könslönegap", "(μ_men − μ_women) / μ_men", Units.Share,
            new ValueRange(double.NegativeInfinity, 1), "Eurostat, sdg_05_20; laeken, gpg"),
        (incomes, _) =>
        {
            var (women, men) = Means(incomes);
            return double.IsNaN(women + men) ? Quantity.Undefined(Sides.OneSide)
                : men > 0 ? Quantity.Known((men - women) / men) : Quantity.Undefined(Gini.NoIncome);
        })
    {
        OnRequest = true,
        Concept = BesideColumn.Joint(0),
        HasSides = true,
        Influence = (incomes, _, influence) =>
        {
            influence.Clear();
            var (women, men) = Means(incomes);
            if (!(men > 0) || double.IsNaN(women)) return;
            var weight = Compensated.Dot(incomes.Beside, incomes.Weights);
            for (var i = 0; i < influence.Length; i++)
            {
                var y = incomes.Incomes[i];
                influence[i] = incomes.Beside[i] == 1 ? -(y - women) / (weight * men)
                    : women * (y - men) / ((incomes.Total - weight) * men * men);
            }
        },
        Bind = persons => Bound.Each(persons, Besides.Woman, "gender-pay-gap needs the column of sex: name it with --sex.",
            (column, place) => Measure! with { Concept = BesideColumn.Joint(place) }),
    };

    private static (double Women, double Men) Means(WeightedIncomes incomes)
    {
        Compensated women = default, weight = default;
        for (var i = 0; i < incomes.Incomes.Length; i++)
        {
            women.Add(incomes.Weights[i] * incomes.Beside[i] * incomes.Incomes[i]);
            weight.Add(incomes.Weights[i] * incomes.Beside[i]);
        }

        return (women.Value / weight.Value, (incomes.Sum() - women.Value) / (incomes.Total - weight.Value));
    }
}

/// <summary>The median income of those of 65 years and above over that of those below.</summary>
/// <remarks>m(65+) / m(0–64). Swedish: <i>relativ medianinkomst för äldre</i>.</remarks>
internal static class IncomeRatio65
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("income-ratio-65", "Relative median income of those aged 65 and above", "Relativ medianinkomst, 65 år och äldre",
            "median y (65+) / median y (0–64)", Units.Ratio, ValueRange.NonNegative, "Eurostat, ilc_pnp2; convey, svyrmir"),
        (incomes, context) =>
        {
            double[] old = new double[incomes.Incomes.Length], young = new double[old.Length];
            var (seniors, others) = Sides.Of(incomes, old, young);
            return seniors.IsEmpty || others.IsEmpty ? Quantity.Undefined(Sides.OneSide)
                : others.Quantile(0.5, context.Quantiles) is > 0 and var below
                    ? Quantity.Known(seniors.Quantile(0.5, context.Quantiles) / below)
                : Quantity.Undefined("the median of those below 65 is not positive");
        })
    {
        OnRequest = true,
        Choices = Choices.Quantiles,
        Concept = BesideColumn.Joint(0),
        HasSides = true,
        Positions = (incomes, context) =>
        {
            double[] old = new double[incomes.Incomes.Length], young = new double[old.Length];
            var (seniors, others) = Sides.Of(incomes, old, young);
            if (seniors.IsEmpty || others.IsEmpty) return [];
            double high = seniors.Quantile(0.5, context.Quantiles), low = others.Quantile(0.5, context.Quantiles);
            return low > 0 ? [new(high, 1 / low, Side: 1), new(low, -high / (low * low), Side: 0)] : [];
        },
        Influence = (incomes, context, influence) =>
        {
            influence.Clear();
            double[] old = new double[influence.Length], young = new double[old.Length], byOld = new double[old.Length],
                byYoung = new double[old.Length];
            var (seniors, others) = Sides.Of(incomes, old, young);
            if (seniors.IsEmpty || others.IsEmpty || !(others.Quantile(0.5, context.Quantiles) is > 0 and var low)) return;
            var high = seniors.Quantile(0.5, context.Quantiles);
            QuantileInfluence.Of(seniors, 0.5, context.Quantiles, byOld);
            QuantileInfluence.Of(others, 0.5, context.Quantiles, byYoung);
            for (var i = 0; i < influence.Length; i++)
                influence[i] = incomes.Beside[i] == 1 ? byOld[i] / low : -high * byYoung[i] / (low * low);
        },
        Bind = persons => Bound.Each(persons, Besides.Senior, "income-ratio-65 needs ages: name their column with --age.",
            (_, place) => Measure! with { Concept = BesideColumn.Joint(place) }),
    };
}

/// <summary>Those with 1 and those with 0 beside their incomes: everyone's incomes with the others' weights at nothing.</summary>
internal static class Sides
{
    /// <summary>Why two groups are not compared.</summary>
    public const string OneSide = "one of the two groups is empty";

    /// <summary>The two distributions.</summary>
    public static SidesOfIncomes Of(WeightedIncomes incomes, double[] ones, double[] noughts)
    {
        for (var i = 0; i < ones.Length; i++)
        {
            ones[i] = incomes.Beside[i] == 1 ? incomes.Weights[i] : 0;
            noughts[i] = incomes.Weights[i] - ones[i];
        }

        return new(new WeightedIncomes(incomes.Incomes, ones), new WeightedIncomes(incomes.Incomes, noughts));
    }

    /// <summary>Both.</summary>
    internal readonly ref struct SidesOfIncomes(WeightedIncomes ones, WeightedIncomes noughts)
    {
        private readonly WeightedIncomes first = ones;
        private readonly WeightedIncomes second = noughts;

        public void Deconstruct(out WeightedIncomes one, out WeightedIncomes nought)
        {
            one = first;
            nought = second;
        }
    }
}

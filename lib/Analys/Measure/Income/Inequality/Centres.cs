using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>The weighted mean income.</summary>
/// <remarks>μ = Σ w y / Σ w. Swedish: <i>medelinkomst</i>.</remarks>
internal static class Mean
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("mean", "Mean income", "Medelinkomst", "μ = Σ w y / Σ w", Units.Kronor, ValueRange.Any,
            "Cowell 2011, Measuring Inequality, 3rd ed."),
        (incomes, _) => Quantity.Known(incomes.Sum() / incomes.Total))
    {
        Place = 1,
        Influence = (incomes, _, influence) =>
        {
            var mean = incomes.Sum() / incomes.Total;
            for (var i = 0; i < influence.Length; i++) influence[i] = (incomes.Incomes[i] - mean) / incomes.Total;
        },
        Aggregate = new(f => Quantity.Known(f.Income / f.Weight)) { Terms = [(TermKind.Income, 0)] },
        AggregateInfluence = new(f =>
            [(1 / f.Weight, new Term(TermKind.Income)), (-f.Income / f.Weight / f.Weight, new Term(TermKind.One))])
        {
            Needs = AggregateForm.Asking with { Terms = [(TermKind.Income, 0)] },
        },
    };
}

/// <summary>The weighted median income.</summary>
/// <remarks>The quantile at p = 0.5 under the chosen rule. Swedish: <i>medianinkomst</i>.</remarks>
internal static class Median
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("median", "Median income", "Medianinkomst", "m = Q(0.5), Q the weighted quantile of income", Units.Kronor,
            ValueRange.Any, "Hyndman & Fan 1996, The American Statistician 50(4)")
        {
            SwedishFormula = "m = Q(0,5), Q den vägda inkomstens kvantil",
        },
        (incomes, context) => Quantity.Known(incomes.Quantile(0.5, context.Quantiles)))
    {
        Place = 2,
        Choices = Choices.Quantiles,
        Positions = (incomes, context) => [new(incomes.Quantile(0.5, context.Quantiles), 1)],
        Influence = (incomes, context, influence) => QuantileInfluence.Of(incomes, 0.5, context.Quantiles, influence),
        Aggregate = new(f => Quantity.Known(f.Quantile(0.5))) { Quantiles = [(0.5, null)] },
        AggregateInfluence = AggregateInfluence.OfQuantiles([0.5]),
    };
}

/// <summary>The share of all income that would have to change hands for all to have the same.</summary>
/// <remarks>Σ w |y − μ| / (2 W μ). Undefined where the mean is not positive. Swedish: <i>Hooverindex (Robin Hood-index)</i>.</remarks>
internal static class Hoover
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("hoover", "Hoover index", "Hooverindex", "Σ w |y − μ| / (2 W μ)", Units.Index, ValueRange.NonNegative,
            "Hoover 1936, Review of Economics and Statistics 18(4)"),
        Formula)
    {
        Place = 7,
        Within = ValueRange.Unit,
        NeedsNonNegative = true,
        Influence = Influence,
        Aggregate = new(OfSums) { Terms = [(TermKind.Income, 0)], Pivots = f => [f.Income / f.Weight] },
        AggregateInfluence = new(InfluenceOfSums)
        {
            Needs = AggregateForm.Asking with
            {
                Terms = [(TermKind.Income, 0)],
                Pivots = f => [f.Income / f.Weight, Math.BitDecrement(f.Income / f.Weight)],
            },
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="incomes">The distribution; not empty.</param>
    /// <param name="context">Not used.</param>
    public static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var mean = incomes.Sum() / incomes.Total;
        if (mean <= 0) return Quantity.Undefined(Gini.NoIncome);
        var sum = default(Compensated);
        for (var i = 0; i < incomes.Incomes.Length; i++) sum.Add(incomes.Weights[i] * Math.Abs(incomes.Incomes[i] - mean));
        return Quantity.Known(sum.Value / (2 * incomes.Total * mean));
    }

    private static void Influence(WeightedIncomes incomes, MeasureContext context, Span<double> influence)
    {
        double total = incomes.Total, mean = incomes.Sum() / total, sum = 0, sign = 0;
        for (var i = 0; i < incomes.Incomes.Length; i++)
        {
            sum += incomes.Weights[i] * Math.Abs(incomes.Incomes[i] - mean);
            sign += incomes.Weights[i] * Math.Sign(mean - incomes.Incomes[i]);
        }

        for (var i = 0; i < influence.Length; i++)
        {
            var y = incomes.Incomes[i];
            influence[i] = ((Math.Abs(y - mean) + (sign * (y - mean) / total)) / (2 * total * mean))
                - (sum * y / (2 * total * mean * total * mean));
        }
    }

    private static Quantity OfSums(Facts f)
    {
        var mean = f.Income / f.Weight;
        return mean <= 0 ? Quantity.Undefined(Gini.NoIncome) : Quantity.Known(Deviations(f, mean) / (2 * f.Weight * mean));
    }

    private static double Deviations(Facts f, double mean)
    {
        var (weight, income) = f.AtOrBelow(mean);
        return (mean * weight) - income + (f.Income - income - (mean * (f.Weight - weight)));
    }

    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f)
    {
        double total = f.Weight, mean = f.Income / total;
        var sign = f.AtOrBelow(Math.BitDecrement(mean)).Weight + f.AtOrBelow(mean).Weight - total;
        var scale = 1 / (2 * total * mean);
        // |y − μ| = y − μ + 2 (μ − y)[y ≤ μ].
        return
        [
            ((scale * (1 + (sign / total))) - (Deviations(f, mean) * scale / (total * mean)), new Term(TermKind.Income)),
            (-scale * mean * (1 + (sign / total)), new Term(TermKind.One)),
            (2 * scale * mean, new Term(TermKind.Below, 0, mean, PoorRule.AtOrBelow)),
            (-2 * scale, new Term(TermKind.IncomeBelow, 0, mean, PoorRule.AtOrBelow)),
        ];
    }
}

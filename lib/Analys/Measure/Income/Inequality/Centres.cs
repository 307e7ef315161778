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
        Influence = (incomes, _, influence) =>
        {
            var mean = incomes.Sum() / incomes.Total;
            for (var i = 0; i < influence.Length; i++) influence[i] = (incomes.Incomes[i] - mean) / incomes.Total;
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
        Choices = Choices.Quantiles,
        Positions = (incomes, context) => [new(incomes.Quantile(0.5, context.Quantiles), 1)],
        Influence = (incomes, context, influence) => QuantileInfluence.Of(incomes, 0.5, context.Quantiles, influence),
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
        Influence = Influence,
    };

    /// <summary>The formula.</summary>
    /// <param name="incomes">The distribution; not empty.</param>
    /// <param name="context">Not used.</param>
    public static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var mean = incomes.Sum() / incomes.Total;
        if (mean <= 0) return Quantity.Undefined(Gini.NoIncome);
        var sum = 0.0;
        for (var i = 0; i < incomes.Incomes.Length; i++) sum += incomes.Weights[i] * Math.Abs(incomes.Incomes[i] - mean);
        return Quantity.Known(sum / (2 * incomes.Total * mean));
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
}

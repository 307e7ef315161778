using Analys.Domain;

namespace Analys.Measure.Inequality;

/// <summary>The weighted median income.</summary>
/// <remarks>The quantile at p = 0.5 under the chosen rule. Swedish: <i>medianinkomst</i>.</remarks>
public static class Median
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("median", "Median income", "Medianinkomst", "m = Q(0.5), Q the weighted quantile of income", Units.Kronor, ValueRange.Any, "Hyndman & Fan 1996, The American Statistician 50(4)"),
        (incomes, context) => Quantity.Known(incomes.Quantile(0.5, context.Quantiles)))
    {
        Choices = Choices.Quantiles,
        Influence = (incomes, context, influence) => QuantileInfluence.Of(incomes, 0.5, context.Quantiles, influence),
    };
}

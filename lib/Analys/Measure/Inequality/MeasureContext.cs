namespace Analys.Measure.Inequality;

/// <summary>The line and the choices of definition under which a formula is computed.</summary>
/// <param name="Line">The poverty line, of the whole population or fixed; NaN for measures that have none.</param>
/// <param name="Quantiles">The rule of weighted quantiles.</param>
/// <param name="Poor">Whether a person on the line is poor.</param>
/// <param name="NonPositive">What logarithms do with incomes of zero and below.</param>
public readonly record struct MeasureContext(
    double Line = double.NaN,
    QuantileRule Quantiles = QuantileRule.Average,
    PoorRule Poor = PoorRule.Below,
    NonPositiveIncomes NonPositive = NonPositiveIncomes.Exclude);

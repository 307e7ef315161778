using Analys.Domain;

namespace Analys.Measure.Inequality;

/// <summary>The income of the richest tenth over that of the poorest four tenths.</summary>
/// <remarks>Σ w y over y &gt; Q(0.9), over Σ w y over y ≤ Q(0.4). Undefined where the poorest have no positive income. Swedish: <i>Palmakvot</i>.</remarks>
public static class Palma
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("palma", "Palma ratio", "Palmakvot", "P = Σ w y [y > Q(0.9)] / Σ w y [y ≤ Q(0.4)]", Units.Ratio, ValueRange.NonNegative, "Palma 2011, Development and Change 42(1)"),
        (incomes, context) => IncomeQuintileShareRatio.TailRatio(incomes, 0.9, 0.4, context.Quantiles))
    {
        Choices = Choices.Quantiles,
        Influence = (incomes, context, influence) => IncomeQuintileShareRatio.Influence(incomes, 0.9, 0.4, context.Quantiles, influence),
    };
}

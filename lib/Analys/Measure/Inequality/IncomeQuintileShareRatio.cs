using Analys.Domain;

namespace Analys.Measure.Inequality;

/// <summary>S80/S20: the income of the richest fifth over that of the poorest fifth.</summary>
/// <remarks>
/// Σ w y over y &gt; Q(0.8), over Σ w y over y ≤ Q(0.2). Undefined where the poorest fifth has no positive income. Swedish: <i>kvintilkvot S80/S20</i>.
/// </remarks>
public static class IncomeQuintileShareRatio
{
    /// <summary>Why the quotient does not exist.</summary>
    public const string NoIncomeBelow = "the poorest have no income";

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("income-quintile-share-ratio", "Income quintile share ratio S80/S20", "Kvintilkvot S80/S20", "S80/S20 = Σ w y [y > Q(0.8)] / Σ w y [y ≤ Q(0.2)]", Units.Ratio, ValueRange.NonNegative, "Eurostat, ilc_di11; Commission Regulation (EC) 1980/2003"),
        (incomes, context) => TailRatio(incomes, 0.8, 0.2, context.Quantiles))
    {
        Choices = Choices.Quantiles,
        Influence = (incomes, context, influence) => Influence(incomes, 0.8, 0.2, context.Quantiles, influence),
    };

    /// <summary>The income above one quantile over the income up to another.</summary>
    internal static Quantity TailRatio(WeightedIncomes incomes, double top, double bottom, QuantileRule rule)
    {
        var (_, _, above, below) = Tails(incomes, top, bottom, rule);
        return below <= 0 ? Quantity.Undefined(NoIncomeBelow) : Quantity.Known(above / below);
    }

    /// <summary>Its influence (Langel &amp; Tillé 2011): the quantiles' own densities cancel against the incomes at the cuts.</summary>
    internal static void Influence(WeightedIncomes incomes, double top, double bottom, QuantileRule rule, Span<double> influence)
    {
        var (high, low, above, below) = Tails(incomes, top, bottom, rule);
        for (var i = 0; i < influence.Length; i++)
        {
            var y = incomes.Incomes[i];
            var byTop = (y > high ? y - high : 0) + (high * (1 - top));
            var byBottom = (y <= low ? y - low : 0) + (low * bottom);
            influence[i] = (byTop / below) - (above * byBottom / (below * below));
        }
    }

    private static (double High, double Low, double Above, double Below) Tails(WeightedIncomes incomes, double top, double bottom, QuantileRule rule)
    {
        double high = incomes.Quantile(top, rule), low = incomes.Quantile(bottom, rule);
        return (high, low, incomes.From(incomes.CountPoor(high, PoorRule.AtOrBelow)).Sum(), incomes.Poor(low, PoorRule.AtOrBelow).Sum());
    }
}

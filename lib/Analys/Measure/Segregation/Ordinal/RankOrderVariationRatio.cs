using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Segregation by income rank (R^R) from counts in income brackets.</summary>
/// <remarks>R^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp over the ranks p from 0 to 1, weight 4p(1 − p), binary R(p) = η²: Λ is measured at the limits of the brackets, a polynomial in p is fitted to it by least squares weighted with w(p)², and integrated in closed form. Brackets stand in rising order. The polynomial has the order of the option, at most the number of limits less one. Swedish: <i>rangordnat variationskvotsindex</i>.</remarks>
public static class RankOrderVariationRatio
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "rank-order-variation-ratio", "Rank-order variation ratio index", "Rangordnat variationskvotsindex", "R^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp, weight 4p(1 − p), binary R(p) = η²",
            Units.Index, ValueRange.Any, "Reardon 2011, Stanford CEPA working paper; Reardon & Bischoff 2011, American Journal of Sociology 116(4)"),
        Formula)
    {
        Ordered = true,
        Options = [RankOrder.OrderOption],
        Configure = (arguments, counts) =>
        {
            var order = RankOrder.Order(arguments);
            return Measure! with
            {
                Formula = table => RankOrder.Index(table, OrdinalVariationRatio.Variation, RankOrderWeights.VariationRatio, order),
                Parameters = OrdinalVariation.Order(counts).Add("polynomial-order", MeasureArguments.Text(order)),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return RankOrder.Index(table, OrdinalVariationRatio.Variation, RankOrderWeights.VariationRatio, RankOrder.DefaultOrder);
    }
}

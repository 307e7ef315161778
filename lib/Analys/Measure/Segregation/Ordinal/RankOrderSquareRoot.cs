using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Segregation by income rank (S^R) from counts in income brackets.</summary>
/// <remarks>S^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp over the ranks p from 0 to 1, weight 2√(p(1 − p)), binary Hutchens index S(p): Λ is measured at the limits of the brackets, a polynomial in p is fitted to it by least squares weighted with w(p)², and integrated in closed form. Brackets stand in rising order. The polynomial has the order of the option, at most the number of limits less one. Swedish: <i>rangordnat kvadratrotsindex</i>.</remarks>
public static class RankOrderSquareRoot
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "rank-order-square-root", "Rank-order square-root index", "Rangordnat kvadratrotsindex", "S^R = ∫ w(p) Λ(p) dp / ∫ w(p) dp, weight 2√(p(1 − p)), binary Hutchens index S(p)",
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
                Formula = table => RankOrder.Index(table, OrdinalSquareRoot.Variation, RankOrderWeights.SquareRoot, order),
                Parameters = OrdinalVariation.Order(counts).Add("polynomial-order", MeasureArguments.Text(order)),
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return RankOrder.Index(table, OrdinalSquareRoot.Variation, RankOrderWeights.SquareRoot, RankOrder.DefaultOrder);
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (Lo).</summary>
/// <remarks>Lo = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = 1 − |2c − 1|. Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt absolutdifferensindex</i>.</remarks>
public static class OrdinalAbsoluteDifference
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-absolute-difference", "Ordinal absolute difference index", "Ordinalt absolutdifferensindex", "Lo = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = 1 − |2c − 1|",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => 1 - Math.Abs((2 * c) - 1);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (Ho).</summary>
/// <remarks>Ho = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = −(c log2 c + (1 − c) log2(1 − c)). Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt entropiindex</i>.</remarks>
public static class OrdinalInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-information-theory", "Ordinal information theory index", "Ordinalt entropiindex", "Ho = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = −(c log2 c + (1 − c) log2(1 − c))",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => -(Sums.PLogP(c) + Sums.PLogP(1 - c)) / Math.Log(2);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

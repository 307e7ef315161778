using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Segregation between ordered groups: how much less the units' members differ in rank than the whole's (So).</summary>
/// <remarks>So = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), c_k the part of members in the first k groups, f(c) = 2√(c(1 − c)). Groups stand in the order given. From 0 to 1. Swedish: <i>ordinalt kvadratrotsindex</i>.</remarks>
public static class OrdinalSquareRoot
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "ordinal-square-root", "Ordinal square-root index", "Ordinalt kvadratrotsindex", "So = Σ_i t_i (v − v_i) / (N v), v = Σ_k f(c_k) / (K − 1), f(c) = 2√(c(1 − c))",
            Units.Index, ValueRange.Unit, "Reardon 2009, Research on Economic Inequality 17"),
        Formula)
    {
        Ordered = true,
        Configure = (_, counts) => Measure! with { Parameters = OrdinalVariation.Order(counts) },
    };

    /// <summary>The variation at a cumulated share: 0 at 0 and 1, 1 at one half.</summary>
    /// <param name="c">The cumulated share.</param>
    public static double Variation(double c) => 2 * Math.Sqrt(c * (1 - c));

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return OrdinalVariation.Segregation(table, Variation);
    }
}

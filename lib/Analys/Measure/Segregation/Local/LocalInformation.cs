using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>The unit's local score for H: how far its composition is from that of the whole, as a share of the whole's diversity.</summary>
/// <remarks>L_i / E with L_i the local mutual information; weighted by the units' shares of the population they add up to H. Swedish: <i>lokalt entropiindex</i>. A unit where nobody lives has no value.</remarks>
public static class LocalInformation
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-information", "Local information (local score for H)", "Lokalt entropiindex", "Σ_g p_ig ln(p_ig / P_g) / E, E = −Σ_g P_g ln P_g",
            Units.Index, ValueRange.NonNegative, "Theil 1972; Mora & Ruiz-Castillo 2011, Sociological Methodology 41"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesUnits = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        LocalMutualInformation.Formula(table, values);
        for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(information => information / entropy);
    }
}

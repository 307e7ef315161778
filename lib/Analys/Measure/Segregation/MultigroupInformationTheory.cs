using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Theil's H for all groups: how much less diverse the units are than the whole, as a share of the whole's diversity.</summary>
/// <remarks>H = Σ_i t_i (E − E_i) / (N E) = M / E, from 0 to 1. Swedish: <i>Theils entropiindex</i>.</remarks>
public static class MultigroupInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "information-theory", "Information theory index (Theil's H), multigroup", "Theils entropiindex H för flera grupper", "H = Σ_i t_i (E − E_i) / (N E), E = −Σ_g P_g ln P_g",
            Units.Index, ValueRange.Unit, "Theil 1972, Statistical Decomposition Analysis; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        return MultigroupMutualInformation.Formula(table).Select(information => Math.Min(1, information / entropy));
    }
}

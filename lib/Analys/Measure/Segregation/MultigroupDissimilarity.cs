using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The index of dissimilarity for several groups.</summary>
/// <remarks>D = Σ_g Σ_i t_i |p_ig − P_g| / (2 N I), I = Σ_g P_g (1 − P_g), from 0 to 1. Swedish: <i>dissimilaritetsindex för flera grupper</i>.</remarks>
public static class MultigroupDissimilarity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "multigroup-dissimilarity", "Multigroup index of dissimilarity", "Dissimilaritetsindex för flera grupper", "D = Σ_g Σ_i t_i |p_ig − P_g| / (2 N I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Morgan 1975; Sakoda 1981, Demography 18(2); Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var row = table.Unit(i);
            var share = table.UnitTotals[i] / table.Total;
            for (var g = 0; g < row.Length; g++) sum += Math.Abs((row[g] / table.Total) - (share * (table.GroupTotals[g] / table.Total)));
        }

        return Quantity.Known(sum / (2 * interaction));
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The variance of the groups' shares between units, each relative to the group's own share.</summary>
/// <remarks>C = Σ_g Σ_i t_i (p_ig − P_g)² / (N (K − 1) P_g), K the number of groups with members, from 0 to 1. Swedish: <i>kvadrerad variationskoefficient</i>.</remarks>
public static class SquaredCoefficientOfVariation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "squared-coefficient-of-variation", "Squared coefficient of variation", "Kvadrerad variationskoefficient", "C = Σ_g Σ_i t_i (p_ig − P_g)² / (N (K − 1) P_g)",
            Units.Index, ValueRange.Unit, "Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var t = table.UnitTotals[i];
            if (t == 0) continue;
            var row = table.Unit(i);
            for (var g = 0; g < row.Length; g++)
            {
                var whole = table.GroupTotals[g] / table.Total;
                if (whole > 0) sum += t / table.Total * ((row[g] / t) - whole) * ((row[g] / t) - whole) / whole;
            }
        }

        return Quantity.Known(sum / (table.GroupsWithMembers - 1));
    }
}

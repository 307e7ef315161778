using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>How much each group is cut off from the others, freed from its size.</summary>
/// <remarks>P = Σ_g Σ_i t_i (p_ig − P_g)² / (N (1 − P_g)), from 0 to 1. Swedish: <i>normaliserad exponering</i>.</remarks>
public static class NormalisedExposure
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "normalised-exposure", "Normalised exposure index", "Normaliserad exponering", "P = Σ_g Σ_i t_i (p_ig − P_g)² / (N (1 − P_g))",
            Units.Index, ValueRange.Unit, "James 1986; Reardon & Firebaugh 2002, Sociological Methodology 32"),
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
                sum += t / table.Total * ((row[g] / t) - whole) * ((row[g] / t) - whole) / (1 - whole);
            }
        }

        return Quantity.Known(sum);
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>How much less interaction between groups there is in the units than in the whole, as a share of the whole's.</summary>
/// <remarks>R = Σ_i t_i (I − I_i) / (N I), I = Σ_g P_g (1 − P_g), from 0 to 1. Swedish: <i>relativ mångfald</i>.</remarks>
public static class RelativeDiversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "relative-diversity", "Relative diversity index", "Relativ mångfald", "R = Σ_i t_i (I − I_i) / (N I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Goodman & Kruskal 1954; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0) within += table.UnitTotals[i] / table.Total * SimpsonInteraction.Of(table.Unit(i), table.UnitTotals[i]);
        }

        return Quantity.Known(Math.Max(0, 1 - (within / interaction)));
    }
}

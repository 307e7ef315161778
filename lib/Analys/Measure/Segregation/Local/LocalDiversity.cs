using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>How mixed the unit is, as a share of the largest possible.</summary>
/// <remarks>E_i / ln K, K the number of groups in the whole table, from 0 to 1. Swedish: <i>lokal mångfald</i>. A unit where nobody lives has no value.</remarks>
public static class LocalDiversity
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-diversity", "Local diversity", "Lokal mångfald", "−Σ_g p_ig ln p_ig / ln K",
            Units.Index, ValueRange.Unit, "Tivadar 2019, Journal of Statistical Software 89(7)"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        ComparesGroups = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = table.Groups < 2 ? Quantity.Undefined("only one group")
                : Quantity.Known(table.UnitTotals[i] > 0 ? Math.Min(1, Diversity.Of(table.Unit(i), table.UnitTotals[i]) / Math.Log(table.Groups)) : 0);
        }
    }
}

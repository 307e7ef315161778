using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Shannon's entropy as a share of the largest possible for the number of groups.</summary>
/// <remarks>E / ln K, K the number of groups in the table, from 0 to 1. Swedish: <i>normaliserad mångfald</i>.</remarks>
public static class NormalisedDiversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "normalised-diversity", "Normalised diversity (Pielou's evenness)", "Normaliserad mångfald", "E / ln K",
            Units.Index, ValueRange.Unit, "Shannon 1948; Pielou 1966"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return table.Groups < 2
            ? Quantity.Undefined("only one group")
            : Quantity.Known(Math.Min(1, Diversity.Of(table.GroupTotals, table.Total) / Math.Log(table.Groups)));
    }
}

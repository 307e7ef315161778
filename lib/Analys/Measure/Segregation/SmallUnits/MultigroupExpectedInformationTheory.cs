using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>Theil's H that chance alone gives, exactly.</summary>
/// <remarks>E[H] = E[M] / E: the entropy is fixed with the margins. Swedish: <i>slumpens entropiindex</i>.</remarks>
public static class MultigroupExpectedInformationTheory
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "expected-information-theory", "Expected H under independence, multigroup", "Väntat H vid oberoende för flera grupper", "E[H] = E[M] / E, both margins fixed",
            Units.Index, ValueRange.Unit, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var entropy = Diversity.Of(table.GroupTotals, table.Total);
        return MultigroupExpectedInformation.Formula(table).Select(information => information / entropy);
    }
}

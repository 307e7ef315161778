using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>The mutual information that chance alone gives, exactly.</summary>
/// <remarks>E[M] = Σ_i Σ_g E[(n / N) ln(n N / (t_i G_g))], n hypergeometric. Swedish: <i>slumpens ömsesidiga information</i>.</remarks>
public static class MultigroupExpectedInformation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "expected-mutual-information", "Expected M under independence, multigroup", "Väntat M vid oberoende för flera grupper", "E[M], both margins fixed",
            Units.Nats, ValueRange.NonNegative, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        if (!Chance.AreWhole(table.Counts)) return Quantity.Undefined(Chance.NotWhole);
        return Quantity.Known(Chance.Information(table.UnitTotals, table.GroupTotals));
    }
}

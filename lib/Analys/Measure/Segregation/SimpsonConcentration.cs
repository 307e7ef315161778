using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The chance that two persons drawn from the whole population are of one group.</summary>
/// <remarks>λ = Σ_g P_g², drawn with replacement, from 1/K to 1. Swedish: <i>Simpsons koncentrationsindex</i>.</remarks>
public static class SimpsonConcentration
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "simpson-concentration", "Simpson concentration", "Simpsons koncentrationsindex", "λ = Σ_g P_g²",
            Units.Index, ValueRange.Unit, "Simpson 1949, Nature 163"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The concentration of a composition.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count / total * (count / total);
        return sum;
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

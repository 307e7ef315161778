using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The chance that two persons drawn from the whole population are of different groups.</summary>
/// <remarks>I = Σ_g P_g (1 − P_g) = 1 − λ, drawn with replacement, from 0 to 1 − 1/K. Swedish: <i>Simpsons interaktionsindex</i>.</remarks>
public static class SimpsonInteraction
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "simpson-interaction", "Simpson interaction", "Simpsons interaktionsindex", "I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Simpson 1949, Nature 163; Lieberson 1969"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
    };

    /// <summary>The interaction of a composition.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum += count / total * (1 - (count / total));
        return sum;
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

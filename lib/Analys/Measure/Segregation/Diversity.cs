using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Shannon's entropy of the population's composition.</summary>
/// <remarks>E = −Σ_g P_g ln P_g, from 0 (one group) to ln K (K groups of one size). Swedish: <i>Shannons mångfaldsindex</i>.</remarks>
public static class Diversity
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "diversity", "Shannon diversity (entropy)", "Shannons mångfaldsindex", "E = −Σ_g P_g ln P_g",
            Units.Nats, ValueRange.NonNegative, "Shannon 1948, Bell System Technical Journal 27"),
        Formula)
    {
        ComparesUnits = false,
        ComparesGroups = false,
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Formula = table => Formula(table).Select(logarithm.FromNats),
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
            };
        },
    };

    /// <summary>The entropy of a composition, in nats.</summary>
    /// <param name="counts">Persons by group.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static double Of(ReadOnlySpan<double> counts, double total)
    {
        var sum = 0.0;
        foreach (var count in counts) sum -= Sums.PLogP(count / total);
        return Math.Max(0, sum);
    }

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        return Quantity.Known(Of(table.GroupTotals, table.Total));
    }
}

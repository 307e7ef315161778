using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>M for all groups: how much the unit says about a person's group, and the group about the unit.</summary>
/// <remarks>M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g)), from 0 to the smaller of the entropies of groups and units. Symmetric in units and groups; decomposable both ways. Swedish: <i>ömsesidig information</i>.</remarks>
public static class MultigroupMutualInformation
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "mutual-information", "Mutual information index M, multigroup", "Ömsesidig information M för flera grupper", "M = Σ_i Σ_g (n_ig / N) ln(n_ig N / (t_i G_g))",
            Units.Nats, ValueRange.NonNegative, "Theil 1971; Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Frankel & Volij 2011; Roberto 2015"),
        Formula)
    {
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

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        // Row by row Σ_g n ln n − t ln t + Σ_g n ln(N / G): no cancellation beyond the row's own size.
        Span<double> rarity = table.Groups <= 64 ? stackalloc double[table.Groups] : new double[table.Groups];
        for (var g = 0; g < rarity.Length; g++) rarity[g] = table.GroupTotals[g] > 0 ? Math.Log(table.Total / table.GroupTotals[g]) : 0;
        var sum = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            var row = table.Unit(i);
            var part = -Sums.NLogN(table.UnitTotals[i]);
            for (var g = 0; g < row.Length; g++) part += Sums.NLogN(row[g]) + (row[g] * rarity[g]);
            sum += part / table.Total;
        }

        return Quantity.Known(Math.Max(0, sum));
    }
}

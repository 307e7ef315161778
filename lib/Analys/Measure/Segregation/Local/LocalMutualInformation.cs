using Analys.Domain;
using Analys.Measure.Segregation.Resampling;

namespace Analys.Measure.Segregation.Local;

/// <summary>How far the unit's composition is from that of the whole.</summary>
/// <remarks>L_i = Σ_g p_ig ln(p_ig / P_g); weighted by the units' shares of the population they add up to M. Swedish: <i>lokal ömsesidig information</i>. A unit where nobody lives has no value.</remarks>
public static class LocalMutualInformation
{
    /// <summary>The measure.</summary>
    public static LocalMeasure Measure { get; } = new(
        new Definition(
            "local-mutual-information", "Local mutual information", "Lokal ömsesidig information", "L_i = Σ_g p_ig ln(p_ig / P_g)",
            Units.Nats, ValueRange.NonNegative, "Mora & Ruiz-Castillo 2011, Sociological Methodology 41; Alonso-Villar & Del Río 2010"),
        Formula)
    {
        NaturalTail = Tail.TwoSided,
        Options = [LogarithmBase.Option],
        Configure = (arguments, _) =>
        {
            var logarithm = LogarithmBase.Of(arguments);
            return Measure! with
            {
                Parameters = logarithm.Parameters,
                UnitOverride = logarithm.Unit,
                Formula = (table, values) =>
                {
                    Formula(table, values);
                    for (var i = 0; i < values.Length; i++) values[i] = values[i].Select(logarithm.FromNats);
                },
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    /// <param name="values">One value per unit, to be filled.</param>
    public static void Formula(CountTable table, Span<Quantity> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var row = table.Unit(i);
            var sum = 0.0;
            for (var g = 0; g < row.Length; g++)
            {
                if (row[g] > 0) sum += row[g] / table.UnitTotals[i] * Math.Log(row[g] / table.UnitTotals[i] * (table.Total / table.GroupTotals[g]));
            }

            values[i] = Quantity.Known(Math.Max(0, sum));
        }
    }
}

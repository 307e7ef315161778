using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>The Gini index of segregation for several groups.</summary>
/// <remarks>G = Σ_g Σ_i Σ_j t_i t_j |p_ig − p_jg| / (2 N² I), from units sorted by p_ig, group by group: n log n, no array of pairs. Swedish: <i>ginikoefficient för flera grupper</i>.</remarks>
public static class MultigroupGini
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = new(
        new Definition(
            "multigroup-gini", "Multigroup Gini index", "Ginikoefficient för flera grupper", "G = Σ_g Σ_i Σ_j t_i t_j |p_ig − p_jg| / (2 N² I), I = Σ_g P_g (1 − P_g)",
            Units.Index, ValueRange.Unit, "Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group; somebody in it.</param>
    public static Quantity Formula(CountTable table)
    {
        var interaction = SimpsonInteraction.Of(table.GroupTotals, table.Total);
        var share = new double[table.Units];
        var weight = new double[table.Units];
        var sum = 0.0;
        for (var g = 0; g < table.Groups; g++)
        {
            for (var i = 0; i < share.Length; i++)
            {
                var t = table.UnitTotals[i];
                weight[i] = t / table.Total;
                share[i] = t > 0 ? table.Counts[(i * table.Groups) + g] / t : 0;
            }

            Array.Sort(share, weight);
            // Each pair once: unit i against all units of a lower share.
            double below = 0, product = 0;
            for (var i = 0; i < share.Length; i++)
            {
                sum += 2 * weight[i] * ((share[i] * below) - product);
                below += weight[i];
                product += weight[i] * share[i];
            }
        }

        return Quantity.Known(Math.Max(0, sum / (2 * interaction)));
    }
}

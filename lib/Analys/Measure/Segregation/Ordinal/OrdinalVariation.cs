using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Segregation.Ordinal;

/// <summary>Variation of members over ordered groups (Reardon 2009), and how much of it lies between units.</summary>
internal static class OrdinalVariation
{
    /// <summary>Λ = Σ t_i (v − v_i) / (N v).</summary>
    public static Quantity Segregation(CountTable table, Func<double, double> variation)
    {
        var whole = Of(table.GroupTotals, table.Total, variation);
        if (whole == 0) return Quantity.Undefined(UndefinedReason.OneGroup);
        var within = 0.0;
        for (var i = 0; i < table.Units; i++)
        {
            if (table.UnitTotals[i] > 0) within += table.UnitTotals[i] / table.Total * Of(table.Unit(i), table.UnitTotals[i], variation);
        }

        return Quantity.Known(Math.Max(0, 1 - (within / whole)));
    }

    /// <summary>The order in which the groups were taken, for the record.</summary>
    public static ImmutableSortedDictionary<string, string> Order(GroupCounts counts) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("order", string.Join(" < ", counts.Groups));

    // v = Σ_k f(c_k) / (K − 1) over the limits between groups.
    private static double Of(ReadOnlySpan<double> counts, double total, Func<double, double> variation)
    {
        double below = 0, sum = 0;
        for (var k = 0; k < counts.Length - 1; k++)
        {
            below += counts[k];
            sum += variation(Math.Min(1, below / total));
        }

        return sum / (counts.Length - 1);
    }
}

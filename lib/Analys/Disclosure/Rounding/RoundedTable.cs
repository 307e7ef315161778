namespace Analys.Disclosure;

/// <summary>A table after rounding, and a statement of whether its totals are still the sums of their parts.</summary>
/// <param name="Values">The rounded value of every cell, in the table's order.</param>
/// <param name="IsAdditive">Every total is the sum of its rounded parts.</param>
/// <param name="NotAdditive">The totals that are not.</param>
public sealed record RoundedTable(IReadOnlyList<double> Values, bool IsAdditive, IReadOnlyList<string> NotAdditive)
{
    internal static RoundedTable Of(ProtectionTable table, double[] values)
    {
        var broken = new List<string>();
        foreach (var equation in table.Equations)
        {
            var difference = values[equation.Total];
            foreach (var part in equation.Parts) difference -= values[part];
            if (Math.Abs(difference) > 1e-6) broken.Add(table.Cells[equation.Total].Id);
        }
        return new RoundedTable(values, broken.Count == 0, [.. broken.Distinct()]);
    }
}

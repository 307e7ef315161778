namespace Analys.Disclosure;

/// <summary>Marks the cells that are unsafe by themselves.</summary>
public static class PrimarySuppression
{
    /// <summary>Applies every rule to every cell, and the frequency rule to the complement behind every rate.</summary>
    /// <remarks>
    /// Where several rules find a cell unsafe, the first names it, the highest protection levels hold, and the legend tells only what all of
    /// them allow. A rate of 98 per cent of 50 speaks of one child who is not poor: the complement N − x is checked as x is.
    /// </remarks>
    /// <param name="table">The table.</param>
    /// <param name="rules">The rules.</param>
    public static ProtectionTable Apply(ProtectionTable table, IReadOnlyList<PrimaryRule> rules)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rules);
        var complements = UnsafeComplements(table, rules.OfType<FrequencyThreshold>().FirstOrDefault());
        return table.Select(cell =>
        {
            CellProtection? found = null;
            foreach (var rule in rules)
            {
                if (rule.Judge(cell) is { } protection) found = found is null ? protection : Combine(found, protection);
            }
            if (complements.TryGetValue(cell.Id, out var complement)) found = found is null ? complement : Combine(found, complement);
            return found is null ? cell : cell with { Status = CellStatus.Primary, Protection = found };
        });
    }

    private static Dictionary<string, CellProtection> UnsafeComplements(ProtectionTable table, FrequencyThreshold? rule)
    {
        var found = new Dictionary<string, CellProtection>(StringComparer.Ordinal);
        if (rule is null) return found;
        foreach (var rate in table.Rates)
        {
            var numerator = table.Cells[rate.Numerator];
            var complement = table.Cells[rate.Base].Value - numerator.Value;
            if (rule.IsUnsafe(complement)) found[numerator.Id] = CellProtection.Silent($"{rule.Name} (complement)");
        }
        return found;
    }

    private static CellProtection Combine(CellProtection a, CellProtection b) => a with
    {
        LowerLevel = Math.Max(a.LowerLevel, b.LowerLevel),
        UpperLevel = Math.Max(a.UpperLevel, b.UpperLevel),
        LegendLower = Math.Min(a.LegendLower, b.LegendLower),
        LegendUpper = Math.Max(a.LegendUpper, b.LegendUpper),
    };
}

using System.Globalization;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Suppression;

/// <summary>Marks the cells that are unsafe by themselves.</summary>
internal static class PrimarySuppression
{
    /// <summary>Applies every rule to every cell, and the frequency rule to the complement behind every rate.</summary>
    /// <remarks>
    /// Where several rules find a cell unsafe, the first names it, the highest protection levels hold, and the legend tells only what all
    /// of them allow. A rate of 98 per cent of 50 speaks of one child who is not poor: the complement N − x is checked as x is.
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

/// <summary>A rule that finds a single cell unsafe.</summary>
/// <remarks>Swedish: <i>primärregel</i>. Source of the rules and protection levels: A. Hundepool et al., <i>Handbook on Statistical
/// Disclosure Control</i>.</remarks>
internal abstract record PrimaryRule
{
    /// <summary>The rule's name, such as <c>frequency&lt;5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Why and how far the cell must be protected, or null when the rule finds it safe.</summary>
    public abstract CellProtection? Judge(TableCell cell);
}

/// <summary>A count x with 0 &lt; x &lt; T is unsafe; whether a zero is safe is a named choice.</summary>
/// <remarks>Protection levels are 0: any second possible value will do. Swedish: <i>tröskelvärde</i>.</remarks>
/// <param name="Threshold">T, the least count that may be published.</param>
/// <param name="ZerosAreSafe">True when a zero may be published: it tells of no one, but of everyone that they are not counted.</param>
internal sealed record FrequencyThreshold(int Threshold = 5, bool ZerosAreSafe = true) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => $"frequency<{Threshold.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Is this count unsafe?</summary>
    public bool IsUnsafe(double count) => count < Threshold && (count > 0 || !ZerosAreSafe);

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell) =>
        IsUnsafe(cell.Value) ? new CellProtection(Name, 0, 0, ZerosAreSafe ? 1 : 0, Threshold - 1) : null;
}

/// <summary>Too few contributors, counted as households and not as persons: six siblings are one household.</summary>
/// <remarks>Swedish: <i>för få hushåll</i>.</remarks>
/// <param name="Least">The least number of contributors to a published cell.</param>
internal sealed record MinimumContributors(int Least = 3) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => $"contributors<{Least.ToString(CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell)
    {
        var contributors = cell.Contributors ?? cell.Contributions?.Count ?? cell.Value;
        return contributors > 0 && contributors < Least ? CellProtection.Silent(Name) : null;
    }
}

/// <summary>p %: the second largest contributor can work out the largest to within p per cent, X − x₁ − x₂ &lt; p/100·x₁.</summary>
/// <remarks>Protection levels p/100·x₁ − (X − x₁ − x₂) on both sides. Swedish: <i>p-procentregel</i>.</remarks>
/// <param name="Percent">p.</param>
internal sealed record PPercentRule(double Percent) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"p%({Percent})");

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell)
    {
        if (cell.Contributions is not { Total: > 0 } contributions) return null;
        var level = Percent / 100 * contributions.Largest(1) - (contributions.Total - contributions.Largest(2));
        return level > 0 ? CellProtection.Silent(Name, level, level) : null;
    }
}

/// <summary>pq: contributors know each other to within q per cent beforehand and may not learn more than p, X − x₁ − x₂ &lt;
/// p/q·x₁.</summary>
/// <remarks>Protection levels p/q·x₁ − (X − x₁ − x₂) on both sides. Swedish: <i>pq-regel</i>.</remarks>
/// <param name="Posterior">p, below q.</param>
/// <param name="Prior">q, at most 100.</param>
internal sealed record PriorPosteriorRule(double Posterior, double Prior) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"pq({Posterior},{Prior})");

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell)
    {
        if (cell.Contributions is not { Total: > 0 } contributions) return null;
        var level = Posterior / Prior * contributions.Largest(1) - (contributions.Total - contributions.Largest(2));
        return level > 0 ? CellProtection.Silent(Name, level, level) : null;
    }
}

/// <summary>(n, k): the n largest contributors hold more than k per cent of the cell, x₁ + … + xₙ &gt; k/100·X.</summary>
/// <remarks>Protection levels 100/k·(x₁ + … + xₙ) − X on both sides. Swedish: <i>dominansregel</i>.</remarks>
/// <param name="Count">n.</param>
/// <param name="Percent">k.</param>
internal sealed record DominanceRule(int Count, double Percent) : PrimaryRule
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"dominance({Count},{Percent})");

    /// <inheritdoc/>
    public override CellProtection? Judge(TableCell cell)
    {
        if (cell.Contributions is not { Total: > 0 } contributions) return null;
        var level = 100 / Percent * contributions.Largest(Count) - contributions.Total;
        return level > 0 ? CellProtection.Silent(Name, level, level) : null;
    }
}

using System.Globalization;

namespace Analys.Disclosure;

/// <summary>(n, k): the n largest contributors hold more than k per cent of the cell, x₁ + … + xₙ &gt; k/100·X.</summary>
/// <remarks>Protection levels 100/k·(x₁ + … + xₙ) − X on both sides. Swedish: <i>dominansregel</i>.</remarks>
/// <param name="Count">n.</param>
/// <param name="Percent">k.</param>
public sealed record DominanceRule(int Count, double Percent) : PrimaryRule
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

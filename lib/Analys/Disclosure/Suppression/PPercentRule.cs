using System.Globalization;

namespace Analys.Disclosure;

/// <summary>p %: the second largest contributor can work out the largest to within p per cent, X − x₁ − x₂ &lt; p/100·x₁.</summary>
/// <remarks>Protection levels p/100·x₁ − (X − x₁ − x₂) on both sides. Swedish: <i>p-procentregel</i>.</remarks>
/// <param name="Percent">p.</param>
public sealed record PPercentRule(double Percent) : PrimaryRule
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

using System.Globalization;

namespace Analys.Disclosure;

/// <summary>pq: contributors know each other to within q per cent beforehand and may not learn more than p, X − x₁ − x₂ &lt; p/q·x₁.</summary>
/// <remarks>Protection levels p/q·x₁ − (X − x₁ − x₂) on both sides. Swedish: <i>pq-regel</i>.</remarks>
/// <param name="Posterior">p, below q.</param>
/// <param name="Prior">q, at most 100.</param>
public sealed record PriorPosteriorRule(double Posterior, double Prior) : PrimaryRule
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

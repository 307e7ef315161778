using System.Globalization;

namespace Analys.Disclosure;

/// <summary>Too few contributors, counted as households and not as persons: six siblings are one household.</summary>
/// <remarks>Swedish: <i>för få hushåll</i>.</remarks>
/// <param name="Least">The least number of contributors to a published cell.</param>
public sealed record MinimumContributors(int Least = 3) : PrimaryRule
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

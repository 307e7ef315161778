namespace Analys.Disclosure;

/// <summary>Why a cell is primary, and how far from its value the attacker must be kept.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="LowerLevel">The lower protection level (LPL): the attacker's lower bound must not exceed max(0, v − LPL).</param>
/// <param name="UpperLevel">The upper protection level (UPL): the attacker's upper bound must reach v + UPL.</param>
/// <param name="LegendLower">The least value that a reader of the legend can give a cell withheld by this rule.</param>
/// <param name="LegendUpper">The greatest such value.</param>
public sealed record CellProtection(string Rule, double LowerLevel, double UpperLevel, double LegendLower, double LegendUpper)
{
    /// <summary>A rule that tells the reader nothing but that the cell is not negative.</summary>
    public static CellProtection Silent(string rule, double lowerLevel = 0, double upperLevel = 0) =>
        new(rule, lowerLevel, upperLevel, 0, double.PositiveInfinity);
}

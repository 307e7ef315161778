namespace Analys.Disclosure;

/// <summary>What a protected table must withstand. A policy file becomes one of these.</summary>
public sealed record ProtectionRequirements
{
    /// <summary>The rules that find primary cells.</summary>
    public IReadOnlyList<PrimaryRule> Rules { get; init; } = [new FrequencyThreshold()];

    /// <summary>The legend tells primary from secondary marks, so that a reader knows 1 ≤ x ≤ T − 1 for the one and x ≥ T for the other.</summary>
    public bool LegendTellsApart { get; init; } = true;

    /// <summary>Guard against a contributor who is alone in a cell and therefore knows it.</summary>
    public bool GuardAgainstInsiders { get; init; } = true;

    /// <summary>The least distance between the attacker's bounds of a primary cell.</summary>
    public double MinimumWidth { get; init; } = 1;

    /// <summary>What a withheld cell costs.</summary>
    public SuppressionCost Cost { get; init; } = SuppressionCost.People;

    /// <summary>Effort of the exact method: the greatest number of cuts before the heuristic's pattern is kept. 0 turns it off.</summary>
    public int ExactCuts { get; init; } = 300;

    /// <summary>The exact method is tried on tables with at most this many cells that could be withheld.</summary>
    public int ExactCells { get; init; } = 400;

    /// <summary>The frequency rule, if there is one.</summary>
    public FrequencyThreshold? Frequency => Rules.OfType<FrequencyThreshold>().FirstOrDefault();

    /// <summary>The cost of withholding a cell.</summary>
    public double CostOf(TableCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Cost ?? Cost switch
        {
            SuppressionCost.Cells => 1,
            SuppressionCost.Logarithm => Math.Log(1 + cell.Value),
            _ => cell.Value,
        };
    }

    /// <summary>The values that a reader of the legend can give to a withheld cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="status">Its status, or the one it would get.</param>
    public (double Lower, double Upper) LegendOf(TableCell cell, CellStatus status)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.Hidden || Frequency is not { } rule) return (0, double.PositiveInfinity);
        if (status == CellStatus.Primary)
        {
            return cell.Protection is { } protection
                ? (protection.LegendLower, protection.LegendUpper)
                : (rule.ZerosAreSafe ? 1 : 0, rule.Threshold - 1);
        }
        return (rule.Threshold, double.PositiveInfinity);
    }
}

namespace Analys.Disclosure;

/// <summary>What a withheld cell costs, where the cell itself does not say.</summary>
public enum SuppressionCost
{
    /// <summary>The people (or kronor) in the cell: small cells go first.</summary>
    People,

    /// <summary>One per cell: as few marks in the table as can be.</summary>
    Cells,

    /// <summary>log(1 + value): between the two.</summary>
    Logarithm,
}

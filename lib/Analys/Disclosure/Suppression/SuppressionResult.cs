namespace Analys.Disclosure;

/// <summary>A protected table with its proof and its price, or a refusal that names the cells.</summary>
public sealed record SuppressionResult
{
    /// <summary>The table with its final statuses.</summary>
    public required ProtectionTable Table { get; init; }

    /// <summary>The attack on that table.</summary>
    public required TableAudit Audit { get; init; }

    /// <summary>The cells that cannot be protected; empty unless the release is refused.</summary>
    public required IReadOnlyList<string> Unprotected { get; init; }

    /// <summary>The cost of the secondary suppressions.</summary>
    public required double Cost { get; init; }

    /// <summary>No pattern that protects the table costs less than this.</summary>
    public required double LowerBound { get; init; }

    /// <summary>The pattern is proven to be a cheapest one.</summary>
    public required bool IsOptimal { get; init; }

    /// <summary>The table may not be released in this form.</summary>
    public bool IsRefused => Unprotected.Count > 0 || !Audit.Passed;

    /// <summary>Number of secondary suppressions.</summary>
    public int SecondaryCells => Table.Cells.Count(cell => cell is { Status: CellStatus.Secondary, Hidden: false });

    /// <summary>Number of primary suppressions.</summary>
    public int PrimaryCells => Table.Cells.Count(cell => cell is { Status: CellStatus.Primary, Hidden: false });

    /// <summary>Σ of the values withheld by secondary suppression: the people lost to the reader beyond the primary cells.</summary>
    public double PeopleLost => Table.Cells.Where(cell => cell is { Status: CellStatus.Secondary, Hidden: false }).Sum(cell => cell.Value);
}

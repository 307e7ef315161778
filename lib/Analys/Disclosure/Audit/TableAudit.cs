namespace Analys.Disclosure;

/// <summary>The proof that goes with a release: the bounds of the withheld cells and everything that an attacker can learn and should not.</summary>
public sealed class TableAudit
{
    private readonly Dictionary<string, CellBounds> byCell;

    internal TableAudit(IReadOnlyList<CellBounds> bounds, IReadOnlyList<AuditFailure> failures)
    {
        Bounds = bounds;
        Failures = failures;
        byCell = bounds.ToDictionary(bound => bound.Cell, StringComparer.Ordinal);
    }

    /// <summary>The bounds of the withheld cells, in the table's order.</summary>
    public IReadOnlyList<CellBounds> Bounds { get; }

    /// <summary>What is wrong; empty when the table withstands every attack.</summary>
    public IReadOnlyList<AuditFailure> Failures { get; }

    /// <summary>The table withstands every attack that was asked for.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>The bounds of one cell, or null when it is published or was not asked for.</summary>
    public CellBounds? Find(string cell) => byCell.GetValueOrDefault(cell);
}

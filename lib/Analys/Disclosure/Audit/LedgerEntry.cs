namespace Analys.Disclosure;

/// <summary>What a ledger remembers of one release: marks and relations of cells under hashed names, never a value.</summary>
public sealed record LedgerEntry
{
    /// <summary>SHA-256 of the extract that the table was made from.</summary>
    public required string Extract { get; init; }

    /// <summary>Whatever the caller names the release by (a file name, a figure).</summary>
    public required string Release { get; init; }

    /// <summary>Hashed cell → mark: P published, U primary, S secondary, H printed nowhere.</summary>
    public required IReadOnlyDictionary<string, char> Cells { get; init; }

    /// <summary>total = Σ parts, under hashed names.</summary>
    public required IReadOnlyList<LedgerEquation> Equations { get; init; }
}

/// <summary>A published relation between hashed cells.</summary>
/// <param name="Total">The total.</param>
/// <param name="Parts">The parts.</param>
public sealed record LedgerEquation(string Total, IReadOnlyList<string> Parts);

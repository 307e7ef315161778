using System.Text.Json.Serialization;

namespace Analys.Disclosure;

/// <summary>What a ledger remembers of one release: marks and relations of cells under hashed names, never a value.</summary>
public sealed record LedgerEntry
{
    /// <summary>The hash of the source: of a file its SHA-256, of a database engine, server, database and table.</summary>
    public required string Extract { get; init; }

    /// <summary>Whatever the caller names the release by (a file name, a figure).</summary>
    public required string Release { get; init; }

    /// <summary>The hash of a table into which the source was loaded: what is released from it is remembered under the source. Null for a release.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LoadedInto { get; init; }

    /// <summary>Hashed cell → mark: P published, U primary, S secondary; printed nowhere but looked at, H, or h where it is small.</summary>
    public required IReadOnlyDictionary<string, char> Cells { get; init; }

    /// <summary>total = Σ parts, under hashed names.</summary>
    public required IReadOnlyList<LedgerEquation> Equations { get; init; }
}

/// <summary>A published relation between hashed cells.</summary>
/// <param name="Total">The total.</param>
/// <param name="Parts">The parts.</param>
public sealed record LedgerEquation(string Total, IReadOnlyList<string> Parts);

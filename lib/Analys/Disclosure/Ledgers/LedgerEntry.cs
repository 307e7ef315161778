using System.Text.Json.Serialization;

namespace Analys;

/// <summary>What a ledger remembers of one release: marks and relations of cells under hashed names, never a value.</summary>
internal sealed record LedgerEntry
{
    /// <summary>The hash of the source: of a file its SHA-256, of a database engine, server, database and table.</summary>
    public required string Extract { get; init; }

    /// <summary>Whatever the caller names the release by (a file name, a figure).</summary>
    public required string Release { get; init; }

    /// <summary>The hash of a table into which the source was loaded: what is released from it is remembered under the source. Null for a
    /// release.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LoadedInto { get; init; }

    /// <summary>Why the source is another than one with the same persons, in the words of whoever said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Because { get; init; }

    /// <summary>Sketches of the source's persons under hashed names of columns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Persons { get; init; }

    /// <summary>The key of the ledger's sketches; in the first entry that has sketches.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The hash of all lines up to this one; null in ledgers of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    /// <summary>The hashed columns by which the release was divided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The threshold of a release whose marks told small cells from others; null where there was one mark for both.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Tells { get; init; }

    /// <summary>The hash of the conditions that the rows were chosen by; null for all rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Chosen { get; init; }

    /// <summary>Hashed cell → mark: P published, U primary, S secondary; printed nowhere but looked at, H, or h where it is
    /// small.</summary>
    public required IReadOnlyDictionary<string, char> Cells { get; init; }

    /// <summary>total = Σ parts, under hashed names.</summary>
    public required IReadOnlyList<LedgerEquation> Equations { get; init; }
}

/// <summary>A published relation between hashed cells.</summary>
/// <param name="Total">The total.</param>
/// <param name="Parts">The parts.</param>
internal sealed record LedgerEquation(string Total, IReadOnlyList<string> Parts);

/// <summary>May a table be released beside the earlier ones?</summary>
/// <param name="Disclosed">Withheld cells of this table that could be worked out from all releases together.</param>
/// <param name="DisclosedEarlier">How many withheld cells of earlier releases this table would give away (the ledger does not know their
/// names).</param>
internal sealed record LedgerVerdict(IReadOnlyList<string> Disclosed, int DisclosedEarlier)
{
    /// <summary>Cells of this table of which a difference to earlier ones could be worked out that no release has looked at: other ages,
    /// another line.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Nothing is given away.</summary>
    public bool Passed => Disclosed.Count == 0 && DisclosedEarlier == 0 && Unseen.Count == 0;
}

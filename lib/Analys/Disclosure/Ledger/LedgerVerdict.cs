namespace Analys.Disclosure;

/// <summary>May a table be released beside the earlier ones?</summary>
/// <param name="Disclosed">Withheld cells of this table that could be worked out from all releases together.</param>
/// <param name="DisclosedEarlier">How many withheld cells of earlier releases this table would give away (the ledger does not know their names).</param>
public sealed record LedgerVerdict(IReadOnlyList<string> Disclosed, int DisclosedEarlier)
{
    /// <summary>Cells of this table of which a difference to earlier ones could be worked out that no release has looked at: other ages, another line.</summary>
    public IReadOnlyList<string> Unseen { get; init; } = [];

    /// <summary>Nothing is given away.</summary>
    public bool Passed => Disclosed.Count == 0 && DisclosedEarlier == 0 && Unseen.Count == 0;
}

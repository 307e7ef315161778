namespace Analys.Disclosure;

/// <summary>Which counts of different measures are of the same persons, or of some of them: what two releases can be compared by.</summary>
/// <remarks>Taking two counts for one is the safe mistake: the ledger then refuses more. Within one release the counts themselves decide.</remarks>
internal static class CountConcept
{
    private const string LongTerm = "long-term-";
    private static readonly string[] OfLine = ["line", "poor", "quantiles", "negative", "anchor", "housing-line"];

    private static readonly HashSet<string> Poor = new(StringComparer.Ordinal)
    {
        "at-risk-of-poverty-rate", "low-economic-standard", "relative-median-poverty-gap", "poverty-headcount", "poverty-gap", "poverty-severity", "fgt", "watts", "sen", "sen-shorrocks-thon",
    };

    // Their persons are those of a panel, not everyone.
    private static readonly string[] OfPanel = ["persistent-", "poverty-entry", "poverty-exit", "poverty-spell", "panel-"];

    /// <summary>What the numerator counts, without the line.</summary>
    public static string Counted(ReleaseRow row)
    {
        var id = row.Result.Measure.Id;
        var what = Poor.Contains(id) ? "poor" : id.StartsWith(LongTerm, StringComparison.Ordinal) ? id[LongTerm.Length..] : id;
        // Of a group all measures count the same persons, against whomever they are held.
        return row.Result.Group is { } group ? $"group {group}" : what;
    }

    /// <summary>By which line and rules; empty where the measure has no choice.</summary>
    public static string Variant(ReleaseRow row)
    {
        if (row.Result.Group is not null) return "";
        var line = OfLine.Where(row.Result.Parameters.ContainsKey).Select(name => $"{name}={row.Result.Parameters[name]}").ToList();
        if (row.Result.Measure.Id.StartsWith(LongTerm, StringComparison.Ordinal)) line.Add("long-term");
        else if (line.Count == 0) line.Add("any");
        return string.Join(';', line);
    }

    /// <summary>Who the denominator counts.</summary>
    public static string Persons(ReleaseRow row) =>
        row.Result is { Group: { } group, Reference: { } reference } ? $"persons in {group} or {reference}"
        : OfPanel.Any(start => row.Result.Measure.Id.StartsWith(start, StringComparison.Ordinal)) ? $"persons of {row.Result.Measure.Id}"
        : "persons";
}

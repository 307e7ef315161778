using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>Where a count stands: whom it counts, where.</summary>
/// <param name="Population">The population; empty for everyone.</param>
/// <param name="Area">The area's key; <c>T</c> for the whole.</param>
internal readonly record struct Place(string Population, string Area)
{
    /// <summary>Where a result stands: age groups are ages, and a district is an area whatever its column is called.</summary>
    /// <param name="result">The result.</param>
    /// <param name="crossed">Columns that other results have beside an area: these say themselves how the two hang together.</param>
    public static Place Of(Result result, IReadOnlySet<string> crossed)
    {
        var area = AreaSums.Key(result.Area);
        if (result.Population is not { Length: > 0 } text) return new("", area);
        AgeSpan? ages = null;
        var others = new List<string>();
        foreach (var (column, value) in Narrowing.Parts(text))
        {
            if (Narrowing.IsOfAges(column) && Narrowing.Span(value) is { } span && Narrowing.Within(ages ?? span, span) is { } both)
                ages = both;
            else if (area == TableCell.Total && column.Length > 0 && !crossed.Contains(column) && AreaSums.IsKnown(value))
                area = AreaSums.Key(value);
            else others.Add(column.Length == 0 ? value : $"{column}={value}");
        }

        return new(string.Join(", ", ages is { } found ? others.Prepend(found.ToString()) : others), area);
    }

    /// <summary>The columns that results have beside an area.</summary>
    public static IReadOnlySet<string> Crossed(IEnumerable<Result> results) =>
        results.Where(result => result is { Area: not null, Population: not null })
        .SelectMany(result => Narrowing.Parts(result.Population!)).Select(part => part.Column).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Counts that several measures share: all persons, or those who are poor by one line.</summary>
/// <remarks>
/// Two measures whose counts agree in every place where both have one are taken to count the same: so a rate and a headcount meet in one
/// cell, and what one of them prints is known of the other.
/// </remarks>
internal sealed class CountFamily
{
    private readonly Dictionary<Place, double> counts = [];

    /// <summary>The name of its cells.</summary>
    public required string Name { get; init; }

    /// <summary>What a ledger calls it.</summary>
    public required string What { get; init; }

    /// <summary>The line and the rules by which its persons are counted.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The group of interest, where there is one; null else.</summary>
    public string? Group { get; init; }

    /// <summary>Measure and options but for the group: families that differ in the group only can be parts of one whole.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Measure and group without the options: families that differ in the options only may contain each other.</summary>
    public string Nest { get; init; } = "";

    /// <summary>The counts by place.</summary>
    public IReadOnlyDictionary<Place, double> Counts => counts;

    /// <summary>Takes more counts in where they agree with those that it has.</summary>
    /// <param name="more">Counts by place.</param>
    /// <returns>False when they are other people.</returns>
    public bool TryTake(IReadOnlyDictionary<Place, double> more)
    {
        var common = counts.Count == 0;
        foreach (var (place, count) in more)
        {
            if (!counts.TryGetValue(place, out var own)) continue;
            if (own != count) return false;
            common = true;
        }

        if (!common) return false;
        foreach (var (place, count) in more) counts[place] = count;
        return true;
    }
}

/// <summary>Which counts of different measures are of the same persons, or of some of them: what two releases can be compared by.</summary>
/// <remarks>Taking two counts for one is the safe mistake: the ledger then refuses more. Within one release the counts themselves
/// decide.</remarks>
internal static class CountConcept
{
    private const string LongTerm = "long-term-";
    private static readonly string[] OfLine = ["line", "poor", "quantiles", "negative", "anchor", "housing-line"];

    private static readonly HashSet<string> Poor = new(StringComparer.Ordinal)
    {
        "at-risk-of-poverty-rate", "low-economic-standard", "relative-median-poverty-gap", "poverty-headcount", "poverty-gap",
        "poverty-severity", "fgt", "watts", "sen", "sen-shorrocks-thon",
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

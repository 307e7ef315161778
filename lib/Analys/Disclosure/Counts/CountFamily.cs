using Analys.Disclosure.Ledgers;
using Analys.Disclosure.Tables;

namespace Analys.Disclosure.Counts;

/// <summary>Where a count stands: whom it counts, where.</summary>
/// <param name="Population">The population; empty for everyone.</param>
/// <param name="Area">The area's key; <c>T</c> for the whole.</param>
internal readonly record struct Place(Population Population, string Area)
{
    /// <summary>Where a result stands: age groups are ages, and a district is an area whatever its column is called.</summary>
    /// <param name="result">The result.</param>
    /// <param name="crossed">Columns that other results have beside an area: these say themselves how the two hang together.</param>
    public static Place Of(Result result, IReadOnlySet<string> crossed)
    {
        var area = AreaSums.Key(result.Area);
        var population = (result.Population ?? Population.Everyone).WithAgesFromProperties();
        foreach (var (dimension, value) in population.Properties)
        {
            if (area != TableCell.Total || value.Length == 0 || crossed.Contains(dimension) || !AreaSums.IsKnown(value)) continue;
            area = AreaSums.Key(value);
            population = population.Without(dimension);
        }

        return new(population, area);
    }

    /// <summary>The dimensions that results have beside an area.</summary>
    public static IReadOnlySet<string> Crossed(IEnumerable<Result> results) =>
        results.Where(result => result is { Area: not null, Population: not null })
        .SelectMany(result => result.Population!.Properties.Keys).ToHashSet(StringComparer.Ordinal);
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

    /// <summary>The column of its areas, as a ledger knows it.</summary>
    public string AreaColumn { get; init; } = Narrowing.Area;

    /// <summary>The line and the rules by which its persons are counted.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The group of interest, where there is one; null else.</summary>
    public string? Group { get; init; }

    /// <summary>Measure and options but for the group: families that differ in the group only can be parts of one whole.</summary>
    public string Kind { get; init; } = "";

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
/// decide. Measures say whom they count (<see cref="Basis.Counted"/>); of a group all measures count the same persons, against whomever
/// they
/// are held.</remarks>
internal static class CountConcept
{
    /// <summary>What the numerator counts, without the rule.</summary>
    public static string Counted(ReleaseRow row) =>
        row.Result.Group is { } group ? $"group {group}" : row.Basis.Counted?.Property ?? row.Result.Measure.Id;

    /// <summary>By which line and rules; empty where the measure has no choice.</summary>
    public static string Variant(ReleaseRow row) =>
        row.Result.Group is not null ? "" : row.Basis.Counted is { } counted ? counted.Rule : row.Options.Length > 0 ? row.Options : "any";

    /// <summary>Who the denominator counts.</summary>
    public static string Persons(ReleaseRow row)
    {
        // Counts that a column holds are the same in a table of that column.
        var all = row.Basis.Columns?.Count ?? "persons";
        return row.Result is { Group: { } group, Reference: { } reference } && !row.IsDerived
            ? $"{all} in {string.Join(" or ", new[] { group, reference }.Order(StringComparer.Ordinal))}"
            : row.Basis.Counted is { Among.Length: > 0 } counted ? $"{all} of {counted.Among}" : all;
    }
}

namespace Analys.Disclosure;

/// <summary>Where a count stands: whom it counts, where.</summary>
/// <param name="Population">The population; empty for everyone.</param>
/// <param name="Area">The area's key; <c>T</c> for the whole.</param>
internal readonly record struct Place(string Population, string Area);

/// <summary>Counts that several measures share: all persons, or those who are poor by one line.</summary>
/// <remarks>
/// Two measures whose counts agree in every place where both have one are taken to count the same: so a rate and a headcount meet in one cell,
/// and what one of them prints is known of the other.
/// </remarks>
internal sealed class CountFamily
{
    private readonly Dictionary<Place, double> counts = [];

    /// <summary>The name of its cells.</summary>
    public required string Name { get; init; }

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

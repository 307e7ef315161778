namespace Analys.Domain;

/// <summary>A district of Stockholm in one of its divisions.</summary>
/// <remarks>Swedish: <i>stadsdelsområde</i>. Names return in several divisions with other borders: an area is its division and its name.</remarks>
/// <param name="Division">The id of the division, such as <c>sdo14</c>.</param>
/// <param name="Name">The official name.</param>
/// <param name="Code">The administrative code, where one is known.</param>
/// <param name="Region">Västerort, Inre staden or Söderort.</param>
public sealed record Area(string Division, string Name, string? Code, string Region);

/// <summary>A division of the city into districts, and when it was in force.</summary>
/// <param name="Id">Such as <c>sdo14</c>.</param>
/// <param name="Count">How many districts it has.</param>
/// <param name="ValidFrom">The first day in force.</param>
/// <param name="ValidTo">The last day in force; null while it is in force.</param>
/// <param name="Areas">The districts; empty where their names were not found.</param>
/// <param name="Note">What is uncertain about it.</param>
public sealed record AreaDivision(
    string Id, int Count, DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlyList<Area> Areas, string? Note)
{
    /// <summary>Whether the division was in force on a day.</summary>
    /// <param name="date">The day.</param>
    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is not { } last || date <= last);

    /// <summary>The district of this name, however its dash, case or Unicode form is written; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public Area? Find(string name)
    {
        var key = AreaName.Key(name);
        return Areas.FirstOrDefault(area => AreaName.Key(area.Name) == key);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Analys.Domain;

namespace Analys;

/// <summary>A district of Stockholm in one of its divisions.</summary>
/// <remarks>Swedish: <i>stadsdelsområde</i>. Names return in several divisions with other borders: an area is its division and its
/// name.</remarks>
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

/// <summary>Area names as sources write them: NFD letters, spaces round dashes, upper case, footnote digits, genitives.</summary>
/// <remarks>Names are compared only where a source has no codes; join by code wherever there is one.</remarks>
internal static class AreaName
{
    private static readonly CultureInfo Swedish = CultureInfo.GetCultureInfo("sv-SE");

    /// <summary>The name with composed letters, plain hyphens, single spaces and no footnote digits at its end.</summary>
    /// <param name="name">The name as the source writes it.</param>
    public static string Clean(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (var c in WellFormed(name).Normalize(NormalizationForm.FormC))
        {
            if (c is '–' or '—' or '‐' or '‑' or '-')
            {
                while (text.Length > 0 && text[^1] == ' ') text.Length--;
                text.Append('-');
            }
            else if (char.IsWhiteSpace(c))
            {
                if (text.Length > 0 && text[^1] is not (' ' or '-')) text.Append(' ');
            }
            else
            {
                text.Append(c);
            }
        }

        var clean = text.ToString().TrimEnd();
        var end = clean.TrimEnd("0123456789¹²³⁴⁵⁶⁷⁸⁹*)".ToCharArray());
        return end.Length > 0 && char.IsLetter(end[^1]) ? end : clean;
    }

    // Half a surrogate pair, as a broken export has it, cannot be normalised: it becomes U+FFFD.
    private static string WellFormed(string name) =>
        name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? name : string.Concat(name.EnumerateRunes());

    /// <summary>The form in which two spellings of one name are equal.</summary>
    /// <param name="name">The name as the source writes it.</param>
    public static string Key(string name)
    {
        var key = Clean(name).ToLower(Swedish);
        foreach (var ending in (ReadOnlySpan<string>)["s stadsdelsområde", " stadsdelsområde", "s stadsdelsnämnd", " stadsdelsnämnd",
            "s sdn", " sdn", "s sdo", " sdo"])
        {
            if (key.EndsWith(ending, StringComparison.Ordinal)) return key[..^ending.Length];
        }

        return key;
    }
}

/// <summary>The city's divisions into districts over time and the crosswalks between them.</summary>
/// <remarks>Read from <c>data-schemas/geography/stadsdelsomraden.json</c>, where the sources stand.</remarks>
public sealed class Geography
{
    private readonly Dictionary<(string From, string To), IReadOnlyDictionary<string, string>> merges = [];

    private Geography(JsonElement root)
    {
        City = root.GetProperty("city").GetString()!;
        Regions = [.. root.GetProperty("regions").EnumerateArray().Select(name => name.GetString()!)];
        Divisions = [.. root.GetProperty("divisions").EnumerateArray().Select(ReadDivision)];
        foreach (var step in root.GetProperty("crosswalks").EnumerateArray())
        {
            merges[(step.GetProperty("from").GetString()!, step.GetProperty("to").GetString()!)] =
                step.GetProperty("merge").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
        }
    }

    /// <summary>Stockholm.</summary>
    public static Geography Stockholm { get; } = Load();

    /// <summary>The name of the whole city in the city's tables.</summary>
    public string City { get; }

    /// <summary>Västerort, Inre staden, Söderort.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>The divisions, oldest first.</summary>
    public IReadOnlyList<AreaDivision> Divisions { get; }

    /// <summary>The division of this id.</summary>
    /// <param name="id">Such as <c>sdo14</c>.</param>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public AreaDivision Division(string id) =>
        Divisions.FirstOrDefault(division => division.Id == id)
        ?? throw new ArgumentException($"The divisions are {string.Join(", ", Divisions.Select(d => d.Id))}.", nameof(id));

    /// <summary>The division in force on a day.</summary>
    /// <param name="date">The day.</param>
    /// <exception cref="ArgumentOutOfRangeException">No division is known for that day.</exception>
    public AreaDivision At(DateOnly date) =>
        Divisions.FirstOrDefault(division => division.IsValidOn(date))
        ?? throw new ArgumentOutOfRangeException(nameof(date), "The first division dates from 1 January 1997.");

    /// <summary>Where each district of <paramref name="from"/> went in <paramref name="to"/>; to <c>region</c> gives the three
    /// regions.</summary>
    /// <param name="from">The id of the earlier division.</param>
    /// <param name="to">The id of a later division, or <c>region</c>.</param>
    /// <exception cref="ArgumentException">Districts were split between the two, or it would go back in time.</exception>
    public Crosswalk Crosswalk(string from, string to)
    {
        var start = Division(from);
        if (to == "region") return new Crosswalk(from, to, start.Areas.ToDictionary(area => area.Name, area => area.Region));

        var end = Division(to);
        var target = start.Areas.ToDictionary(area => area.Name, area => area.Name);
        for (var i = Index(start); i < Index(end); i++)
        {
            if (!merges.TryGetValue((Divisions[i].Id, Divisions[i + 1].Id), out var merge))
            {
                throw new ArgumentException(
                    $"{Divisions[i].Id} cannot be carried to {Divisions[i + 1].Id}: districts were split, not only merged.", nameof(to));
            }

            target = target.ToDictionary(pair => pair.Key, pair => merge[pair.Value]);
        }

        return Index(start) <= Index(end)
            ? new Crosswalk(from, to, target)
            : throw new ArgumentException($"{to} is older than {from}: merged districts cannot be taken apart.", nameof(to));
    }

    private int Index(AreaDivision division) => Divisions.ToList().IndexOf(division);

    private static AreaDivision ReadDivision(JsonElement element)
    {
        var id = element.GetProperty("id").GetString()!;
        var areas = element.GetProperty("areas").EnumerateArray().Select(area => new Area(
            id,
            area.GetProperty("name").GetString()!,
            area.TryGetProperty("code", out var code) ? code.GetString() : null,
            area.GetProperty("region").GetString()!));
        return new AreaDivision(
            id,
            element.GetProperty("count").GetInt32(),
            Date(element.GetProperty("validFrom"))!.Value,
            Date(element.GetProperty("validTo")),
            [.. areas],
            element.TryGetProperty("note", out var note) ? note.GetString() : null);
    }

    private static DateOnly? Date(JsonElement element) =>
        element.GetString() is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static Geography Load()
    {
        using var stream = DataSchemas.Open("geography/stadsdelsomraden.json");
        using var document = JsonDocument.Parse(stream);
        return new Geography(document.RootElement);
    }
}

/// <summary>Where each area of one division went in another: a merger, never a split.</summary>
/// <param name="From">The id of the division that it starts from.</param>
/// <param name="To">The id of the division that it leads to.</param>
/// <param name="Target">The new area by the old one's name.</param>
public sealed record Crosswalk(string From, string To, IReadOnlyDictionary<string, string> Target)
{
    /// <summary>The area that a name of the old division belongs to in the new one; null for a name that it does not know.</summary>
    /// <param name="name">The name, however its dash, case or Unicode form is written.</param>
    public string? Find(string name)
    {
        if (Target.TryGetValue(name, out var exact)) return exact;
        var key = AreaName.Key(name);
        return Target.FirstOrDefault(pair => AreaName.Key(pair.Key) == key).Value;
    }
}

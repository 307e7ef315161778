using System.Text.RegularExpressions;
using Analys.Load.Schema;

namespace Analys.Load.Screening;

/// <summary>Columns of persons' names, by their form: two or three capitalised words in a column where nearly every row has its
/// own.</summary>
/// <remarks>No list of names is used: names come from everywhere. Areas, groups and other things that a schema names have a role and are
/// left alone.</remarks>
internal static partial class PersonNames
{
    private const int Few = 5;
    private const double Most = 0.7;
    private const double Distinct = 0.8;

    // Words that begin the names of places, not of people.
    private static readonly HashSet<string> OfPlaces = new(StringComparer.OrdinalIgnoreCase)
    {
        "Norra", "Södra", "Östra", "Västra", "Nordöstra", "Nordvästra", "Sydöstra", "Sydvästra", "Inre", "Yttre", "Övre", "Nedre",
            "Stora", "Lilla", "Gamla", "Nya", "Hela", "Centrala", "Mellersta",
        "Stockholms", "Upplands", "Kungliga", "Sankt", "S:t",
    };

    // Column names that say that areas, schools or boards stand there.
    private static readonly string[] OfThings =
        ["område", "omrade", "area", "stadsdel", "kommun", "län", "region", "distrikt", "district", "ort", "plats", "place", "skola",
            "school", "enhet", "unit", "nämnd", "board", "förvaltning", "deso", "regso", "församling", "parish", "indikator",
            "indicator", "grupp", "group", "typ", "type", "land", "country"];

    /// <summary>Whether a column holds persons' names.</summary>
    /// <param name="column">The column.</param>
    /// <param name="texts">Its distinct texts, known areas left out.</param>
    public static bool AreIn(TextColumn column, List<string> texts)
    {
        if (column.Field.Role != Role.None || column.Field.Categories.Length > 0) return false;
        var generic = IdentifyingName.IsGeneric(column.Field);
        var name = column.Field.Name.ToUpperInvariant();
        if (!generic && Array.Exists(OfThings, thing => name.Contains(thing.ToUpperInvariant(), StringComparison.Ordinal))) return false;
        var alike = texts.Count(IsName);
        if (generic) return alike >= Math.Max(1, Most * texts.Count);
        // Where the rows are not known, the distinct texts are all there is.
        var rows = Math.Max(column.Count, column.Categories.Count);
        return texts.Count >= Few && alike >= Most * texts.Count && column.Categories.Count >= Distinct * rows;
    }

    private static bool IsName(string text)
    {
        if (!Name().IsMatch(text)) return false;
        var first = text.IndexOfAny([' ', ',']);
        return !OfPlaces.Contains(text[..first]);
    }

    // Förnamn Efternamn, Efternamn, Förnamn; hyphens, an initial, von and de.
    [GeneratedRegex(
        @"^\p{Lu}[\p{Ll}'’]+(-\p{Lu}\p{Ll}+)?,?"
            + @"( (von|van|de|af|al|el|bin|\p{Lu}\.?|\p{Lu}[\p{Ll}'’]+(-\p{Lu}\p{Ll}+)?)){0,2}"
            + @" (\p{Lu}[\p{L}'’]+(-\p{Lu}\p{L}+)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Name();
}

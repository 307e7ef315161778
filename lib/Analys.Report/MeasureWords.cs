using Analys.Report.Tables;

namespace Analys.Report;

/// <summary>A measure's name as sentences and titles have it.</summary>
internal static class MeasureWords
{
    // A word of this many letters tells what is measured; of a longer one so many letters are compared: bistånd and bistånds are one.
    private const int Stem = 5;

    /// <summary>A name that a sentence goes on after: where it has a comma it is put between two.</summary>
    public static string Enclosed(string name) => name.Contains(',', StringComparison.Ordinal) ? $"{Inside(name)}," : Inside(name);

    /// <summary>A name within a sentence: its first letter is small, unless it is a name of its own, such as Rädda Barnens.</summary>
    public static string Inside(string name) => name.Length < 2 || !char.IsLower(name[1])
        || name.Split(' ') is [_, { Length: > 0 } second, ..] && char.IsUpper(second[0])
        || name.StartsWith("Gini ", StringComparison.Ordinal) || name.StartsWith("Theil", StringComparison.Ordinal)
        ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The same in its definite form, as a sentence about its change has it: <c>andelen barn</c>, <c>the share of
    /// children</c>.</summary>
    public static string Definite(string name, Language language)
    {
        var inside = Inside(name);
        var space = inside.IndexOf(' ', StringComparison.Ordinal);
        var (first, rest) = space < 0 ? (inside, "") : (inside[..space], inside[space..]);
        if (language == Language.English) return first is "share" or "number" or "proportion" or "percentage" or "rate"
            or "median" or "mean"
            ? $"the {inside}" : inside;
        var definite = first switch
        {
            "andel" => "andelen",
            "antal" => "antalet",
            "medel" or "median" when rest.Length > 0 => first,
            _ when first.EndsWith("inkomst", StringComparison.Ordinal) || first.EndsWith("kostnad", StringComparison.Ordinal)
                || first.EndsWith("löshet", StringComparison.Ordinal) || first.EndsWith("boddhet", StringComparison.Ordinal)
                || first.EndsWith("längd", StringComparison.Ordinal) || first.EndsWith("kvot", StringComparison.Ordinal) => first + "en",
            _ => first,
        };
        return definite + rest;
    }

    /// <summary>A text with a large first letter.</summary>
    public static string Large(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Whether a title has said what the measure is: most of the name's words stand in it.</summary>
    /// <param name="title">The title of a figure.</param>
    /// <param name="name">The measure's name.</param>
    public static bool Says(string title, string name)
    {
        var told = Words(title);
        var words = Words(name);
        return words.Count > 0 && words.Count(word => told.Contains(word)) * 10 >= words.Count * 7;
    }

    private static HashSet<string> Words(string text) => [.. ColumnMeaning.Plain(text)
        .Split([' ', ',', '.', ':', '(', ')', '-', '\u2013'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word.Length >= 4 && !word.Any(char.IsAsciiDigit)).Select(word => word.Length > Stem ? word[..Stem] : word)];
}

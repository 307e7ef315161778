using System.Text.RegularExpressions;

namespace Analys.Load.Screening;

/// <summary>Street and postal addresses and property designations: they lead to one door.</summary>
internal static partial class Places
{
    /// <summary>Whether a text has a street with a number, or a postal code with a town, in it.</summary>
    public static bool IsAddress(string text) => text.Length >= 8 && text.Any(char.IsAsciiDigit) && text.Any(char.IsLetter)
        && (Street().IsMatch(text) || Postal().IsMatch(text));

    /// <summary>Whether a text has a property designation such as <c>Trakt 1:23</c> in it.</summary>
    /// <remarks>Swedish: <i>fastighetsbeteckning</i>. Laws (2001:453) and times (Måndag 08:00) are not: a unit's first number has at
    /// most three digits and no leading zero.</remarks>
    public static bool IsProperty(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal)) return false;
        foreach (Match match in Property().Matches(text))
        {
            if (!NotTracts.Contains(match.Groups["tract"].Value.ToUpperInvariant())) return true;
        }

        return false;
    }

    private static readonly HashSet<string> NotTracts =
        ["TABELL", "FIGUR", "DIAGRAM", "KAPITEL", "KAP", "AVSNITT", "BILAGA", "KL", "KLOCKAN", "LAG", "SFS", "SOU", "DS", "PROP",
            "SIDA", "VERSION", "TABLE", "FIGURE", "CHAPTER", "SECTION",
            "MÅNDAG", "TISDAG", "ONSDAG", "TORSDAG", "FREDAG", "LÖRDAG", "SÖNDAG"];

    // A word that ends as streets do, or a name in the genitive before one (Sven Rinmans gata), and a house number of at most three digits.
    [GeneratedRegex(
        @"\p{L}{2,}(gatan|gata|vägen|väg|gränd|gränden|allén|allé|stigen|stig|torget|torg|backen|backe|esplanaden|slingan|kajen|svängen"
            + @"|strand|stranden) ?\d{1,3}( ?\p{L})?(?![\p{L}\d%])"
            + @"|\p{L}s (gata|väg|gränd|allé|torg|plan|backe|stig|strand) \d{1,3}( ?\p{L})?(?![\p{L}\d%])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Street();

    [GeneratedRegex(@"(^|[,;] ?|\n|SE-)[1-9]\d{2} \d{2} +\p{Lu}\p{L}{2,}( \p{Lu}\p{L}+)*\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Postal();

    [GeneratedRegex(@"(?<![\p{L}\d])(?<tract>\p{Lu}[\p{L}-]+)( \p{L}[\p{L}-]*)* [1-9]\d{0,2}:[1-9]\d{0,3}(?![\d:.])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Property();
}

namespace Analys.Present;

/// <summary>The language of a figure, a table or a report.</summary>
public enum Language
{
    /// <summary>Swedish; the default.</summary>
    Swedish,

    /// <summary>English.</summary>
    English,
}

/// <summary>What a language is called where a code is asked for.</summary>
public static class LanguageCode
{
    /// <summary>The code of HTML's <c>lang</c>: <c>sv</c> or <c>en</c>.</summary>
    /// <param name="language">The language.</param>
    public static string Code(this Language language) => language == Language.English ? "en" : "sv";
}

using System.Text;
using System.Text.RegularExpressions;

namespace Analys.Report.Recipes;

/// <summary>Fills the slots of a text; a text of which a slot has nothing to stand for is no text.</summary>
internal static partial class RecipeText
{
    /// <summary>The names of a text's slots.</summary>
    public static IEnumerable<string> Slots(string template) => Slot().Matches(template).Select(match => match.Groups[1].Value);

    /// <summary>The text; null where a slot is missing.</summary>
    /// <param name="template">The text with slots in braces.</param>
    /// <param name="slots">What they stand for.</param>
    public static string? Fill(string template, IReadOnlyDictionary<string, string> slots)
    {
        var text = new StringBuilder();
        var at = 0;
        foreach (Match match in Slot().Matches(template))
        {
            if (!slots.TryGetValue(match.Groups[1].Value, out var value)) return null;
            text.Append(template, at, match.Index - at);
            On(text, value);
            text.Append(value);
            at = match.Index + match.Length;
        }

        text.Append(template, at, template.Length - at);
        // A slot may begin a sentence: "hela staden" becomes "Hela staden".
        if (template.StartsWith('{') && text.Length > 0 && char.IsLower(text[0])) text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    // Of an island or a ridge Swedish says "på": i Farsta, på Södermalm.
    private static readonly string[] Islands = ["Östermalm", "Norrmalm", "Södermalm", "Kungsholmen", "Lidingö", "Hisingen", "Gotland",
        "Öland", "Essingeöarna", "Djurgården"];

    private static void On(StringBuilder text, string value)
    {
        if (text.Length < 2 || text[^1] != ' ' || text[^2] is not ('i' or 'I') || (text.Length > 2 && text[^3] != ' ')
            || !Islands.Contains(value)) return;
        text.Remove(text.Length - 2, 2).Append(text.Length == 0 ? "På " : "på ");
    }

    [GeneratedRegex(@"\{([a-z]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();
}

using System.Collections.Frozen;
using System.Text.Json;

namespace Analys.Report;

/// <summary>The words that a report says whatever its recipe: buttons, headings of tables, sentences about an area. One file per
/// language.</summary>
internal sealed class ReportWords
{
    private static readonly ReportWords Swedish = new("sv"), English = new("en");
    private readonly FrozenDictionary<string, string> templates;

    private ReportWords(string language)
    {
        using var stream = typeof(ReportWords).Assembly.GetManifestResourceStream($"report-texts/{language}.json")!;
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        templates = document.RootElement.EnumerateObject().ToFrozenDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
    }

    /// <summary>The words of a language.</summary>
    public static ReportWords Of(Language language) => language == Language.English ? English : Swedish;

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => templates.Keys;

    /// <summary>The text of a key.</summary>
    public string this[string key] => templates[key];

    /// <summary>The text of a key; null where there is none.</summary>
    public string? Find(string key) => templates.GetValueOrDefault(key);

    /// <summary>Names in a row: <c>Farsta, Bromma och Älvsjö</c>.</summary>
    public string List(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names)
        : $"{string.Join(", ", names.Take(names.Count - 1))} {this["and"]} {names[^1]}";

    /// <summary>The text with its slots filled in.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text, or a slot was not given.</exception>
    public string Get(string key, params (string Name, string Value)[] slots) =>
        Recipes.RecipeText.Fill(templates[key], slots.ToDictionary(slot => slot.Name, slot => slot.Value))
            ?? throw new KeyNotFoundException($"The text {key} has a slot that was not filled.");
}

/// <summary>Something that did not come into a report, and why: in English for the command, in the reader's language for the page. Never a
/// value.</summary>
/// <param name="Line">Table, column, rule and remedy.</param>
/// <param name="Key">The text of the page.</param>
/// <param name="Slots">What its slots stand for.</param>
internal sealed record LeftOut(string Line, string Key, params (string Name, string Value)[] Slots)
{
    /// <summary>The line as the page says it.</summary>
    public string In(ReportWords words) => words.Get(Key, Slots);
}

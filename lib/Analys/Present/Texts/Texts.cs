using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Analys.Present;

/// <summary>The words of figures and reports, one file per language, embedded as <c>texts/sv.json</c> and <c>texts/en.json</c>.</summary>
/// <remarks>A text is a template with placeholders in braces: <c>{area}</c>. A missing text or a missing placeholder is an error, not a gap on paper.</remarks>
public sealed class Texts
{
    private static readonly Texts Swedish = Read("sv");
    private static readonly Texts English = Read("en");
    private readonly FrozenDictionary<string, string> templates;
    private readonly string language;

    private Texts(string language, FrozenDictionary<string, string> templates)
    {
        this.language = language;
        this.templates = templates;
    }

    /// <summary>The texts of a language.</summary>
    /// <param name="language">The language.</param>
    public static Texts Of(Language language) => language == Language.English ? English : Swedish;

    /// <summary>The keys, sorted.</summary>
    public IEnumerable<string> Keys => templates.Keys.Order(StringComparer.Ordinal);

    /// <summary>The template of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">The language has no such text.</exception>
    public string this[string key] =>
        templates.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"There is no text {key} in {language}.");

    /// <summary>Whether there is a text of this key.</summary>
    /// <param name="key">The key.</param>
    public bool Has(string key) => templates.ContainsKey(key);

    /// <summary>The text with its placeholders filled in.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">The placeholders by name; braces within a value stay as they are.</param>
    /// <exception cref="KeyNotFoundException">There is no such text, or a placeholder was not given.</exception>
    public string Get(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var template = this[key];
        var text = new StringBuilder(template.Length + 32);
        var at = 0;
        while (template.IndexOf('{', at) is var open and >= 0 && template.IndexOf('}', open) is var close and > 0)
        {
            text.Append(template, at, open - at).Append(Value(template[(open + 1)..close], key, values));
            at = close + 1;
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    /// <summary>The names of a template's placeholders, sorted.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> Placeholders(string key) =>
        [.. this[key].Split('{').Skip(1).Select(part => part.Split('}')[0]).Distinct().Order(StringComparer.Ordinal)];

    private static string Value(string name, string key, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (known, value) in values)
        {
            if (known == name) return value;
        }

        throw new KeyNotFoundException($"The text {key} needs {name}.");
    }

    private static Texts Read(string language)
    {
        using var stream = typeof(Texts).Assembly.GetManifestResourceStream($"texts/{language}.json")!;
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return new Texts(language, document.RootElement.EnumerateObject().ToFrozenDictionary(pair => pair.Name, pair => pair.Value.GetString()!));
    }
}

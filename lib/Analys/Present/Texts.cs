using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Analys.Domain;

namespace Analys;

/// <summary>The words of figures and reports, one file per language, embedded as <c>texts/sv.json</c> and <c>texts/en.json</c>.</summary>
/// <remarks>A text is a template with placeholders in braces: <c>{area}</c>. A missing text or a missing placeholder is an error, not a gap
/// on paper.</remarks>
internal sealed class Texts
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
        return new Texts(language, document.RootElement.EnumerateObject()
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Value.GetString()!));
    }
}

/// <summary>The language of a figure, a table or a report.</summary>
public enum Language
{
    /// <summary>Swedish; the default.</summary>
    Swedish,

    /// <summary>English.</summary>
    English,
}

/// <summary>What a language is called where a code is asked for.</summary>
internal static class LanguageCode
{
    /// <summary>The code of HTML's <c>lang</c>: <c>sv</c> or <c>en</c>.</summary>
    /// <param name="language">The language.</param>
    public static string Code(this Language language) => language == Language.English ? "en" : "sv";
}

/// <summary>The words of units, populations and reasons in a language.</summary>
internal static class Words
{
    // A dash that no line breaks at.
    private const string Dash = "\u2060–\u2060";

    /// <summary>A label within a sentence: <i>Hela staden</i> is <i>hela staden</i>, a name of its own stays as it is.</summary>
    public static string Inside(string label) => label.Split(' ')[0] is "Hela" or "The" or "Riket"
        ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    public static string Unit(string unit, Language language) =>
        Texts.Of(language) is var texts && texts.Has($"figure.unit.{unit}") ? texts[$"figure.unit.{unit}"] : unit;

    /// <summary><c>0-17</c> becomes <c>0–17 år</c>; other populations stay as they are.</summary>
    public static string? Population(Population? population, Language language) =>
        population is { Ages: { } ages, Properties.IsEmpty: true }
            ? ages.ToString() is [.. var from, '-'] ? Texts.Of(language).Get("figure.ages.open", ("span", from))
                : Texts.Of(language).Get("figure.ages", ("span", ages.ToString().Replace("-", Dash)))
            : population?.ToString();

    public static string Reason(string? reason, Language language) =>
        Texts.Of(language) is var texts && texts.Has($"figure.reason.{reason}") ? texts[$"figure.reason.{reason}"] : reason ?? "";

    /// <summary>The rule that withheld or rounded a value, in words.</summary>
    public static string Rule(string? rule, Language language) =>
        Texts.Of(language) is var texts && texts.Has($"figure.rule.{rule}") ? texts[$"figure.rule.{rule}"] : rule ?? "";

    /// <summary>The heading of a parameter's column.</summary>
    public static string Parameter(string name, Language language) =>
        Texts.Of(language) is var texts && texts.Has($"parameter.{name}") ? texts[$"parameter.{name}"]
            : texts.Has($"figure.table.{name}") ? texts[$"figure.table.{name}"] : name;

    /// <summary>A parameter's value in words where it has them; numbers, names and texts of the data stay as they are.</summary>
    public static string Parameter(string name, string? value, Language language)
    {
        if (value is null) return "";
        var texts = Texts.Of(language);
        if (texts.Has($"parameter.{name}.{value}")) return texts[$"parameter.{name}.{value}"];
        return name == "household" ? Household(value, texts) : value;
    }

    // "2 adults, children 5 8": how many there are, and how old the children.
    private static string Household(string value, Texts texts)
    {
        var parts = value.Split([" adult, children ", " adults, children ", " adults", " adult"], StringSplitOptions.None);
        if (parts.Length != 2 || !int.TryParse(parts[0], out var adults)) return value;
        var grown = texts.Get(adults == 1 ? "household.adult" : "household.adults", ("count", parts[0]));
        if (parts[1].Length == 0) return grown;
        return texts.Get("household.children", ("adults", grown), ("ages", parts[1].Trim().Replace(" ", ", ", StringComparison.Ordinal)));
    }

    /// <summary>What stands where a value would: that the source does not have it, or that it cannot be computed.</summary>
    public static string Absent(Quantity value, Language language) =>
        Texts.Of(language)[value.Reason is "not available" or "not applicable" ? "figure.nodata" : "figure.undefined"];

    /// <summary>The same with its mark and reason, for a legend or beneath a table.</summary>
    public static string Explained(Quantity value, Language language) => value.Reason is "not available"
        ? $". = {Texts.Of(language)["figure.nodata"]}"
        : Texts.Of(language).Get("figure.status.undefined", ("reason", Reason(value.Reason, language)));

    /// <summary>Publisher, title, table and date of each source.</summary>
    public static string Source(Provenance provenance, Language language)
    {
        var texts = Texts.Of(language);
        var sources = provenance.Sources
            .Select(source => source.Origin is { } origin
                ? string.Join(", ",
                    new[] { origin.Publisher, origin.Title, Unsaid(origin.TableId, origin.Title), origin.Date }
                        .Where(part => !string.IsNullOrEmpty(part)))
                : source.File)
            .Where(text => text.Length > 0).Distinct().ToList();
        return sources.Count == 0 ? texts["figure.source.none"]
            : texts.Get("figure.source", ("sources", string.Join("; ", sources).TrimEnd('.')));
    }

    // "Tabell b020 och b021: ..." has said which tables they are.
    private static string? Unsaid(string? table, string? title) => table is null || title is null
        || !table.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).All(part => title.Contains(part, StringComparison.Ordinal))
        ? table : null;

    public static string Subtitle(IReadOnlyList<Result> rows, FigureOptions options)
    {
        var texts = Texts.Of(options.Language);
        var parts =
            rows.Select(row => texts.Get("figure.subtitle", ("measure", options.NameOf(row.Measure)),
                ("unit", Unit(row.Unit, options.Language)))).Distinct().Take(3).ToList();
        if (rows.Select(row => row.Group).Distinct().ToList() is [{ } group]) parts.Add(group);
        if (rows.Select(row => row.Population).Distinct().ToList() is [{ } population])
            parts.Add(Population(population, options.Language)!);
        var periods = rows.Select(row => row.Period).OfType<string>().Distinct().Order(PeriodOrder.InTime).ToList();
        if (periods.Count > 0) parts.Add(periods.Count == 1 ? periods[0] : $"{periods[0]}{Dash}{periods[^1]}");
        return string.Join(". ", parts);
    }

    // What the source computed is defined there, and the source is named above the note.
    private const string AsPublished = "as published";

    public static string Definition(IReadOnlyList<Result> rows, FigureOptions options) =>
        string.Join(" ", rows.Select(row => row.Measure).Distinct().Where(measure => measure.Formula != AsPublished).Take(3)
        .Select(measure => Texts.Of(options.Language)
            .Get("figure.definition", ("measure", options.NameOf(measure)), ("formula", options.FormulaOf(measure).TrimEnd('.')),
                ("citation", Citation(measure, options.Language).TrimEnd('.')))));

    // Swedish publications keep their names; the words between them are the reader's.
    private static readonly (string Swedish, string English)[] Cited =
    [
        ("tabell ", "table "), (" och ", " and "), ("skrivelse ", "letter of "), ("ledningssystemet ", "management system "),
        ("Socialtjänstlagen ", "Social Services Act (Socialtjänstlagen) "), ("Socialtjänstlag ", "Social Services Act (Socialtjänstlag) "),
    ];

    /// <summary>Where a measure is defined, as a reader of the language has it.</summary>
    public static string Citation(Definition measure, Language language) => language == Language.Swedish ? measure.Citation
        : Cited.Aggregate(measure.Citation, (text, word) => text.Replace(word.Swedish, word.English, StringComparison.Ordinal));
}

using System.Collections.Frozen;
using System.Text.Json;

namespace Analys.Cli.Help;

/// <summary>The words of the command in a language: <c>Texts/cli.sv.json</c> and <c>cli.en.json</c>, and what its options are called in
/// Swedish, <c>Texts/options.sv.txt</c>. Ids, keys and exit codes are the same in every language.</summary>
internal sealed class CliTexts
{
    private static readonly Lazy<CliTexts> Swedish = new(() => new CliTexts("sv")), English = new(() => new CliTexts("en"));
    private readonly FrozenDictionary<string, string> texts;
    private readonly Lazy<FrozenDictionary<string, string>> options;

    private CliTexts(string language)
    {
        using var stream = Open($"cli.{language}.json");
        using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowDuplicateProperties = false });
        texts = document.RootElement.EnumerateObject().ToFrozenDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
        // English descriptions stand in the code, beside what they describe.
        options = new(() => language == "en" ? FrozenDictionary<string, string>.Empty : ReadOptions());
    }

    /// <summary>The texts of a language.</summary>
    public static CliTexts Of(Language language) => language == Language.Swedish ? Swedish.Value : English.Value;

    /// <summary>The keys.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>The text of a key.</summary>
    public string this[string key] => texts[key];

    /// <summary>The text of a key; null where there is none.</summary>
    public string? Find(string key) => texts.GetValueOrDefault(key);

    /// <summary>What an option or argument of a command says; null where the language has no text of its own.</summary>
    /// <param name="command">The command's path, such as <c>effect plan</c>.</param>
    /// <param name="name">The option or argument.</param>
    public string? Option(string command, string name) =>
        options.Value.GetValueOrDefault($"{command} {name}") ?? options.Value.GetValueOrDefault(name);

    /// <summary>A text file of the command.</summary>
    public static Stream Open(string name) => typeof(CliTexts).Assembly.GetManifestResourceStream($"cli/{name}")
        ?? throw new KeyNotFoundException($"There is no text file {name}.");

    private static FrozenDictionary<string, string> ReadOptions()
    {
        using var reader = new StreamReader(Open("options.sv.txt"));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#')).Select(line => line.Split(" : ", 2))
            .Where(parts => parts.Length == 2).GroupBy(parts => parts[0]).ToFrozenDictionary(same => same.Key, same => same.First()[1]);
    }
}

/// <summary>The examples of a command: calls on files of the repository, each with the question that it answers. A test runs every one of
/// them, so what help shows works.</summary>
/// <param name="Command">The command's path, such as <c>effect plan</c>.</param>
/// <param name="English">The question in English.</param>
/// <param name="Swedish">The question in Swedish.</param>
/// <param name="Call">The call as it is written.</param>
/// <param name="IsRun">Whether a test can run it: not one that needs a network or a user's own folders.</param>
internal sealed record Example(string Command, string English, string Swedish, string Call, bool IsRun)
{
    private static readonly Lazy<Example[]> Read = new(() => [.. Parse()]);

    /// <summary>All examples.</summary>
    public static IReadOnlyList<Example> All => Read.Value;

    /// <summary>The examples of a command.</summary>
    public static IEnumerable<Example> Of(string command) => All.Where(example => example.Command == command);

    // A block is [command], then for each example en:, sv: and the call after $ (or % where it is not run).
    private static IEnumerable<Example> Parse()
    {
        using var reader = new StreamReader(CliTexts.Open("examples.txt"));
        string command = "", english = "", swedish = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) command = line.Trim('[', ']');
            else if (line.StartsWith("en: ", StringComparison.Ordinal)) english = line[4..];
            else if (line.StartsWith("sv: ", StringComparison.Ordinal)) swedish = line[4..];
            else if (line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("% ", StringComparison.Ordinal))
                yield return new Example(command, english, swedish, line[2..], line[0] == '$');
        }
    }
}

using System.Text.Json;
using Analys.Cli.Tables;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Report.Recipes;

namespace Analys.Cli.Help;

/// <summary>What <c>analys help TOPIC</c> tells: the introduction stands in <c>Texts</c>, what there is comes from the code
/// itself.</summary>
internal static class HelpTopics
{
    /// <summary>The topics.</summary>
    public static IReadOnlyList<string> Names { get; } = ["roles", "recipes", "queries", "policies", "measures", "exit-codes"];

    private static readonly string[] ExitCodes = ["0", "1", "2", "3", "4", "130"];

    /// <summary>Writes a topic.</summary>
    public static void Write(string topic, TextWriter output, Screen screen)
    {
        var texts = CliTexts.Of(screen.HelpLanguage);
        Lines(output, screen, texts[$"topic.{topic}.text"]);
        output.WriteLine();
        foreach (var (name, says) in Rows(topic, texts, screen.HelpLanguage))
        {
            if (says.Length == 0)
            {
                output.WriteLine(name);
                continue;
            }

            var lines = TextLayout.Wrap(says, screen.Width - 26);
            var isLong = name.Length > 22;
            if (isLong) output.WriteLine($"  {name}");
            for (var i = 0; i < lines.Count; i++) output.WriteLine($"  {(i == 0 && !isLong ? name : ""),-22}  {lines[i]}".TrimEnd());
        }

        if (texts.Find($"topic.{topic}.after") is not { } after) return;
        output.WriteLine();
        Lines(output, screen, after);
    }

    private static IEnumerable<(string Name, string Says)> Rows(string topic, CliTexts texts, Language language) => topic switch
    {
        "roles" => RoleNames.All.Select(name => (name, texts.Find("role." + name) ?? name)),
        "recipes" => Recipe.Shipped.Select(name => (name, texts.Find("recipe." + name) ?? "")),
        "queries" => Queries(language),
        "policies" => Policy.Shipped.Select(name => (name, texts.Find("policy." + name) ?? "")),
        "measures" => Measures.All.GroupBy(measure => measure.Family).SelectMany(family =>
            new[] { (family.Key + ":", "") }.Concat(family.Select(measure => (measure.Definition.Id,
                language == Language.Swedish ? measure.Definition.Swedish : measure.Definition.Name)))),
        "exit-codes" => ExitCodes.Select(code => (code, texts["exit." + code])),
        _ => [],
    };

    /// <summary>The named requests that ship, each with its title.</summary>
    public static IEnumerable<(string Name, string Says)> Queries(Language language)
    {
        foreach (var file in DataSchemas.List("queries/").Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var stream = DataSchemas.Open(file);
            using var query = JsonDocument.Parse(stream);
            yield return (Path.GetFileNameWithoutExtension(file), query.RootElement.TryGetProperty("title", out var title)
                && title.TryGetProperty(language.Code(), out var text) ? text.GetString() ?? "" : "");
        }
    }

    private static void Lines(TextWriter output, Screen screen, string text)
    {
        foreach (var line in TextLayout.Wrap(text, screen.Width)) output.WriteLine(line);
    }
}

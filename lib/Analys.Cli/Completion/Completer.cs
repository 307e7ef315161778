using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json;
using Analys.Cli.Help;
using Analys.Load;
using Analys.Load.Undescribed;
using Analys.Measure.Segregation;
using Analys.Measure.Swedish;
using Analys.Report.Recipes;

namespace Analys.Cli.Completion;

/// <summary>What may follow a line that is being typed: commands, options, and the values that are known: measures, policies, recipes,
/// areas, and the columns of the file that was named before. Never a value of the data: areas are those of the city's public
/// divisions.</summary>
internal static class Completer
{
    private static readonly string[] Lines = ["median:60", "median:50", "median:40", "mean:50", "fixed:"];
    private static readonly string[] Spans = ["0-17", "0-5", "6-12", "13-17", "0-19", "18-64", "65-"];
    private static readonly string[] PersonRoles = ["area", "familyType", "tenure", "background", "ageGroup"];

    /// <summary>The candidates with what they mean; none where the shell should offer files.</summary>
    public static IReadOnlyList<(string Value, string Says)> Of(CallLine line)
    {
        using var bytes = new MemoryStream();
        var terminal = new Terminal(bytes, TextWriter.Null, TextWriter.Null, [.. line.Words]) { IsTrial = true };
        var root = CommandList.Root(terminal, line.Words);
        var path = HelpPage.Path(root, line.Words);
        var current = line.Current;
        if (path.Count == 0) return Starting(current, root.Subcommands.Select(command => (command.Name, command.Description ?? "")),
            ("--help", ""), ("--version", ""));
        var command = path[^1];
        var name = string.Join(' ', path.Select(one => one.Name));
        Option[] options = [.. command.Options.Concat(
            path.SkipLast(1).Append(root).SelectMany(one => one.Options.Where(option => option.Recursive)))
            .Where(option => !option.Hidden && OptionGroups.Concerns(command, option)).DistinctBy(option => option.Name)];
        if (current.StartsWith("--", StringComparison.Ordinal) && current.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
        {
            return options.FirstOrDefault(option => option.Name == current[..at]) is { } assigned
                ? [.. Values(assigned, name, line, current[(at + 1)..]).Select(one => (current[..(at + 1)] + one.Value, one.Says))] : [];
        }

        if (line.Words.Count > 0 && options.FirstOrDefault(option => option.Name == line.Words[^1] && option.ValueType != typeof(bool))
            is { } before)
            return Values(before, name, line, current);
        if (current.StartsWith('-'))
        {
            var given = line.Words.ToHashSet(StringComparer.Ordinal);
            return Starting(current, options.Where(option => !given.Contains(option.Name))
                .Select(option => (option.Name, First(option.Description))), ("--help", ""));
        }

        if (command.Subcommands.Count > 0 && line.Words.Count > 0 && line.Words[^1] == command.Name)
            return Starting(current, command.Subcommands.Select(sub => (sub.Name, First(sub.Description))));
        return name switch
        {
            "help" => Starting(current, HelpTopics.Names.Concat(CommandList.Names).Select(topic => (topic, ""))),
            "measures" => Starting(current, Measures.All.Select(measure => (measure.Definition.Id, measure.Definition.Name)).Distinct()),
            "completion" => Starting(current, CompletionScripts.Shells.Select(shell => (shell, ""))),
            "profile" when line.Words.Count(word => !word.StartsWith('-')) == 1 => List(current, Areas().Append(("all", ""))),
            _ => [],
        };
    }

    private static IReadOnlyList<(string Value, string Says)> Values(Option option, string command, CallLine line, string current)
    {
        var description = option.Description ?? "";
        IEnumerable<(string, string)>? found = option.Name switch
        {
            "--measures" => Ids(command).Append(("all", "")),
            "--policy" => Policy.Shipped.Select(policy => (policy, CliTexts.Of(Language.English).Find("policy." + policy) ?? "")),
            "--recipe" => Recipe.Shipped.Select(recipe => (recipe, CliTexts.Of(Language.English).Find("recipe." + recipe) ?? "")),
            "--query" => HelpTopics.Queries(Language.English),
            "--areas" or "--highlight" => Areas(),
            "--compare" when command != "segregation" => Areas().Append(("whole", "")),
            "--language" => [("sv", "svenska"), ("en", "English")],
            "--line" when command is "poverty" or "inequality" => Lines.Select(text => (text, "")),
            "--ages" => Spans.Select(text => (text, "")),
            "--role" => Columns(line).Select(column => (column + "=", "")),
            "--where" or "--merge" => Columns(line).Select(column => (column + (option.Name == "--where" ? "=" : ":"), "")),
            "--by" => Columns(line).Concat(PersonRoles).Select(column => (column, "")),
            _ => null,
        };
        if (found is null)
        {
            string[] words = [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
            if (words.Length == 0 && option.HelpName is { } help && help.Contains('|', StringComparison.Ordinal)) words = help.Split('|');
            found = words.Length > 0 ? words.Select(word => (word, ""))
                : description.Contains("olumn", StringComparison.Ordinal) || option.HelpName == "COLUMN"
                    ? Columns(line).Select(column => (column, "")) : [];
        }

        // Lists are comma-separated: what stands before the last comma is kept.
        return option.ValueType == typeof(string[]) ? List(current, found) : Starting(current, found);
    }

    private static IEnumerable<(string, string)> Ids(string command) => (command switch
    {
        "segregation" => SegregationMeasures.All.Select(measure => measure.Definition),
        "poverty" or "inequality" => Measures.All.Where(measure => measure.Family == "Income").Select(measure => measure.Definition),
        "swedish" => Measures.All.Select(measure => measure.Definition).Where(definition => SwedishMeasures.Ids.Contains(definition.Id)),
        _ => Measures.All.Select(measure => measure.Definition),
    }).DistinctBy(definition => definition.Id).Select(definition => (definition.Id, definition.Name));

    private static IEnumerable<(string, string)> Areas() =>
        Geography.Stockholm.Divisions.Reverse().SelectMany(division => division.Areas).Select(area => area.Name).Distinct()
            .Select(name => (name, ""));

    // The columns of the first file that the line names, from its schema or its first rows.
    private static string[] Columns(CallLine line)
    {
        if (line.Words.Skip(1).FirstOrDefault(word => !word.StartsWith('-') && File.Exists(word)) is not { } file) return [];
        try
        {
            var schema = SchemaFinder.Find(file);
            if (schema is not null) return [.. schema.Fields.Select(field => field.Name)];
            using var draft = JsonDocument.Parse(SchemaDraft.Infer(file, new ReadOptions(null)));
            return [.. draft.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()!)];
        }
#pragma warning disable CA1031 // Nobody wants a message while a line is typed: what cannot be read has no columns to offer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static IReadOnlyList<(string, string)> List(string current, IEnumerable<(string Value, string Says)> values)
    {
        var comma = current.LastIndexOf(',');
        var kept = current[..(comma + 1)];
        var given = kept.Split(',');
        return [.. Starting(current[(comma + 1)..], values.Where(one => !given.Contains(one.Value)))
            .Select(one => (kept + one.Item1, one.Item2))];
    }

    private static IReadOnlyList<(string, string)> Starting(string current, IEnumerable<(string Value, string Says)> values,
        params (string Value, string Says)[] more) =>
        [.. values.Concat(more).Where(one => one.Value.StartsWith(current, StringComparison.OrdinalIgnoreCase))];

    private static string First(string? description) => (description ?? "").Split('.', ';', ':')[0];
}

/// <summary>A line as it is being typed, in words: quotes may still be open, and the last word is the one that is completed.</summary>
/// <param name="Words">The words before it, without the command's own name.</param>
/// <param name="Current">What is typed of the last word; empty after a space.</param>
internal sealed record CallLine(IReadOnlyList<string> Words, string Current)
{
    /// <summary>Reads a line.</summary>
    public static CallLine Parse(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = '\0';
        var open = false;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (quote != '\0')
            {
                if (letter == quote) quote = '\0';
                else word.Append(letter);
            }
            else if (letter is '"' or '\'')
            {
                (quote, open) = (letter, true);
            }
            else if (letter == '\\' && i + 1 < line.Length && !OperatingSystem.IsWindows())
            {
                word.Append(line[++i]);
                open = true;
            }
            else if (char.IsWhiteSpace(letter))
            {
                if (open || word.Length > 0) words.Add(word.ToString());
                word.Clear();
                open = false;
            }
            else
            {
                word.Append(letter);
            }
        }

        return new CallLine([.. words.Skip(1)], words.Count == 0 ? "" : word.ToString());
    }
}

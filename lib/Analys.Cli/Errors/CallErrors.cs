using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Analys.Cli.Help;
using Analys.Domain;

namespace Analys.Cli.Errors;

/// <summary>What is wrong with a call, in words for its writer: the parser's own would name types of the program, and blame the word
/// after a misspelt option.</summary>
internal static partial class CallErrors
{
    /// <summary>The lines that say what is wrong; none for a call that can be run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed, Command root, IReadOnlyList<string> args,
        Language language = Language.English)
    {
        var path = HelpPage.Path(root, args);
        var name = string.Join(' ', path.Select(command => command.Name));
        // An option that does not exist is the cause of whatever the parser says after it.
        if (path.Count == 0)
        {
            if (args.FirstOrDefault(arg => !arg.StartsWith('-')) is { } asked && args[0] == asked)
                return [$"There is no command {asked}.{Nearest.Hint(asked, CommandList.Names)} analys --help lists them."];
        }
        else if (UnknownOptions(root, path, args).ToList() is { Count: > 0 } unknown)
        {
            return [.. unknown, See(name)];
        }

        if (parsed.Errors.Count == 0) return [];
        // A word that is none of the commands below one says more than that one is wanted.
        var errors = parsed.Errors.Where(error => parsed.Errors.Count == 1
            || !error.Message.StartsWith("Required command", StringComparison.Ordinal));
        string[] lines = [.. errors.Select(error => Message(error, path, language)).Distinct()];
        // Whoever has only mistyped a value knows how the call is written.
        var lost = lines.Any(line => line.Contains("is missing", StringComparison.Ordinal)
            || line.Contains("not understood", StringComparison.Ordinal));
        return [.. lines, .. Example.Of(name).Where(example => lost
            && example.Call.StartsWith($"analys {name} ", StringComparison.Ordinal)).Take(1)
                .Select(example => $"for example: {example.Call}"),
            See(name)];
    }

    private static string See(string name) => name.Length == 0 ? "see analys --help" : $"see analys {name} --help";

    private static IEnumerable<string> UnknownOptions(Command root, IReadOnlyList<Command> path, IReadOnlyList<string> args)
    {
        Option[] options = [.. path[^1].Options, .. path.SkipLast(1).Append(root).SelectMany(command =>
            command.Options.Where(option => option.Recursive))];
        string[] known = [.. options.SelectMany(option =>
            option.Aliases.Append(option.Name)).Append("--help").Append("--help-all").Distinct()];
        var takes = options.Where(option => option.Arity.MinimumNumberOfValues > 0 && option.ValueType != typeof(bool))
            .SelectMany(option => option.Aliases.Append(option.Name)).ToHashSet();
        for (var i = 0; i < args.Count && args[i] != "--"; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith("--", StringComparison.Ordinal) || (i > 0 && takes.Contains(args[i - 1]))) continue;
            var written = arg.Split('=', ':')[0];
            if (known.Contains(written)) continue;
            var elsewhere = written == "--version" ? " analys --version stands alone." : "";
            yield return $"There is no option {written} of "
                + $"{string.Join(' ', path.Select(command => command.Name))}.{Nearest.Hint(written, known)}{elsewhere}";
        }
    }

    /// <summary>One error in words.</summary>
    public static string Message(ParseError error, IReadOnlyList<Command> path, Language language = Language.English)
    {
        var texts = CliTexts.Of(language);
        var name = string.Join(' ', path.Select(command => command.Name));
        var text = error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);
        if (Required().Match(text) is { Success: true } required)
        {
            var option = path.Reverse().SelectMany(command => command.Options).FirstOrDefault(option =>
                option.Name == required.Groups[1].Value);
            return $"{required.Groups[1].Value} is missing: "
                + $"{(texts.Option(name, required.Groups[1].Value) ?? option?.Description)?.TrimEnd('.') ?? "it is required"}.";
        }

        if (Valueless().Match(text) is { Success: true } valueless)
        {
            var option = path.Reverse().SelectMany(command => command.Options).FirstOrDefault(option =>
                option.Name == valueless.Groups[1].Value);
            return $"{valueless.Groups[1].Value} wants a "
                + $"value{((texts.Option(name, valueless.Groups[1].Value) ?? option?.Description) is { } says
                ? ": " + says.TrimEnd('.') : "")}.";
        }

        if (text.StartsWith("Required argument missing for command", StringComparison.Ordinal) && path.Count > 0)
        {
            var wanted = path[^1].Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(argument => argument.Name);
            var first = path[^1].Arguments.FirstOrDefault();
            return $"{string.Join(", ", wanted)} is missing: "
                + $"{(first is null ? "" : texts.Option(name, first.Name) ?? first.Description)?.TrimEnd('.')}.";
        }

        if (text.StartsWith("Required command", StringComparison.Ordinal) && path.Count > 0)
            return $"analys {path[^1].Name} takes one of {string.Join(", ", path[^1].Subcommands.Select(command => command.Name))}.";
        if (NotAmong().Match(text) is { Success: true } among && Option(error.SymbolResult) is { } choice
            && !text.Contains("Cannot parse", StringComparison.Ordinal))
        {
            // The parser puts each value in quotes.
            string[] words = [.. Quoted().Matches(text[(among.Index + among.Length)..]).Select(match => match.Groups[1].Value)];
            return $"{choice.Name} is one of {string.Join(", ", words)}.{Nearest.Hint(among.Groups[1].Value, words)}";
        }

        if (Surplus().Match(text) is { Success: true } surplus && path.Count > 0)
        {
            if (path[^1].Subcommands.Count > 0)
            {
                var below = path[^1].Subcommands.Select(command => command.Name);
                return $"There is no {path[^1].Name} {Shown(surplus)}.{Nearest.Hint(surplus.Groups[1].Value, below)}";
            }

            string[] options = [.. path[^1].Options.Select(option => option.Name)];
            var word = surplus.Groups[1].Value.Split('=')[0].TrimStart('-');
            var meant = word.Length > 2 && Nearest.Of("--" + word, options) is { } near ? $" Did you mean {near}?" : "";
            return $"{Shown(surplus)} is not understood here: {(path[^1].Arguments.Count == 0 ? "the command takes no file" : "there is "
                + "already what the command takes")}; "
                + $"a value with spaces needs quotes, a list commas without spaces.{meant}";
        }

        if (!error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)) return Address().Replace(text, "$1:...");
        return Option(error.SymbolResult) is { } given ? $"{given.Name} is {Wanted(given)}." : "An argument of the call is not of the "
            + "right kind.";
    }

    // What the call says of an address names server and user.
    private static string Shown(Match match) => Address().Replace($"'{match.Groups[1].Value}'", "$1:...");

    private static Option? Option(SymbolResult? result) => result switch
    {
        OptionResult option => option.Option,
        { Parent: { } parent } => Option(parent),
        _ => null,
    };

    private static string Wanted(Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType.GetElementType() ?? option.ValueType;
        if (type.IsEnum) return "one of " + string.Join(", ", (option.HelpName ?? string.Join('|', Enum.GetNames(type))).Split('|'));
        return type == typeof(int) || type == typeof(long) ? "a whole number" : "a value of another kind: see --help";
    }

    // An address at the wrong place names server and user all the same.
    [GeneratedRegex("(postgres|postgresql|sqlserver):[^']*")]
    private static partial Regex Address();

    [GeneratedRegex("^Option '(--[a-z0-9-]+)' is required")]
    private static partial Regex Required();

    [GeneratedRegex("^Required argument missing for option: '(--[a-z0-9-]+)'")]
    private static partial Regex Valueless();

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.$")]
    private static partial Regex Surplus();

    [GeneratedRegex("^Argument '(.*)' not recognized\\. Must be one of:")]
    private static partial Regex NotAmong();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}

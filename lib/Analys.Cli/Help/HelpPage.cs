using System.CommandLine;
using System.Text.RegularExpressions;
using Analys.Cli.Tables;

namespace Analys.Cli.Help;

/// <summary>The help of a command: what it is for, examples first, then its options in groups; the rare ones behind
/// <c>--help-all</c>.</summary>
internal sealed partial class HelpPage
{
    private const int MostNameWidth = 28;
    private static readonly string[] Asking = ["--help", "-h", "-?", "--help-all"];

    private readonly TextWriter output;
    private readonly Screen screen;
    private readonly CliTexts texts;
    private readonly bool all;

    private HelpPage(TextWriter output, Screen screen, bool all)
    {
        (this.output, this.screen, this.all) = (output, screen, all);
        texts = CliTexts.Of(screen.HelpLanguage);
    }

    /// <summary>Whether a call asks for help.</summary>
    public static bool IsAsked(IReadOnlyList<string> args) => args.TakeWhile(arg => arg != "--").Any(arg => Asking.Contains(arg));

    /// <summary>Writes the help of the command that a call names.</summary>
    public static void Write(Command root, IReadOnlyList<string> args, TextWriter output, Screen screen)
    {
        var page = new HelpPage(output, screen, args.Contains("--help-all"));
        var path = Path(root, args);
        if (path.Count == 0) page.WriteRoot(root);
        else page.WriteCommand(root, path);
    }

    /// <summary>The commands that a call names, outermost first.</summary>
    public static IReadOnlyList<Command> Path(Command root, IReadOnlyList<string> args)
    {
        var path = new List<Command>();
        var at = root;
        foreach (var arg in args)
        {
            if (at.Subcommands.FirstOrDefault(command => command.Name == arg) is { } named) path.Add(at = named);
            else if (path.Count > 0 && at.Subcommands.Count == 0) break;
        }

        return path;
    }

    private void WriteRoot(Command root)
    {
        Lines(texts["about"]);
        Heading("usage");
        output.WriteLine("  analys [command] [options]");
        WriteExamples("");
        foreach (var (group, names) in CommandGroups.Of(root.Subcommands.Select(command => command.Name)))
        {
            Heading(group);
            Rows(names.Select(name => (name, texts.Find("command." + name)
                ?? root.Subcommands.First(command => command.Name == name).Description ?? "")));
        }

        Heading("topics");
        Rows(HelpTopics.Names.Select(name => ($"help {name}", texts["topic." + name])));
        output.WriteLine();
        Lines(texts["more.root"]);
    }

    private void WriteCommand(Command root, IReadOnlyList<Command> path)
    {
        var command = path[^1];
        var name = string.Join(' ', path.Select(one => one.Name));
        Lines(texts.Find("command." + name) is { } own && screen.HelpLanguage == Language.Swedish ? own : command.Description ?? "");
        WriteExamples(name);
        Heading("usage");
        var arguments = command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [<{argument.Name}>]"
            : $" <{argument.Name}>");
        output.WriteLine($"  analys {name}{(command.Subcommands.Count > 0 ? command.Action is null ? " [command]" : " [[command]]" : "")}"
            + $"{string.Concat(arguments)} [options]");
        if (command.Subcommands.Count > 0)
        {
            Heading("commands");
            Rows(command.Subcommands.Select(sub => (sub.Name, Described($"command.{name} {sub.Name}", sub.Description))));
        }

        var options = path.SkipLast(1).Append(root).SelectMany(parent => parent.Options.Where(option => option.Recursive))
            .Concat(command.Options).Where(option => !option.Hidden && !Asking.Contains(option.Name) && option.Name != "--version")
            .DistinctBy(option => option.Name).Where(option => OptionGroups.Concerns(command, option)).ToList();
        var hidden = options.Count(option => OptionGroups.IsAdvanced(name, option));
        foreach (var group in Enum.GetValues<OptionGroup>())
        {
            var rows = new List<(string, string)>();
            if (group == OptionGroup.Input)
                rows.AddRange(command.Arguments.Select(argument =>
                    ($"<{argument.Name}>", texts.Option(name, argument.Name) ?? argument.Description ?? "")));
            rows.AddRange(options.Where(option => OptionGroups.Of(name, option) == group && (all || !OptionGroups.IsAdvanced(name, option)))
                .OrderByDescending(option => option.Required).ThenBy(option => option.Recursive)
                .Select(option => (Written(option), (option.Required ? texts["required"] + " " : "")
                    + Says(name, option))));
            if (rows.Count == 0) continue;
            Heading("group." + group.ToString().ToLowerInvariant());
            Rows(rows);
        }

        output.WriteLine();
        Lines(hidden > 0 && !all ? texts["more.hidden"].Replace("{count}", $"{hidden}", StringComparison.Ordinal) : texts["more.command"]);
    }

    private string Described(string key, string? otherwise) =>
        screen.HelpLanguage == Language.Swedish ? texts.Find(key) ?? otherwise ?? "" : otherwise ?? "";

    private void WriteExamples(string command)
    {
        var examples = Example.Of(command).ToList();
        if (examples.Count == 0) return;
        Heading("examples");
        string? before = null;
        foreach (var example in examples)
        {
            // Calls that answer one question together stand under it.
            var question = screen.HelpLanguage == Language.Swedish ? example.Swedish : example.English;
            if (question != before) Lines("# " + question, 2);
            before = question;
            // A call that is too long is broken as a shell takes it back.
            // An option and its value stay together.
            var lines = TextLayout.Wrap(TogetherWithValue().Replace(example.Call, "$1\u00A0$2"), screen.Width - 8);
            for (var i = 0; i < lines.Count; i++)
            {
                var (indent, more) = (i == 0 ? "  " : "      ", OperatingSystem.IsWindows() ? " `" : " \\");
                output.WriteLine($"{indent}{lines[i].Replace('\u00A0', ' ')}{(i == lines.Count - 1 ? "" : more)}");
            }
        }
    }

    // What an option says, with the value that stands where it is not given.
    private string Says(string command, Option option)
    {
        var says = texts.Option(command, option.Name) ?? option.Description ?? "";
        if (!option.HasDefaultValue || option.ValueType == typeof(bool)) return says;
        var value = option.GetDefaultValue() switch
        {
            null or System.Collections.IEnumerable and not string => "",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            var other => $"{other}",
        };
        if (option.ValueType.IsEnum) value = value.ToLowerInvariant();
        return value.Length == 0 || Default().IsMatch(says) ? says
            : $"{says} {texts["measure.default"].Replace("{value}", value, StringComparison.Ordinal)}";
    }

    // --unit <unit>, --format <table|json>; a switch stands alone.
    private static string Written(Option option)
    {
        var names = string.Join(", ", option.Aliases
            .Where(alias => alias != option.Name).Append(option.Name).OrderBy(alias => alias.Length));
        if (option.ValueType == typeof(bool)) return names;
        return option.HelpName is { } words ? $"{names} <{words}>" : $"{names} <{option.Name.TrimStart('-')}>";
    }

    [GeneratedRegex("(--[a-z-]+) (?!--)([^ ]+)")]
    private static partial Regex TogetherWithValue();

    [GeneratedRegex("default|förval|without it|utan den|annars", RegexOptions.IgnoreCase)]
    private static partial Regex Default();

    private void Heading(string key)
    {
        output.WriteLine();
        output.WriteLine($"{texts[key]}:");
    }

    private void Lines(string text, int indent = 0)
    {
        foreach (var line in TextLayout.Wrap(text, screen.Width - indent)) output.WriteLine(new string(' ', indent) + line);
    }

    private void Rows(IEnumerable<(string Name, string Says)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        var names = Math.Min(all.Max(row => row.Name.Length), Math.Min(MostNameWidth, screen.Width / 3));
        foreach (var (name, says) in all)
        {
            var lines = TextLayout.Wrap(says, screen.Width - names - 4);
            var first = $"  {name.PadRight(names)}  ";
            // A name that is too long has a line of its own, so that the texts stand under one another.
            if (name.Length > names)
            {
                output.WriteLine($"  {name}");
                first = new string(' ', names + 4);
            }

            for (var i = 0; i < lines.Count; i++) output.WriteLine(((i == 0 ? first : new string(' ', names + 4)) + lines[i]).TrimEnd());
        }
    }
}

/// <summary>The commands by what they are for, as the list of them shows them.</summary>
internal static class CommandGroups
{
    private static readonly (string Group, string[] Commands)[] Groups =
    [
        ("commands.load", ["check", "convert", "fetch", "schema", "roles", "load", "synth"]),
        ("commands.measure", ["poverty", "inequality", "segregation", "swedish", "indicators", "whatif", "measures"]),
        ("commands.areas", ["typology", "smallarea", "pool", "calibrate", "gradient", "standardise", "unions", "variance", "forecast",
            "panel", "regress", "effect"]),
        ("commands.report", ["report", "profile", "chart", "release", "reproduce"]),
    ];

    /// <summary>The groups with those of these commands that stand in them; the rest last.</summary>
    public static IEnumerable<(string Group, IReadOnlyList<string> Commands)> Of(IEnumerable<string> commands)
    {
        string[] all = [.. commands];
        foreach (var (group, names) in Groups) yield return (group, [.. names.Where(all.Contains)]);
        yield return ("commands.tools", [.. all.Where(name => !Groups.Any(group => group.Commands.Contains(name)))]);
    }
}

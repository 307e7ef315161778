using System.Text;

namespace Analys.Notebooks.Engine;

/// <summary>A line that speaks to the engine and not to a language. The same record serves the parser, completion and help.</summary>
/// <param name="Name">As it is written: <c>#!share</c>, <c>#r</c>.</param>
/// <param name="Usage">What may follow the name.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Options">The options that it takes, with their two dashes.</param>
/// <param name="RunAsync">What happens; null where a language sees to the line itself.</param>
internal sealed record Directive(
    string Name, string Usage, string Summary, IReadOnlyList<string> Options, Func<DirectiveCall, Task>? RunAsync);

/// <summary>A directive as it stands in a cell.</summary>
/// <param name="Line">The line with its words.</param>
/// <param name="Language">The language in force where it stands.</param>
/// <param name="Context">The run of the cell.</param>
internal sealed record DirectiveCall(DirectiveLine Line, CellLanguage Language, CellContext Context)
{
    public NotebookSession Session => Context.Session;
}

/// <summary>A line that begins with <c>#!</c>, taken apart.</summary>
/// <param name="Name">The first word, <c>#!</c> included.</param>
/// <param name="Words">The words that belong to no option; quotes keep words together.</param>
/// <param name="Options">The words after each <c>--option</c>.</param>
/// <param name="Number">The line of the cell, from 1.</param>
internal sealed record DirectiveLine(string Name, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options, int Number)
{
    /// <summary>Whether a line of a cell is for the engine: <c>#!</c> in the first column and a letter after it.</summary>
    public static bool Is(string line) => line.Length > 2 && line.StartsWith("#!", StringComparison.Ordinal) && char.IsAsciiLetter(line[2]);

    public static DirectiveLine Parse(string line, int number)
    {
        var words = Split(line);
        var free = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal)) free.Add(words[i]);
            else if (i + 1 == words.Count) throw CellException.Directive($"{words[0]}: {words[i]} needs a value.", number);
            else if (!options.TryAdd(words[i], words[++i]))
                throw CellException.Directive($"{words[0]}: {words[i - 1]} stands twice.", number);
        }
        return new DirectiveLine(words[0], free, options, number);
    }

    /// <summary>Complains of options that the directive does not have: a misspelt one must not be passed over.</summary>
    public void Allow(IReadOnlyList<string> known)
    {
        foreach (var option in Options.Keys.Except(known))
            throw CellException.Directive(
                $"{Name} has no option {option}{(known.Count > 0 ? $"; it has {string.Join(", ", known)}" : "")}.", Number);
    }

    public string Option(string name) => Options.GetValueOrDefault(name) ?? throw CellException.Directive($"{Name} needs {name}.", Number);

    private static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var any = false;
        foreach (var letter in line.TrimEnd())
        {
            if (letter == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (char.IsWhiteSpace(letter) && !quoted)
            {
                if (any) words.Add(word.ToString());
                word.Clear();
                any = false;
            }
            else
            {
                word.Append(letter);
                any = true;
            }
        }
        if (any) words.Add(word.ToString());
        return words;
    }
}

/// <summary>All directives. The parser, completion, <c>#!lsmagic</c> and the linter read this one table.</summary>
internal static class DirectiveTable
{
    public static IReadOnlyList<Directive> All { get; } =
    [
        new("#r", "\"x.dll\" | \"nuget: Id, Version\" | \"nuget: Id\"",
            "Refers to an assembly, to a package in one exact version, or to one that the command brings with it.", [], null),
        new("#load", "\"x.csx\"", "Runs a file of C# as a part of the notebook.", [], null),
        new("#!connect", "sqlite --kernel-name NAME \"Data Source=…\"", "Opens a database; #!sql-NAME then queries it.", ["--kernel-name"],
            ConnectDirective.RunAsync),
        new("#!table", "NAME [VARIABLE] [--from LANGUAGE]", "Lays a variable's table into the database of #!sql under a name.", ["--from"],
            ShareDirective.TableAsync),
        new("#!share", "--from LANGUAGE VARIABLE [--as NAME]", "Gives the cell's language a variable of another language.",
            ["--from", "--as"], ShareDirective.RunAsync),
        new("#!set", "--name NAME --value TEXT | @LANGUAGE:VARIABLE | @input:PROMPT", "Sets a variable of the cell's language.",
            ["--name", "--value"], SetDirective.RunAsync),
        new("#!import", "FILE", "Runs a file: C#, F#, SQL, Markdown, HTML or another notebook.", [], ImportDirective.RunAsync),
        new("#!time", "", "Tells how long the cell took.", [], TimeDirective.RunAsync),
        new("#!who", "", "Names the variables of the cell's language.", [], WhoDirective.NamesAsync),
        new("#!whos", "", "Names the variables of the cell's language with type and value.", [], WhoDirective.DetailsAsync),
        new("#!secure", "", "Lets confidential data be shown to the end of the session; every output is marked.", [],
            SecureDirective.RunAsync),
        new("#!lsmagic", "", "Lists the languages and the directives.", [], ListDirective.RunAsync),
    ];

    public static Directive? Find(string name) => All.FirstOrDefault(directive => directive.Name == name);
}

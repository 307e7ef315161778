using System.CommandLine;

namespace Analys.Cli.Options;

/// <summary>The options that say how a call is read, the same for every command: language, width, progress. What they ask for is known
/// before the call is parsed (<see cref="Screen"/>), since help and errors need it too.</summary>
internal static class FrameOptions
{
    /// <summary>Adds to the root those that the command which a call names has no option of its own for.</summary>
    public static void AddTo(Command root, Command? named)
    {
        foreach (var option in All())
        {
            if (named is null || !Has(named, option.Name)) root.Add(option);
            else if (option.Name == "--language") AddBelow(named);
        }
    }

    // Where a command has a language of its own, those below it that have none get the general one.
    private static void AddBelow(Command command)
    {
        foreach (var sub in command.Subcommands)
        {
            if (!Has(sub, "--language")) sub.Add(All().First());
            else AddBelow(sub);
        }
    }

    /// <summary>Adds the explanation of measures to a command that prints results.</summary>
    public static void AddExplain(Command command)
    {
        if (!command.Options.Any(option => option.Name == "--explain"))
            command.Add(new Option<bool>("--explain") { Description = "In a table: what each measure means, in a sentence" });
    }

    private static IEnumerable<Option> All()
    {
        var language = new Option<string?>("--language")
        {
            Description = "sv or en, of help and tables; without it the system's language on a terminal",
            HelpName = "en|sv",
            Recursive = true,
        };
        language.AcceptOnlyFromAmong("sv", "en");
        yield return language;
        yield return new Option<bool>("--wide") { Description = "Show every column and row of a table, however wide", Recursive = true };
        yield return new Option<int?>("--width")
        {
            Description = $"How many characters a line may have, at least {Screen.Narrowest}; the terminal's own, and {Screen.PipedWidth} "
                + "where output is piped",
            Recursive = true,
            HelpName = "N",
        };
        yield return new Option<bool>("--quiet") { Description = "No word of how far the work has come", Recursive = true };
    }

    private static bool Has(Command command, string name) =>
        command.Options.Any(option => option.Name == name) || command.Subcommands.Any(sub => Has(sub, name));
}

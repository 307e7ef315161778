using System.Globalization;
using Analys.Cli.Messages;

namespace Analys.Cli;

/// <summary>What a call is read on: a terminal or a pipe, how wide, in which language, with which decimal sign.</summary>
/// <remarks>What is piped is stable: it depends on the call alone, never on the machine's language or the window's width.</remarks>
internal sealed record Screen
{
    /// <summary>The width of piped tables and help where the call asks for none.</summary>
    public const int PipedWidth = 100;

    /// <summary>Text columns narrower than this cannot be read.</summary>
    public const int Narrowest = 40;

    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>Whether somebody looks at it as it comes.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether messages go to a terminal; null where they go nowhere that anybody reads while the call runs.</summary>
    public bool? ErrorsAreTerminal { get; init; }

    /// <summary>How many characters a line may have.</summary>
    public int Width { get; init; } = PipedWidth;

    /// <summary>Whether everything is wanted, however wide.</summary>
    public bool Wide { get; init; }

    /// <summary>Whether progress is not wanted.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether each measure is wanted in a sentence.</summary>
    public bool Explain { get; init; }

    /// <summary>The language of help.</summary>
    public Language HelpLanguage { get; init; } = Language.English;

    /// <summary>The language of refusals, findings and notices.</summary>
    public Language MessageLanguage { get; init; } = Language.English;

    /// <summary>The language of tables.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>The decimal sign of tables.</summary>
    public string DecimalSign { get; init; } = ".";

    /// <summary>The screen of a call.</summary>
    /// <param name="args">The call.</param>
    /// <param name="output">Where it writes to.</param>
    /// <param name="errors">Where its messages go.</param>
    public static Screen Of(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        // Tests and callers in the same process give writers of their own: those are pipes.
        if (errors is SwedishWriter swedish) errors = swedish.Inner;
        var program = ReferenceEquals(errors, Console.Error);
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var asked = Value(args, "--language") switch { "sv" => Language.Swedish, "en" => Language.English, _ => (Language?)null };
        var width = int.TryParse(Value(args, "--width"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? Math.Max(given, Narrowest) : terminal ? TerminalWidth() : PipedWidth;
        return new Screen
        {
            IsTerminal = terminal,
            ErrorsAreTerminal = program ? !Console.IsErrorRedirected : null,
            Width = width,
            Wide = args.Contains("--wide"),
            Quiet = args.Contains("--quiet"),
            Explain = args.Contains("--explain"),
            HelpLanguage = asked ?? SystemLanguage(),
            MessageLanguage = asked ?? (program ? SystemLanguage() : Language.English),
            Language = asked ?? (terminal ? SystemLanguage() : Language.English),
            DecimalSign = terminal ? CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator : ".",
        };
    }

    /// <summary>The value of an option as the call has it, before it is parsed: help and errors need it too.</summary>
    public static string? Value(IReadOnlyList<string> args, string option)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == option && i + 1 < args.Count) return args[i + 1];
            if (args[i].StartsWith(option + "=", StringComparison.Ordinal)) return args[i][(option.Length + 1)..];
        }

        return null;
    }

    /// <summary>The system's language: the first of the usual variables that is set, else that of the user interface.</summary>
    private static Language SystemLanguage()
    {
        var name = Variables.Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? CultureInfo.CurrentUICulture.Name;
        return name.StartsWith("sv", StringComparison.OrdinalIgnoreCase) ? Language.Swedish : Language.English;
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? Math.Max(width, Narrowest) : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}

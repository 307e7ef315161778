using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Analys.Cli;

/// <summary>What is wrong with a call, in words for its writer: the parser's own would name types of the program.</summary>
internal static partial class CallErrors
{
    public static string Message(ParseError error)
    {
        if (!error.Message.StartsWith("Cannot parse", StringComparison.Ordinal)) return Address().Replace(error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal), "$1:...");
        return Option(error.SymbolResult) is { } option ? $"{option.Name} is {Wanted(option)}." : "An argument of the call is not of the right kind.";
    }

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
}

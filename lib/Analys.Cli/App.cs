using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Analys.Cli.Commands.Load;
using Analys.Cli.Commands.Measure;
using Analys.Cli.Commands.Report;
using Analys.Cli.Commands.Tools;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Load;
using Analys.Load.Cubes;
using Analys.Load.Schema;
using Analys.Load.Undescribed;
using Analys.Measure;
using Analys.Measure.Segregation;

namespace Analys.Cli;

/// <summary>The command <c>analys</c>: parses the call, runs it, and turns every failure into an exit code and a message without
/// data.</summary>
internal static class App
{
    public static async Task<int> RunAsync(string[] args, Stream bytes, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var terminal = new Terminal(bytes, output, errors, args);
        // A file called - is what comes in.
        var parsed = Root(terminal).Parse([.. args.Select(arg => arg == "-" && File.Exists("/dev/stdin") ? "/dev/stdin" : arg)]);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await errors.WriteLineAsync($"analys: {CallErrors.Message(error)}");
            await errors.WriteLineAsync("analys: see --help");
            return ExitCode.CallIsWrong;
        }

        terminal.Parsed = parsed;
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output,
                Error = errors }, cancel);
        }
        catch (ExtractRejectedException e)
        {
            terminal.Findings(e.Findings);
            return ExitCode.Of(e.Findings);
        }
        catch (Exception e) when (e is SchemaException or GeometryException or CellException or CountException or PxWebException or TableModelException)
        {
            return await Say(e.Message, ExitCode.DataIsWrong);
        }
        catch (ReleaseRefusedException e)
        {
            return await Say(e.Message, ExitCode.ReleaseRefused);
        }
        catch (Exception e)
        when (e is ColumnNotFoundException or SheetNotFoundException or SchemaNotFoundException or PolicyException or CallException
            or ParameterException or MeasureOptionException or NotPushedException or SourceException or LedgerException)
        {
            return await Say(e.Message, ExitCode.CallIsWrong);
        }
        catch (Exception e)
        when (e is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
        {
            return await Say("a file or folder of the call cannot be read or written.", ExitCode.CallIsWrong);
        }
        catch (InvalidDataException e)
        {
            // Of a notebook that is none; the message speaks of its form.
            return await Say(e.Message, ExitCode.DataIsWrong);
        }
        catch (OperationCanceledException)
        {
            return await Say("stopped", ExitCode.Cancelled);
        }
#pragma warning disable CA1031 // The last line of defence: the message of an unforeseen exception may hold data, so only its type is shown.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (Environment.GetEnvironmentVariable("ANALYS_TRACE") == "1") await errors.WriteLineAsync(e.StackTrace);
            return await Say($"an unforeseen error ({e.GetType().Name}); set ANALYS_TRACE=1 to see where", ExitCode.DataIsWrong);
        }

        async Task<int> Say(string message, int code)
        {
            await errors.WriteLineAsync($"analys: {message}");
            return code;
        }
    }

    // A plain command, since a root command takes its name from the assembly: usage lines should say analys.
    private static Command Root(Terminal terminal) =>
        new("analys", "Child poverty and segregation in Stockholm: reports, checks and measures.")
    {
        new HelpOption(),
        new VersionOption(),
        CommonOptions.Where(),
        CommonOptions.Period(),
        CommonOptions.Encoding(),
        CommonOptions.HeaderRows(),
        ReportCommand.Create(terminal),
        CheckCommand.Create(terminal),
        ConvertCommand.Create(terminal),
        FetchCommand.Create(terminal),
        SchemaCommand.Create(terminal),
        SegregationCommand.Create(terminal),
        SynthCommand.Create(terminal),
        SwedishCommand.Create(terminal),
        WhatIfCommand.Create(terminal),
        PovertyCommand.Create(terminal),
        PovertyCommand.CreateInequality(terminal),
        LoadCommand.Create(terminal),
        IndicatorsCommand.Create(terminal),
        ReleaseCommand.Create(terminal),
        MeasuresCommand.Create(terminal),
        ReproduceCommand.Create(terminal),
        NotebookCommand.Create(terminal),
        KernelCommand.Create(terminal),
    };
}

/// <summary>What is wrong with a call, in words for its writer: the parser's own would name types of the program.</summary>
internal static partial class CallErrors
{
    public static string Message(ParseError error)
    {
        if (!error.Message.StartsWith("Cannot parse", StringComparison.Ordinal))
            return Address().Replace(error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal), "$1:...");
        return Option(error.SymbolResult) is { } option ? $"{option.Name} is {Wanted(option)}."
            : "An argument of the call is not of the right kind.";
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

/// <summary>How the command ended.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int DataIsWrong = 1;
    public const int CallIsWrong = 2;
    public const int ReleaseRefused = 3;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>A file that is not there or cannot be opened is a wrong call; anything else that is found is wrong data.</summary>
    public static int Of(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? Done : findings.Any(finding => finding.Code == FindingCodes.File) ? CallIsWrong : DataIsWrong;
}

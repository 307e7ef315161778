using System.CommandLine;
using System.CommandLine.Help;
using Analys.Cli.Commands;
using Analys.Database.Pushed;
using Analys.Database.Sql;
using Analys.Disclosure;
using Analys.Load;
using Analys.Load.Parameters;
using Analys.Load.PxWeb;
using Analys.Measure.Segregation;

namespace Analys.Cli;

/// <summary>The command <c>analys</c>: parses the call, runs it, and turns every failure into an exit code and a message without data.</summary>
internal static class App
{
    public static async Task<int> RunAsync(string[] args, Stream bytes, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var terminal = new Terminal(bytes, output, errors, args);
        var parsed = Root(terminal).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await errors.WriteLineAsync($"analys: {CallErrors.Message(error)}");
            await errors.WriteLineAsync("analys: see --help");
            return ExitCode.CallIsWrong;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors }, cancel);
        }
        catch (ExtractRejectedException e)
        {
            terminal.Findings(e.Findings);
            return ExitCode.Of(e.Findings);
        }
        catch (Exception e) when (e is SchemaException or CellException or CountException or PxWebException or TableModelException)
        {
            return await Say(e.Message, ExitCode.DataIsWrong);
        }
        catch (ReleaseRefusedException e)
        {
            return await Say(e.Message, ExitCode.ReleaseRefused);
        }
        catch (Exception e) when (e is ColumnNotFoundException or SheetNotFoundException or SchemaNotFoundException or PolicyException or CallException or ParameterException or MeasureOptionException or NotPushedException or SourceException or LedgerException)
        {
            return await Say(e.Message, ExitCode.CallIsWrong);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
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
    private static Command Root(Terminal terminal) => new("analys", "Child poverty and segregation in Stockholm: reports, checks and measures.")
    {
        new HelpOption(),
        new VersionOption(),
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

/// <summary>The call is wrong; the message says how.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class CallException(string message) : Exception(message);

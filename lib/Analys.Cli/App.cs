using System.CommandLine;
using Analys.Cli.Completion;
using Analys.Cli.Errors;
using Analys.Cli.Help;
using Analys.Cli.Messages;
using Analys.Load;

namespace Analys.Cli;

/// <summary>The command <c>analys</c>: parses the call, runs it, and turns every failure into an exit code and a message without
/// data.</summary>
internal static class App
{
    /// <summary>Runs a call; one that disclosure control refuses is answered with what would pass, or coarsened where that is asked
    /// for.</summary>
    public static async Task<int> RunAsync(string[] args, Stream bytes, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        // Shells ask what may follow on every press of a key: nothing else is done then.
        if (args is [CompletionScripts.Call, var shell, var typed])
        {
            CompletionScripts.Answer(shell, typed, output);
            return ExitCode.Done;
        }

        if (Screen.Of(args, output, errors).MessageLanguage == Language.Swedish) errors = new SwedishWriter(errors);
        using var pipes = Pipes.Of(args);
        args = pipes.Args;
        if (args.Contains(Remedies.Coarsen))
            return await new Remedies([.. args.Where(arg => arg != Remedies.Coarsen)], cancel).Take(bytes, output, errors);
        var terminal = new Terminal(bytes, output, errors, args);
        var code = await RunOnceAsync(args, terminal, cancel);
        // Refused, or more withheld than shown: what would pass is said.
        var half = code == ExitCode.Done && terminal.Told is { All: > 0 } told && 2 * told.Shown < told.All;
        if (code != ExitCode.ReleaseRefused && !half) return code;
        var remedies = new Remedies(args, cancel) { Refusal = terminal.Refusal };
        foreach (var line in Remedies.Lines(await remedies.Find(half ? terminal.Told : null), refused: !half))
            await errors.WriteLineAsync($"analys: {line}");
        return code;
    }

    /// <summary>Runs a call as it stands.</summary>
    public static async Task<int> RunOnceAsync(string[] args, Terminal terminal, CancellationToken cancel)
    {
        var (output, errors) = (terminal.Output, terminal.Errors);
        try
        {
            var root = CommandList.Root(terminal, args);
            if (HelpPage.IsAsked(args) || args.Length == 0)
            {
                HelpPage.Write(root, args, args.Length == 0 ? errors : output, terminal.Screen);
                return args.Length == 0 ? ExitCode.CallIsWrong : ExitCode.Done;
            }

            var parsed = root.Parse(args);
            var wrong = CallErrors.Of(parsed, root, args, terminal.Screen.MessageLanguage);
            if (wrong.Count > 0)
            {
                foreach (var line in wrong) await errors.WriteLineAsync($"analys: {line}");
                return ExitCode.CallIsWrong;
            }

            terminal.Parsed = parsed;
            using var progress = Progress.Start(terminal);
            terminal.Progress = progress;
            terminal.OutFile = ResultFileOption.Of(parsed);
            // What cannot be written is said before it is computed.
            var forms = parsed.CommandResult.Command.Options.OfType<Option<OutputFormat>>();
            if (terminal.OutFile is not null && forms.FirstOrDefault() is { } form)
                terminal.Form(parsed.GetValue(form));
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = errors
            }, cancel);
            terminal.Commit();
            return await Unread(code);
        }
        catch (ExtractRejectedException e)
        {
            terminal.Findings(e.Findings);
            return await Unread(ExitCode.Of(e.Findings));
        }
        catch (Exception e) when (Failures.Of(e, args) is { } known)
        {
            terminal.Refusal = e as ReleaseRefusedException;
            return await Say(known.Message, known.Code);
        }
        catch (FileNotFoundException e)
        {
            foreach (var hint in Slips.MissingFiles(args)) await errors.WriteLineAsync($"analys: {hint}");
            return await Say(e.FileName is null ? e.Message : $"There is no file {Path.GetFileName(e.FileName)}.", ExitCode.CallIsWrong);
        }
#pragma warning disable CA1031 // The last line of defence: the message of an unforeseen exception may hold data, so only its type is shown.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (Environment.GetEnvironmentVariable("ANALYS_TRACE") == "1") await errors.WriteLineAsync(e.StackTrace);
            var where = terminal.IsTrial ? null : FaultReport.Write(e, args);
            return await Say($"an unforeseen error ({e.GetType().Name})" + (where is null ? "; set ANALYS_TRACE=1 to see where"
                : $". What is needed to mend it, and no value of the data, stands in {where}"), ExitCode.DataIsWrong);
        }

        // A file that cannot be opened: the machine forbids it, or another was meant.
        async Task<int> Unread(int code)
        {
            if (code != ExitCode.CallIsWrong) return code;
            if (MachineFault.Unreadable(args) is { } unreadable) return await Say(unreadable, ExitCode.MachineFailed);
            foreach (var hint in Slips.MissingFiles(args)) await errors.WriteLineAsync($"analys: {hint}");
            return code;
        }

        async Task<int> Say(string message, int code)
        {
            await errors.WriteLineAsync($"analys: {message}");
            return code;
        }
    }
}

/// <summary>How the command ended.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int DataIsWrong = 1;
    public const int CallIsWrong = 2;
    public const int ReleaseRefused = 3;

    /// <summary>The machine failed: the disk is full, or rights are missing.</summary>
    public const int MachineFailed = 4;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>A file that is not there or cannot be opened is a wrong call; anything else that is found is wrong data.</summary>
    public static int Of(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? Done : findings.Any(finding => finding.Code == FindingCodes.File) ? CallIsWrong : DataIsWrong;
}

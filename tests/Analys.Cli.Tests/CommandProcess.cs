using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Analys.Cli.Tests;

/// <summary>The command as a program of its own, with an environment of its own: what it printed and how it ended.</summary>
internal sealed partial class CommandProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    public CommandProcess(IReadOnlyList<string> call, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell may have its children ignore Ctrl-C: the program is to have it as at a terminal.
        var program = Path.Combine(AppContext.BaseDirectory, "Analys.Cli.dll");
        var start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", program, .. call])
            : new ProcessStartInfo("dotnet", [program, .. call]);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Path.GetTempPath());
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        process = Process.Start(start)!;
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public static CommandRun Run(IReadOnlyList<string> call, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var running = new CommandProcess(call, environment);
        return running.End();
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public CommandRun End()
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(90))) throw new TimeoutException("The command did not end.");
        return new CommandRun(process.ExitCode, output.Result, ProgressLine().Replace(errors.Result, ""));
    }

    // How far a call has come is told by the clock: on a loaded machine there are lines that a test must not count.
    [GeneratedRegex(@"^analys: .*, \d+ s(, about \d+ s left)?\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ProgressLine();

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}

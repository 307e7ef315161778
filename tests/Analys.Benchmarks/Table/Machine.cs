using System.Diagnostics;
using System.Globalization;
using Analys.Tests;

namespace Analys.Benchmarks.Table;

/// <summary>What one run took.</summary>
/// <param name="Clock">Seconds by the clock.</param>
/// <param name="Processor">Seconds of processor, of all threads together.</param>
/// <param name="Memory">The most bytes that were resident.</param>
internal readonly record struct Measured(double Clock, double Processor, long Memory);

/// <summary>Runs the command and the peers, and says what the machine is.</summary>
internal static class Machine
{
    /// <summary>The command once, in a process of its own.</summary>
    /// <exception cref="InvalidOperationException">It did not do what it was asked for: a refusal is not a time.</exception>
    public static Measured Run(string[] call)
    {
        var before = Children();
        var watch = Stopwatch.StartNew();
        using var process = Start("dotnet", [Repository.At("artifacts", "bin", "Analys.Cli", "release", "Analys.Cli.dll"), .. call]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        long memory = 0;
        while (!process.WaitForExit(5)) memory = Math.Max(memory, Peak(process.Id));
        var clock = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', call)} ended with {process.ExitCode}: {error.Result}{output.Result}");
        return new(clock, Children() - before, memory);
    }

    /// <summary>The median of three of the peer's own clock; null where R or a package is not there. Minutes are measured once.</summary>
    public static double? Peer(string script)
    {
        var times = new List<double>();
        for (var run = 0; run < 3 && times.All(seconds => seconds < 60); run++)
        {
            try
            {
                using var process = Start("Rscript", ["-e", script]);
                var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
                process.WaitForExit();
                _ = error.Result;
                if (process.ExitCode != 0 || !double.TryParse(output.Result, CultureInfo.InvariantCulture, out var seconds)) return null;
                times.Add(seconds);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return null;
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    /// <summary>The processor's name.</summary>
    public static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim()
        : "unknown processor";

    /// <summary>How many wanted the processor in the last minute.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    // Seconds of processor of children that have ended, as Linux tells of its own: user and system, in hundredths.
    internal static double Children()
    {
        if (!OperatingSystem.IsLinux()) return double.NaN;
        var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static long Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd("kB ").ToString(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

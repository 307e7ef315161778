using System.Diagnostics;
using System.Globalization;
using Analys.Tests;

namespace Analys.Benchmarks;

/// <summary>The shipped report as a program of its own, start-up included. Budget: 1.5 s; the page at most 600 000 bytes, its script at most
/// 20 000.</summary>
internal static class ReportBenchmarks
{
    private const int Times = 7;
    private const double Budget = 1.5;
    private const int MostPage = 600_000, MostScript = 20_000;

    /// <summary>Runs the command several times in both languages and prints the fastest and the middle time, and the sizes.</summary>
    /// <param name="output">Where to print.</param>
    public static void Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("analys-report-").FullName;
        try
        {
            output.WriteLine("language  fastest  middle  budget  page bytes  script bytes");
            foreach (var language in (string[])["sv", "en"])
            {
                var times = Enumerable.Range(0, Times).Select(_ => Time(language, folder)).Order().ToList();
                var page = File.ReadAllText(Path.Combine(folder, language == "en" ? "report.html" : "rapport.html"));
                var size = System.Text.Encoding.UTF8.GetByteCount(page);
                var script = new FileInfo(Repository.At("lib", "Analys.Report", "Page", "page.js")).Length;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{language,-8}  {times[0],5:0.00} s {times[Times / 2],5:0.00} s {Budget,5:0.0} s  {size,10}  {script,12}"
                        + $"{(times[0] > Budget ? "  slower than the budget" : "")}{(size > MostPage || script > MostScript ? "  too large" : "")}"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Time(string language, string folder)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Repository.At("artifacts", "bin", "Analys.Cli", "release", "Analys.Cli.dll"), "report", "--language", language, "--out", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"analys report ended with {process.ExitCode}.");
    }
}

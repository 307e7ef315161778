using System.Diagnostics;
using System.Globalization;
using Analys.Benchmarks.Table;
using Analys.Tests;

namespace Analys.Benchmarks;

/// <summary>The shipped report as a program of its own, start-up included. Budget: 1.5 s; the page at most 600 000 bytes, its script at
/// most 20 000.</summary>
internal static class ReportBenchmarks
{
    private const int Times = 7;
    private const double Budget = 1.5;
    private const int MostPage = 600_000, MostScript = 20_000;

    /// <summary>Runs the command several times in both languages, of each build that is there, and prints the fastest and the middle time,
    /// the fewest seconds of processor, and the sizes.</summary>
    /// <param name="output">Where to print.</param>
    public static void Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("analys-report-").FullName;
        try
        {
            output.WriteLine("build    language  fastest  middle  processor  budget  page bytes  script bytes");
            // dotnet run builds Debug, which is what a newcomer meets; an installed tool is Release.
            foreach (var (build, language) in Builds.SelectMany(build => ((string[])["sv", "en"]).Select(language => (build, language))))
            {
                var runs = Enumerable.Range(0, Times).Select(_ => Time(build, language, folder)).OrderBy(run => run.Clock).ToList();
                var times = runs.ConvertAll(run => run.Clock);
                var page = File.ReadAllText(Path.Combine(folder, language == "en" ? "report.html" : "rapport.html"));
                var size = System.Text.Encoding.UTF8.GetByteCount(page);
                var script = new FileInfo(Repository.At("lib", "Analys.Report", "Page", "page.js")).Length;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{build,-7}  {language,-8}  {times[0],5:0.00} s {times[Times / 2],5:0.00} s {runs.Min(run => run.Processor),7:0.00} s "
                    + $"{Budget,5:0.0} s  {size,10}  {script,12}")
                    + (times[0] > Budget ? "  slower than the budget" : "")
                    + (size > MostPage || script > MostScript ? "  too large" : ""));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Builds => ((string[])["debug", "release"]).Where(build => File.Exists(Program(build)));

    private static string Program(string build) => Repository.At("artifacts", "bin", "Analys.Cli", build, "Analys.Cli.dll");

    private static (double Clock, double Processor) Time(string build, string language, string folder)
    {
        var before = Machine.Children();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Program(build), "report", "--language", language, "--out",
                folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? (clock.Elapsed.TotalSeconds, Machine.Children() - before)
            : throw new InvalidOperationException($"analys report ended with {process.ExitCode}.");
    }
}

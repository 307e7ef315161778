using System.Diagnostics;
using System.Globalization;
using Analys.Notebooks.Engine;

namespace Analys.Benchmarks;

/// <summary>A long session of a notebook, and a large extract as a data frame. Budgets: a warm cell 30 ms, 320 MB after 600 cells, five
/// million rows of five columns in five seconds.</summary>
internal static class NotebookBenchmarks
{
    private const int Cells = 600, Every = 60;
    private const int Rows = 5_000_000;
    private const double Mega = 1024 * 1024;

    /// <summary>Runs cells of an analyst one after the other, each with a variable that a later one reads, and copies a frame.</summary>
    /// <param name="output">Where to print.</param>
    public static void Run(TextWriter output)
    {
        output.WriteLine("cells    median ms  longest ms  processor ms  memory MB");
        using var session = new NotebookSession();
        for (var from = 0; from < Cells; from += Every)
        {
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            double[] times = [.. Enumerable.Range(from, Every).Select(cell => Time(session, cell)).Order()];
            using var process = Process.GetCurrentProcess();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{from + 1,3}–{from + Every,-3}  {times[Every / 2],10:0.0}  {times[^1],10:0.0}  "
                + $"{(process.TotalProcessorTime - processor).TotalMilliseconds / Every,12:0.0}  {process.WorkingSet64 / Mega,9:0}"));
        }

        var extract = Extract.FromPublished(Enumerable.Range(0, Rows).Select(i =>
            new Line($"area {i % 200}", i % 90, i, i * 0.5, i % 3 == 0 ? "yes" : "no")), "made up");
        var clock = Stopwatch.StartNew();
        var frame = extract.ToDataFrame();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a frame of {frame.Rows.Count} rows and {frame.Columns.Count} columns: {clock.Elapsed.TotalSeconds:0.00} s (5 s)"));
    }

    private static double Time(NotebookSession session, int cell)
    {
        var code = cell == 0 ? "var total0 = Enumerable.Range(0, 10).Select(i => i * i).Sum();\ntotal0"
            : string.Create(CultureInfo.InvariantCulture,
                $"var total{cell} = Enumerable.Range(0, 10).Where(i => i % 2 == {cell % 2}).Select(i => i * {cell}).Sum()"
                + $" + total{cell / 2};\n"
                + $"total{cell}");
        var clock = Stopwatch.StartNew();
        var result = session.ExecuteAsync(code, cell + 1, _ => { }).GetAwaiter().GetResult();
        return result.Error is null ? clock.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"Cell {cell} of the benchmark failed.");
    }

    private sealed record Line(string Area, double Age, double Count, double Income, string Support);
}

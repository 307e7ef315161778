using System.Diagnostics;
using System.Globalization;
using Analys.Load.Schema;

namespace Analys.Benchmarks;

/// <summary>An extract of five columns as a data frame. Budget: 5 s for five million rows.</summary>
internal static class FrameBenchmarks
{
    private const int Times = 5;

    private static readonly TableSchema Schema = TableSchema.Parse(
        """
        {"name":"rader","fields":[{"name":"omrade","type":"string"},{"name":"ar","type":"year"},{"name":"antal","type":"integer"},
          {"name":"andel","type":"number"},{"name":"kommunal","type":"boolean"}],"missingValues":[""],
          "analys":{"confidentiality":"public"}}
        """,
        "rader");

    /// <summary>Writes a made-up file, loads it, and prints how long each copy to a frame took.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="rows">How many rows.</param>
    public static void Run(TextWriter output, int rows)
    {
        var file = Path.Combine(Path.GetTempPath(), $"analys-frames-{Environment.ProcessId}.csv");
        try
        {
            Write(file, rows);
            var extract = Extract.Load(file, Schema);
            output.WriteLine("run  clock     processor  rows");
            for (var run = 1; run <= Times; run++)
            {
                var before = Processor();
                var clock = Stopwatch.StartNew();
                var frame = extract.ToDataFrame();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{run,3}  {clock.Elapsed.TotalSeconds,5:0.00} s  {(Processor() - before).TotalSeconds,7:0.00} s  {frame.Rows.Count}"));
            }

            output.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB, loading included");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TimeSpan Processor() => Process.GetCurrentProcess().TotalProcessorTime;

    // One number in eleven is missing, as in a table of small areas.
    private static void Write(string file, int rows)
    {
        using var writer = new StreamWriter(file);
        writer.Write("omrade,ar,antal,andel,kommunal\n");
        for (var i = 0; i < rows; i++)
        {
            var share = i % 11 == 3 ? "" : string.Create(CultureInfo.InvariantCulture, $"{i % 997 / 997.0:0.0000}");
            writer.Write($"Område {i % 6000},{2000 + (i % 25)},{i % 4001},{share},{(i % 3 == 0 ? "true" : "false")}\n");
        }
    }
}

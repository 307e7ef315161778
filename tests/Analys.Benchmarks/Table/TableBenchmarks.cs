using System.Globalization;
using System.Text;

namespace Analys.Benchmarks.Table;

/// <summary>The table of budgets: each row by the command as a process of its own and, where R with the package is installed, by the peer
/// right after it: <c>dotnet run -c Release --project tests/Analys.Benchmarks -- table [PART OF A ROW'S NAME] [--out FILE.md]
/// [--inputs FOLDER] [--peers all]</c>.</summary>
/// <remarks>
/// Ours is the whole process, start-up included; the peer's is the bare function, its start-up and what it needs before left out. The
/// median of five runs, of three where a run takes more than three seconds, of one beyond thirty; the least of them in brackets, because
/// a busy machine only ever adds. Processor seconds stand beside the clock for the same reason. Peers that take minutes run with
/// <c>--peers all</c>; those, and the ones that no Debian package has, otherwise stand with the day on which they were measured.
/// </remarks>
internal static class TableBenchmarks
{
    private const string Outside = "2026-11-30, outside";

    /// <summary>Runs the rows that the arguments choose.</summary>
    public static void Run(TextWriter output, string[] arguments)
    {
        string? Option(string name) => Array.IndexOf(arguments, name) is >= 0 and var at ? arguments[at + 1] : null;
        var some = arguments.Length > 0 && !arguments[0].StartsWith("--", StringComparison.Ordinal) ? arguments[0] : "";
        var kept = Option("--inputs");
        var folder = kept is null ? Directory.CreateTempSubdirectory("analys-table-").FullName : Directory.CreateDirectory(kept).FullName;
        var table = new StringBuilder();
        void Say(string line)
        {
            output.WriteLine(line);
            output.Flush();
            table.Append(line).Append('\n');
        }

        try
        {
            using var rows = new TableRows(folder);
            Say(string.Create(CultureInfo.InvariantCulture,
                $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Machine.Processor()}, {Environment.ProcessorCount} cores, load {Machine.Load()} before."));
            Say("");
            Say("| work | at most | clock: median (least) | processor | memory | peer | ours / peer | what limits it |");
            Say("| --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach (var row in rows.All().Where(row => row.Work.Contains(some, StringComparison.OrdinalIgnoreCase)))
                Say(Line(row, Option("--peers") == "all"));
            Say("");
            Say($"Load after: {Machine.Load()}.");
        }
        finally
        {
            if (kept is null) Directory.Delete(folder, recursive: true);
        }

        if (Option("--out") is { } file) File.WriteAllText(file, table.ToString());
    }

    private static string Line(TableRow row, bool allPeers)
    {
        if (row.Missing is { } why) return $"| {row.Work} | {Seconds(row.AtMost)} | not run: {why} | | | | | {row.Limit} |";
        foreach (var input in row.Inputs) input.Make();
        var runs = Measured(row);
        var clock = Median(runs.Select(run => run.Clock));
        var here = row.Script is { } script && (allPeers || !row.PeerIsSlow) ? Machine.Peer(script) : null;
        var (peer, told) = here is { } now ? (now, Seconds(now) + " now")
            : row.Peer is { } known ? (known, $"{Seconds(known)} ({Outside})") : (double.NaN, "none");
        return string.Create(CultureInfo.InvariantCulture,
            $"| {row.Work} | {Seconds(row.AtMost)} | {Seconds(clock)} ({Seconds(runs.Min(run => run.Clock))}) | "
                + $"{Seconds(Median(runs.Select(run => run.Processor)))}{(row.HasServer ? " here" : "")} | {runs.Max(run => run.Memory) / 1e6:F0} MB | "
                + $"{row.PeerName} {told} | {(double.IsNaN(peer) ? "–" : (clock / peer).ToString("F2", CultureInfo.InvariantCulture))} | {row.Limit} |");
    }

    private static List<Measured> Measured(TableRow row)
    {
        var runs = new List<Measured> { Machine.Run(row.Call) };
        var wanted = runs[0].Clock switch { > 30 => 1, > 3 => 3, _ => 5 };
        while (runs.Count < wanted) runs.Add(Machine.Run(row.Call));
        return runs;
    }

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static double Median(IEnumerable<double> times) => times.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}

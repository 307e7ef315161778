using System.Diagnostics;
using System.Globalization;
using System.Text;
using Analys.Measure.Inference;
using Analys.Tests;

namespace Analys.Benchmarks;

/// <summary>The table of budgets: each row by the command as a process of its own and, where R with data.table or laeken is installed, by
/// the peer right after it: <c>dotnet run -c Release --project tests/Analys.Benchmarks -- table [PART OF A ROW'S NAME]</c>.</summary>
/// <remarks>
/// Ours is the whole process, start-up included; the peer's is the bare function, its start-up and what it needs before left out. Medians
/// of five. Processor seconds are printed beside the clock: a busy machine stretches the clock alone. Peers that no Debian package has were
/// measured once, outside, on the day that the row says.
/// </remarks>
internal static class TableBenchmarks
{
    private const int Runs = 5;
    private const string Outside = "2026-11-30, outside";

    /// <summary>Runs the rows whose name holds a text.</summary>
    public static void Run(TextWriter output, string some)
    {
        var folder = Directory.CreateTempSubdirectory("analys-table-").FullName;
        try
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} cores, load {Load()} before; {DateTime.UtcNow:yyyy-MM-dd} UTC; medians of {Runs}"));
            output.WriteLine("| work | at most | ours: clock | processor | memory | peer | ours / peer |");
            output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
            foreach (var row in Rows(folder).Where(row => row.Work.Contains(some, StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var input in row.Inputs) input.Make();
                var own = Enumerable.Range(0, Runs).Select(_ => Measured(row.Call)).ToArray();
                var clock = Median(own.Select(run => run.Clock));
                var (peer, told) = row.Script is { } script && Peer(script) is { } here ? (here, Seconds(here) + " now")
                    : row.Peer is { } known ? (known, $"{Seconds(known)} ({Outside})") : (double.NaN, "none");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {row.Work} | {Seconds(row.AtMost)} | {Seconds(clock)} | {Seconds(Median(own.Select(run => run.Processor)))} | "
                        + $"{own.Max(run => run.Memory) / 1e6:F0} MB | {row.PeerName} {told} | "
                        + $"{(double.IsNaN(peer) ? "–" : (clock / peer).ToString("F2", CultureInfo.InvariantCulture))} |"));
                output.Flush();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Row> Rows(string folder)
    {
        var people = new Input(Path.Combine(folder, "people.csv"), path => People(path, 5_000_000));
        var million = new Input(Path.Combine(folder, "million.csv"), path => People(path, 1_000_000));
        var city = new Input(Path.Combine(folder, "city.csv"), path => City(path, 6_000, 10));
        var thousand = new Input(Path.Combine(folder, "thousand.csv"), path => City(path, 1_000, 2));
        var points = new Input(Path.Combine(folder, "points.csv"), path => City(path, 100_000, 4));
        string[] poverty = ["--income", "income", "--weight", "weight", "--household", "household", "--age", "age", "--by", "district",
            "--confidential"];
        string[] Counts(Input input, int groups, params string[] more) => ["segregation", input.Path, "--unit", "unit", "--groups",
            string.Join(',', Enumerable.Range(0, groups).Select(group => $"g{group}")), "--confidential", .. more];
        yield return new("start: analys --version", 0.15, ["--version"]);
        yield return new("start: analys measures", 0.15, ["measures"]);
        yield return new("load and check 5 M x 8", 1.2, ["check", people.Path], people)
        {
            PeerName = "data.table::fread",
            Peer = 1.40,
            Script = $"library(data.table); cat(system.time(d <- fread('{people.Path}', sep=';'))[['elapsed']])",
        };
        yield return new("load 5 M x 8 and AROP of all and of children by district", 1.5,
            ["poverty", people.Path, "--ages", "0-,0-17", "--measures", "at-risk-of-poverty-rate", .. poverty], people)
        {
            PeerName = "fread and data.table",
            Peer = 2.23,
            Script = $$"""
                library(data.table); cat(system.time({ d <- fread('{{people.Path}}', sep=';'); setorder(d, income)
                z <- 0.6 * d$income[which(cumsum(d$weight) >= sum(d$weight) / 2)[1]]
                r <- rbind(d[, sum(weight * (income < z)) / sum(weight), by=district],
                           d[age < 18, sum(weight * (income < z)) / sum(weight), by=district]) })[['elapsed']])
                """,
        };
        yield return new("AROP by region, 100 bootstraps, 1 M rows", 2.5,
            ["poverty", million.Path, "--replicates", "100", "--measures", "at-risk-of-poverty-rate", .. poverty], million)
        {
            PeerName = "laeken",
            Peer = 321,
            Script = $"""
                library(data.table); library(laeken); d <- as.data.frame(fread('{million.Path}', sep=';'))
                cat(system.time(arpr('income', weights='weight', breakdown='district', data=d, var='bootstrap', design=NULL, R=100,
                  bootType='naive', seed=1))[['elapsed']])
                """,
        };
        yield return new("M and H 6 000 x 10, 100 bootstraps", 0.5,
            Counts(city, 10, "--measures", "mutual-information,information-theory", "--replicates", "100"), city)
        { PeerName = "R segregation", Peer = 3.15 };
        yield return new("local M 6 000 x 10, 100 bootstraps", 0.6,
            Counts(city, 10, "--measures", "local-mutual-information", "--replicates", "100"), city)
        { PeerName = "R segregation", Peer = 10.8 };
        yield return new("density-corrected D 6 000", 0.3, Counts(city, 2, "--measures", "density-corrected-dissimilarity"), city)
        { PeerName = "pysal segregation", Peer = 61.7 };
        yield return new("person permutation 1 000 units x 500", 0.4,
            Counts(thousand, 2, "--measures", "dissimilarity", "--null", "persons", "--replicates", "500"), thousand)
        { PeerName = "pysal segregation", Peer = 344 };
        yield return new("multigroup Gini 6 000 x 10", 0.25, Counts(city, 10, "--measures", "multigroup-gini"), city)
        { PeerName = "pysal segregation", Peer = 5.2 };
        string[] at = ["--x", "x", "--y", "y"];
        yield return new("kernel H 6 000 x 10, 2 km", 0.5,
            Counts(city, 10, ["--measures", "spatial-information-theory", "--kernel", "boxcar:2km", .. at]), city)
        { PeerName = "pysal segregation", Peer = 13.0 };
        yield return new("distortion 6 000 x 10", 1.2, Counts(city, 10, ["--measures", "distortion", .. at]), city)
        { PeerName = "pysal segregation", Peer = 26.1 };
        yield return new("k nearest people, 100 000 points, k to 51 200", 3,
            Counts(points, 4, ["--measures", "nearest-people-profile", .. at]), points);
        yield return new("31 figures of 5 M persons from DuckDB", 4,
            ["poverty", "--source", $"duckdb:{people.Path}", "--ages", "0-,0-17", "--measures",
                "at-risk-of-poverty-threshold,at-risk-of-poverty-rate", .. poverty], people);
    }

    private static (double Clock, double Processor, long Memory) Measured(string[] call)
    {
        var before = Children();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Repository.At("artifacts", "bin", "Analys.Cli", "release", "Analys.Cli.dll"), .. call])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        long memory = 0;
        while (!process.WaitForExit(5)) memory = Math.Max(memory, Peak(process.Id));
        var clock = watch.Elapsed.TotalSeconds;
        _ = output.Result;
        if (process.ExitCode is not (0 or 3)) throw new InvalidOperationException($"{string.Join(' ', call)}: {error.Result}");
        return (clock, Children() - before, memory);
    }

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

    // The median of three of the peer's own clock; null where R or a package is not there.
    private static double? Peer(string script)
    {
        var times = new List<double>();
        for (var run = 0; run < 3; run++)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo("Rscript", ["-e", script])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true
                })!;
                var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
                process.WaitForExit();
                _ = error.Result;
                if (process.ExitCode != 0 || !double.TryParse(output.Result, CultureInfo.InvariantCulture, out var seconds)) return null;
                times.Add(seconds);
                // Minutes are measured once.
                if (seconds > 60) break;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return null;
            }
        }

        return Median(times);
    }

    private static void People(string path, int persons)
    {
        var random = new RandomStream(1, 0);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("person;household;district;age;sex;weight;income;months\n");
        var (household, members, income, district, weight) = (0, 0, 0.0, 0L, 0.0);
        for (var person = 0; person < persons; person++)
        {
            if (members == 0)
            {
                household++;
                members = 1 + (int)random.NextLong(5);
                income = Math.Round(Math.Exp(12.4 + (0.6 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                    * Math.Cos(2 * Math.PI * random.NextDouble()))));
                (district, weight) = (random.NextLong(14), 0.5 + random.NextDouble());
            }

            members--;
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{person + 10_000_000};{household + 10_000_000};Stadsdelsområde {district};"));
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"{random.NextLong(95)};{(random.NextLong(2) == 0 ? "kvinna" : "man")};{weight:F4};{income};{random.NextLong(13)}\n"));
        }
    }

    private static void City(string path, int units, int groups)
    {
        var random = new RandomStream(2, 0);
        using var file = new StreamWriter(path);
        file.Write($"unit;x;y;{string.Join(';', Enumerable.Range(0, groups).Select(group => $"g{group}"))}\n");
        for (var unit = 0; unit < units; unit++)
        {
            var counts = Enumerable.Range(0, groups).Select(group => random.NextLong(1 + (900 / (1 + group))));
            file.Write(string.Create(CultureInfo.InvariantCulture,
                $"u{unit};{660_000 + random.NextLong(24_000)};{6_570_000 + random.NextLong(24_000)};{string.Join(';', counts)}\n"));
        }
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Seconds(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static double Median(IEnumerable<double> times) => times.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private sealed record Input(string Path, Action<string> Write)
    {
        // Once, when a row first needs it.
        public void Make()
        {
            if (!File.Exists(Path)) Write(Path);
        }
    }

    private sealed record Row(string Work, double AtMost, string[] Call, params Input[] Inputs)
    {
        public string PeerName { get; init; } = "";

        public double? Peer { get; init; }

        public string? Script { get; init; }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Analys.Tests;

namespace Analys.Benchmarks;

/// <summary>The command on a file larger than memory: time, peak memory, passes; and whether its figures are those of a hundredth of it in
/// memory.</summary>
/// <remarks>The file is one block of persons a hundred times, with other households each time: every rate and quantile of the block is then
/// the file's.</remarks>
internal static class StreamBenchmarks
{
    private const int Blocks = 100;
    private const string Header =
        "person;household;year;age;sex;district;family;education;tenure;income;units;transfers;housing;months;weight;stratum\n";

    private const string Schema = """
        { "name": "stream", "fields": [
          { "name": "person", "type": "integer", "analys": { "role": "person" } },
          { "name": "household", "type": "integer", "analys": { "role": "household" } },
          { "name": "year", "type": "year", "analys": { "role": "period" } },
          { "name": "age", "type": "integer", "analys": { "role": "age" } },
          { "name": "sex", "type": "string", "analys": { "role": "sex" } },
          { "name": "district", "type": "string", "analys": { "role": "area" } },
          { "name": "family", "type": "string" }, { "name": "education", "type": "string" }, { "name": "tenure", "type": "string" },
          { "name": "income", "type": "number", "analys": { "role": "disposableIncome" } },
          { "name": "units", "type": "number", "analys": { "role": "consumptionUnits" } },
          { "name": "transfers", "type": "number", "analys": { "role": "transfers" } },
          { "name": "housing", "type": "number", "analys": { "role": "housingCost" } },
          { "name": "months", "type": "integer", "analys": { "role": "incomeSupportMonths" } },
          { "name": "weight", "type": "number", "analys": { "role": "weight" } },
          { "name": "stratum", "type": "integer" } ] }
        """;

    private static readonly string[] Call =
        ["--by", "area,sex", "--ages", "0-17", "--measures",
            "at-risk-of-poverty-threshold,at-risk-of-poverty-rate,relative-median-poverty-gap,income-support-share", "--confidential",
            "--format", "json"];

    /// <summary>Writes a file of so many gigabytes.</summary>
    public static void WriteFile(string path, double gigabytes)
    {
        var (block, places) = Block((long)(gigabytes * 1e9 / Blocks));
        Write(path, block, places, Blocks);
    }

    /// <summary>Writes what its columns mean.</summary>
    public static void WriteSchema(string path) => File.WriteAllText(path, Schema);

    /// <summary>Writes a file of so many gigabytes, measures, and deletes it.</summary>
    public static void Run(TextWriter output, double gigabytes)
    {
        var folder = Directory.CreateTempSubdirectory("analys-stream-").FullName;
        try
        {
            string small = Path.Combine(folder, "block.csv"), large = Path.Combine(folder, "all.csv"),
                schema = Path.Combine(folder, "stream.schema.json");
            WriteSchema(schema);
            var (block, places) = Block((long)(gigabytes * 1e9 / Blocks));
            Write(small, block, places, 1);
            var inMemory = Measured(["poverty", small, "--schema", schema, .. Call], small);
            var streamed = Measured(["poverty", "--source", small, "--schema", schema, .. Call], small);
            Write(large, block, places, Blocks);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{new FileInfo(large).Length / 1e9:F2} GB, {(long)places.Length * Blocks} persons of 16 columns; the block "
                    + $"{new FileInfo(small).Length / 1e6:F0} MB"));
            var all = Measured(["poverty", "--source", large, "--schema", schema, .. Call], large);
            output.WriteLine($"block in memory: {inMemory.Told}\nblock streamed:  {streamed.Told}\nall streamed:    {all.Told}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{all.Values.Count} figures; largest difference from the block in memory: streamed "
                    + $"{Difference(inMemory.Values, streamed.Values, 1):E1}, all {Difference(inMemory.Values, all.Values, Blocks):E1}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Households of one to five with their members after each other; where each row's two keys stand.
    private static (byte[] Rows, (int Person, int Household)[] Places) Block(long bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        var rows = new MemoryStream();
        var places = new List<(int, int)>();
        for (var household = 0; rows.Length < bytes; household++)
        {
            var members = random.Next(1, 6);
            var income =
                Math.Round(
                    Math.Exp(12.6
                        + (0.6 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))));
            var (district, weight, months) = (random.Next(14), 0.5 + random.NextDouble(), random.Next(12) == 0 ? random.Next(1, 13) : 0);
            for (var i = 0; i < members; i++)
            {
                text.Clear();
                text.Append(CultureInfo.InvariantCulture,
                    $"{(i < 2 ? random.Next(18, 95) : random.Next(18))};{(random.Next(2) == 0 ? "kvinna" : "man")};Stadsdelsområde "
                        + $"{district};{(members > 2 ? "sammanboende med barn" : "ensamstående utan barn")};eftergymnasial;");
                text.Append(CultureInfo.InvariantCulture,
                    $"hyresrätt;{income};{1 + (0.5 * (members - 1)):F2};{Math.Round(income / 10)};{72_000 + (district * 1000)};"
                        + $"{months};{weight:F4};{district % 5}\n");
                places.Add(((int)rows.Length, (int)rows.Length + 12));
                rows.Write(
                    Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                        $"{places.Count + 10_000_000_000L};{household + 10_000_000_000L};2019;{text}")));
            }
        }

        return (rows.ToArray(), [.. places]);
    }

    private static void Write(string path, byte[] block, (int Person, int Household)[] places, int times)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(Encoding.UTF8.GetBytes(Header));
        for (var time = 0; time < times; time++)
        {
            // The digits before the last eight say which block it is.
            foreach (var (person, household) in places) (block[person + 1], block[person + 2], block[household + 1], block[household + 2]) =
                ((byte)('0' + (time / 10)), (byte)('0' + (time % 10)), (byte)('0' + (time / 10)), (byte)('0' + (time % 10)));
            file.Write(block);
        }
    }

    private static (string Told, List<(string Key, double Value, double? N)> Values) Measured(string[] call, string path)
    {
        var watch = Stopwatch.StartNew();
        using var process =
            Process.Start(new ProcessStartInfo("dotnet",
                [Repository.At("artifacts", "bin", "Analys.Cli", "release", "Analys.Cli.dll"), .. call])
            {
                RedirectStandardOutput =
                true
            })!;
        var output = process.StandardOutput.ReadToEndAsync();
        long memory = 0, read = 0;
        while (!process.WaitForExit(100))
        {
            memory = Math.Max(memory, Number(process.Id, "status", "VmHWM:") * 1024);
            read = Math.Max(read, Number(process.Id, "io", "rchar:"));
        }

        if (process.ExitCode != 0) throw new InvalidOperationException($"The command ended with {process.ExitCode}.");
        var values = JsonNode.Parse(output.Result)!["results"]!.AsArray()
            .Select(result => (string.Join('|', result!["measure"], result["area"], result["population"]),
                (double?)result["value"] ?? double.NaN, (double?)result["n"])).ToList();
        var told = string.Create(CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:F1} s, peak {memory / 1e6:F0} MB, {read / (double)new FileInfo(path).Length:F1} passes");
        return (told, values);
    }

    // A line of what Linux tells of a process.
    private static long Number(int process, string file, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/{file}").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null
                ? 0 : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static double Difference(List<(string Key, double Value, double? N)> expected,
        List<(string Key, double Value, double? N)> actual, int times)
    {
        if (!expected.Select(figure => figure.Key).SequenceEqual(actual.Select(figure => figure.Key))) return double.PositiveInfinity;
        return expected.Zip(actual,
            (a, b) => Math.Max(Relative(a.Value, b.Value), a.N is { } n && b.N is { } m ? Relative(n * times, m) : 0)).Max();

        static double Relative(double a, double b) => double.IsNaN(a) && double.IsNaN(b) ? 0 : Math.Abs(a - b) / Math.Max(1, Math.Abs(a));
    }
}

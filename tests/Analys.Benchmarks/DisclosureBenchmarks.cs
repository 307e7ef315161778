using Analys.Disclosure;
using Analys.Disclosure.Suppression;
using Analys.Disclosure.Tables;
using BenchmarkDotNet.Attributes;

namespace Analys.Benchmarks;

/// <summary>Disclosure control of a table of the size of a city report: 13 districts below 4 regions × 12 × 5. Budget: 10 s.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DisclosureBenchmarks
{
    private ProtectionTable table = null!;

    [GlobalSetup]
    public void Make()
    {
        var random = new Random(1);
        var edges = new List<(string, string)>();
        for (var region = 0; region < 4; region++) edges.Add(($"r{region}", "T"));
        for (var district = 0; district < 13; district++) edges.Add(($"d{district}", $"r{district % 4}"));
        TableDimension[] dimensions =
        [
            TableDimension.Tree("area", edges),
            TableDimension.Flat("family", [.. Enumerable.Range(0, 12).Select(i => $"f{i}")]),
            TableDimension.Flat("years", [.. Enumerable.Range(0, 5).Select(i => $"y{i}")]),
        ];
        table = CrossTable.Of(dimensions,
            _ => random.Next(10) switch { 0 => 0, < 3 => random.Next(1, 5), < 6 => random.Next(5, 15), _ => random.Next(15, 120) });
    }

    [Benchmark]
    public object Protect() => SecondarySuppression.ProtectAll(table, new());

    [Benchmark]
    public object Round() => TableRounding.Controlled(table, 5);
}

using Analys.Measure.Synthetic;
using BenchmarkDotNet.Attributes;

namespace Analys.Benchmarks.Synthetic;

/// <summary>The synthetic register of a million persons and five years: at most 10 s with its files.</summary>
[MemoryDiagnoser]
public class SyntheticRegisterBenchmarks
{
    [Benchmark]
    public object Make() => SyntheticRegister.Make(1_000_000, 1);

    [Benchmark]
    public void MakeAndWrite()
    {
        var folder = Directory.CreateTempSubdirectory("analys");
        SyntheticFiles.Write(SyntheticRegister.Make(1_000_000, 1), folder.FullName, 1);
        folder.Delete(recursive: true);
    }
}

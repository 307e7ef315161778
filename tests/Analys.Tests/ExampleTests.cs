namespace Analys.Tests;

/// <summary>The README's example is this code, and it runs. It changes the current directory, which belongs to the whole process.</summary>
[CollectionDefinition(nameof(ExampleTests), DisableParallelization = true)]
[Collection(nameof(ExampleTests))]
public class ExampleTests
{
    [Fact]
    public void The_five_lines_run_and_stand_in_the_README()
    {
        var before = Directory.GetCurrentDirectory();
        var folder = Directory.CreateTempSubdirectory("analys").FullName;
        try
        {
            Directory.SetCurrentDirectory(Repository.Root);
            var extract = Extract.Load("notebooks/data/stockholm/ekonomiskt-bistand-2015-2017.csv");
            var share = extract.IncomeSupport(ages: Ages.Children);
            var released = share.Release(Policy.Stockholm);
            var figure = released.RankedBar();
            Directory.SetCurrentDirectory(folder);
            File.WriteAllText("barn.svg", figure.ToSvg());
            Assert.Contains("Rinkeby-Kista", File.ReadAllText(Path.Combine(folder, "barn.svg")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }

        var source = File.ReadAllLines(Repository.At("tests", "Analys.Tests", "ExampleTests.cs")).Select(line => line.Trim())
            .ToHashSet();
        var example = File.ReadAllText(Repository.At("README.md")).Split("```csharp\n")[1].Split("\n```")[0].Split('\n');
        Assert.Equal(5, example.Length);
        Assert.All(example, line => Assert.Contains(line.Trim(), source));
    }
}

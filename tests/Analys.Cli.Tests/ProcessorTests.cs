using System.Globalization;
using System.Text;

namespace Analys.Cli.Tests;

/// <summary>Every measure of segregation gives the same bytes with and without the vector instructions of the processor.</summary>
public sealed class ProcessorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-processor-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Bytes_do_not_depend_on_the_processor()
    {
        var table = Path.Combine(folder, "city.csv");
        File.WriteAllText(table, City());
        string[] all = ["segregation", table, "--unit", "unit", "--groups", "A,B,C", "--x", "x", "--y", "y", "--area", "area",
            "--measures", "all", "--kernel", "exp:700m", "--null", "independence", "--replicates", "3", "--simulations", "5",
            "--format", "json", "--confidential"];
        string[] far = [.. all[..13], "spatial-information-theory,spatial-dissimilarity,spatial-exposure", "--kernel", "gaussian:500m",
            "--replicates", "3", "--format", "json", "--confidential"];
        foreach (var (asked, settings) in new[] { (all, (string[])["DOTNET_EnableHWIntrinsic", "DOTNET_EnableAVX2"]),
            (far, ["DOTNET_EnableHWIntrinsic"]) })
        {
            var here = CommandProcess.Run(asked);
            Assert.True(here.Code == 0, here.Errors);
            foreach (var setting in settings)
            {
                // The first run of a setting compiles everything anew, with another code for each: without profiling what it compiles.
                var there = CommandProcess.Run(asked, new Dictionary<string, string> { [setting] = "0", ["DOTNET_TieredPGO"] = "0" });
                Assert.True(there.Code == 0, there.Errors);
                Assert.Equal(here.Output, there.Output);
            }
        }
    }

    private static string City()
    {
        // Whole numbers by a rule, so that nothing here depends on a generator.
        var text = new StringBuilder("unit,A,B,C,x,y,area\n");
        for (var i = 0; i < 40; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"u{i},{(i * 37 % 53) + 1},{i * i % 47},{(i * 11 % 29) + (i % 5 == 0 ? 60 : 0)},");
            text.Append(CultureInfo.InvariantCulture,
                $"{(i % 7 * 431) + (i * i % 13)},{(i / 7 * 389) + (i * 3 % 17)},{150000 + (i * 7919 % 90000)}\n");
        }

        return text.ToString();
    }
}

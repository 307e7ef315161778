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
        string[] call = ["segregation", table, "--unit", "unit", "--groups", "A,B,C", "--x", "x", "--y", "y", "--area", "area",
            "--measures", "all",
            "--kernel", "exp:700m", "--replicates", "5", "--simulations", "20", "--format", "json", "--confidential"];
        string[] far = [.. call[..15], "gaussian:500m", "--null", "independence", .. call[16..]];
        foreach (var asked in new[] { call, far })
        {
            var here = CommandProcess.Run(asked);
            Assert.True(here.Code == 0, here.Errors);
            foreach (var setting in new[] { "DOTNET_EnableHWIntrinsic", "DOTNET_EnableAVX2" })
            {
                // The first run of a setting compiles everything anew, with another code for each.
                var there = CommandProcess.Run(asked, new Dictionary<string, string> { [setting] = "0" });
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

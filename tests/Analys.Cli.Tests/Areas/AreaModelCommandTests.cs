using System.Globalization;
using System.Text.Json;

namespace Analys.Cli.Tests.Areas;

public sealed class AreaModelCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("areas");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Typology_gives_a_type_for_each_area_and_how_good_the_types_are()
    {
        var file = Write("omr.csv", "område,fattiga,inkomst\n" + string.Join('\n', Enumerable.Range(0, 12).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"O{i},{(i % 2 == 0 ? 0.1 : 0.3) + (i * 0.001)},{(i % 2 == 0 ? 400 : 250) + i}")))
            + "\nSaknas,,300\n");
        var run = await CommandRun.Of("typology", file, "--unit", "område", "--variables", "fattiga,inkomst", "--k", "auto", "--seed", "7",
            "--confidential", "--format", "json");
        Assert.Equal(0, run.Code);
        var rows = Records(run);
        Assert.Equal(13, rows.Count(row => Id(row) == "area-type"));
        Assert.Equal(2, rows.Single(row => Id(row) == "area-type" && row.GetProperty("area").GetString() == "O0").GetProperty("value")
            .GetDouble());
        Assert.Equal(1, rows.Single(row => Id(row) == "area-type" && row.GetProperty("area").GetString() == "O1").GetProperty("value")
            .GetDouble());
        Assert.Equal("undefined", rows.Single(row => row.TryGetProperty("area", out var area) && area.GetString() == "Saknas")
            .GetProperty("status").GetString());
        Assert.True(rows.Single(row => Id(row) == "silhouette").GetProperty("value").GetDouble() > 0.9);
        Assert.True(rows.Single(row => Id(row) == "davies-bouldin").GetProperty("value").GetDouble() < 0.1);
        // What individuals may stand behind is not shown without counts.
        Assert.Equal(3, (await CommandRun.Of("typology", file, "--unit", "område", "--variables", "fattiga")).Code);
    }

    [Fact]
    public async Task The_rule_of_SCB_takes_an_index_and_the_country_s_mean()
    {
        var file = Write("index.csv", "regso,index\nA,3\nB,1.5\nC,0.5\nD,-0.5\nE,-2\n");
        var run = await CommandRun.Of("typology", file, "--unit", "regso", "--rule", "scb", "--index", "index", "--mean", "0",
            "--deviation", "1", "--confidential", "--format", "json");
        Assert.Equal([1, 2, 3, 4, 5], Records(run).Select(row => row.GetProperty("value").GetDouble()));
        Assert.Equal(2, (await CommandRun.Of("typology", file, "--unit", "regso", "--rule", "scb")).Code);
        Assert.Equal(2, (await CommandRun.Of("typology", file, "--unit", "regso", "--variables", "index", "--k", "1")).Code);
        Assert.Equal(1,
            (await CommandRun.Of("typology", file, "--unit", "regso", "--variables", "index", "--k", "9", "--confidential")).Code);
    }

    [Fact]
    public async Task A_regression_is_printed_with_its_errors_and_refused_where_it_would_give_rows_back()
    {
        // y = 2 + 3x + noise that adds up to nothing with x; two kinds.
        var file = Write("p.csv", "y,x,kön,hushåll\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i =>
            string.Create(CultureInfo.InvariantCulture,
                $"{2 + (3 * (i % 10)) + (i / 10 % 2 == 0 ? 1 : -1)},{i % 10},{(i % 3 == 0 ? "k" : "m")},{i / 2}"))) + "\n");
        var run = await CommandRun.Of("regress", file, "--outcome", "y", "--variables", "x,kön", "--errors", "classic", "--confidential",
            "--format", "json");
        Assert.Equal(0, run.Code);
        var slope = Records(run)
            .Single(row => Id(row) == "coefficient" && row.GetProperty("parameters").GetProperty("term").GetString() == "x");
        Assert.InRange(slope.GetProperty("value").GetDouble(), 2.9, 3.1);
        Assert.True(slope.GetProperty("standardError").GetDouble() > 0);
        Assert.Contains(Records(run), row => Id(row) == "coefficient"
            && row.GetProperty("parameters").GetProperty("term").GetString() == "kön=k");

        // Under a policy coefficients are rounded to what no household can be read from.
        var released =
            await CommandRun.Of("regress", file, "--outcome", "y", "--variables", "x", "--household", "hushåll", "--format", "json");
        Assert.Equal(0, released.Code);
        var rounded = Records(released)
            .First(row => Id(row) == "coefficient" && row.GetProperty("parameters").GetProperty("term").GetString() == "x");
        Assert.Equal("rounded", rounded.GetProperty("status").GetString());

        // One person's kind: nothing may be told.
        var lonely = Write("q.csv", (await File.ReadAllTextAsync(file)).Replace("2,0,k,0", "9999,0,x,0", StringComparison.Ordinal)
            .Replace("3,0,k,0", "9999,0,x,0", StringComparison.Ordinal));
        var hidden =
            await CommandRun.Of("regress", lonely, "--outcome", "y", "--variables", "x,kön", "--errors", "hc1", "--format", "json");
        Assert.DoesNotContain("9999", hidden.Output + hidden.Errors, StringComparison.Ordinal);
        Assert.All(Records(hidden), row => Assert.Equal("suppressed", row.GetProperty("status").GetString()));

        Assert.Equal(1,
            (await CommandRun.Of("regress", Write("r.csv", "y,x\n1,2\n2,3\n"), "--outcome", "y", "--variables", "x",
                "--confidential")).Code);
        Assert.Equal(2, (await CommandRun.Of("regress", file, "--outcome", "y", "--variables", "y")).Code);
        Assert.Equal(2, (await CommandRun.Of("regress", file, "--outcome", "y", "--variables", "x", "--errors", "cluster")).Code);
    }

    [Fact]
    public async Task Results_go_to_a_file_whose_ending_chooses_the_form()
    {
        var file = Write("index.csv", "regso,index\nA,3\nB,1.5\nC,-2\n");
        string[] call = ["typology", file, "--unit", "regso", "--rule", "scb", "--index", "index", "--confidential", "--out"];
        foreach (var (ending, start) in new[] { ("csv", "meas"), ("json", "{"), ("xlsx", "PK"), ("parquet", "PAR1"), ("md", "| me") })
        {
            var path = Path.Combine(folder.FullName, $"ut.{ending}");
            var run = await CommandRun.Of([.. call, path]);
            Assert.Equal((0, ""), (run.Code, run.Output));
            Assert.StartsWith(start, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await CommandRun.Of([.. call, Path.Combine(folder.FullName, "ut.doc")])).Code);
        Assert.Equal(2, (await CommandRun.Of([.. call, Path.Combine(folder.FullName, "ut.csv"), "--format", "json"])).Code);
        Assert.False(File.Exists(Path.Combine(folder.FullName, "ut.doc")));
        Assert.StartsWith("| measure", (await CommandRun.Of([.. call[..^1], "--format", "markdown"])).Output, StringComparison.Ordinal);
    }

    private static string Id(JsonElement row) => row.GetProperty("measure").GetString()!;

    private static List<JsonElement> Records(CommandRun run) =>
        [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("results").EnumerateArray()];

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using Analys.Tests;

namespace Analys.Cli.Tests.Load;

/// <summary>The same call on a file and on a source gives the same records.</summary>
public sealed class EngineCommandTests : IDisposable
{
    private const string Counts =
        "stad,område,grupp,antal\nÖ,\"Södra \"\"Ängby\"\"\",a,10\nÖ,\"Södra \"\"Ängby\"\"\",b,40\nÖ,c "
            + "d,b,30\nV,ö'st,a,25\nV,ö'st,b,5\nV,x,a,7\nV,x,b,9\nÖ,c d,a,0\n";
    private static readonly string[] Segregation =
        ["--unit", "område", "--group", "grupp", "--count", "antal", "--within", "stad", "--group-order", "a,b", "--pairs", "--replicates",
            "9", "--null", "independence", "--simulations", "9", "--confidential"];
    private readonly string folder = Directory.CreateTempSubdirectory("analys-engines-").FullName;

    public static TheoryData<string> Tables { get; } =
        [.. Directory.GetFiles(Repository.At("notebooks", "data", "stockholm"), "*.csv")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    private string Database => "sqlite:" + Path.Combine(folder, "a.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Indicators_of_a_shipped_table_are_the_same_from_an_engine_and_streamed(string table)
    {
        var file = Repository.At("notebooks", "data", "stockholm", table + ".csv");
        Assert.Equal(0, (await CommandRun.Of("load", file, "--into", Database, "--table", table)).Code);
        var expected = await CommandRun.Of("indicators", file, "--format", "json");
        var engine = await CommandRun.Of("indicators", "--source", Database, "--table", table, "--schema", table, "--format", "json");
        var stream = await CommandRun.Of("indicators", "--source", file, "--format", "json");
        Assert.Equal((expected.Code, expected.Errors), (engine.Code, engine.Errors));
        Assert.Equal((expected.Code, expected.Errors), (stream.Code, stream.Errors));
        if (expected.Output.Length == 0) return;
        Engines.Same(expected, engine);
        Engines.Same(expected, stream, inOrder: true);
        Assert.Equal(Engines.Node(expected)["source"]![0]!["sha256"]!.ToString(),
            Engines.Node(stream)["source"]![0]!["sha256"]!.ToString());
    }

    [Fact]
    public async Task An_indicator_in_several_rows_is_not_added_up()
    {
        var file = Repository.At("notebooks", "data", "stockholm", "verksamhetsplan-2018-budget.csv");
        var run = await CommandRun.Of("indicators", "--source", file, "--source", file, "--schema", "verksamhetsplan-2018-budget");
        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.Contains("several rows", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segregation_is_the_same_streamed_from_an_engine_and_from_several_sources()
    {
        var file = Save("counts.csv", Counts);
        string[] lines = Counts.Split('\n');
        string first = Save("first.csv", string.Join('\n', lines.Where((_, i) => i == 0 || i % 2 == 1))),
            second = Save("second.csv", string.Join('\n', lines.Where((_, i) => i % 2 == 0)));
        foreach (var (path, table) in ((string, string)[])[(file, "all"), (first, "first")]) Assert.Equal(0,
            (await CommandRun.Of("load", path, "--into", Database, "--table", table)).Code);
        var expected = await CommandRun.Of(["segregation", file, "--format", "json", .. Segregation]);
        Assert.Contains("mutual-information-within", expected.Output, StringComparison.Ordinal);
        foreach (var source in (string[][])[[file], [Database, "--table", "all"], [first, "--source", second],
            [Database, "--table", "first", "--source", second]])
        {
            Engines.Same(expected, await CommandRun.Of(["segregation", "--source", .. source, "--format", "json", .. Segregation]));
        }
    }

    [Fact]
    public async Task A_wrong_call_on_a_source_says_what_is_wrong()
    {
        var file = Save("counts.csv", Counts);
        foreach (var (options, words) in ((string[], string)[])
        [
            (["--unit", "område"], "--group"), (["--unit", "område", "--group", "grupp", "--count", "stad"], "text"),
            (["--unit", "nej", "--group", "grupp", "--count", "antal"], "no column nej"),
            (["--unit", "område", "--group", "grupp", "--count", "antal", "--group-order", "a"], "every group"),
            (["--unit", "område", "--groups", "antal", "--group-order", "a"], "--group-order"),
            (["--unit", "område", "--group", "grupp", "--count", "antal", "--timeout", "0"], "--timeout"),
        ])
        {
            var run = await CommandRun.Of(["segregation", "--source", file, .. options]);
            Assert.Equal(2, run.Code);
            Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("poverty", "postgres:Host=hemlig-dator;Username=hemlig-person")]
    [InlineData("poverty", "--source:postgres:Host=hemlig-dator;Password=hemlig")]
    [InlineData("segregation", "a.csv", "postgres:Host=hemlig-dator", "--unit", "u")]
    [InlineData("load", "a.csv", "--into", "postgres://hemlig:hemlig@hemlig-dator/db", "--table", "t")]
    [InlineData("indicators", "--source", "postgres:Host=hemlig-dator;Hemligt=1", "--table", "t")]
    public async Task No_address_is_repeated(params string[] call)
    {
        var run = await CommandRun.Of(call);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.DoesNotContain("hemlig", run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using System.Text.Json;
using Analys.Tests;

namespace Analys.Cli.Tests;

/// <summary>The command's contract: forms of output, exit codes, messages without data.</summary>
public class ContractTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private static readonly string Population = Repository.At("notebooks", "data", "stockholm", "befolkning-utlandsk-bakgrund-2011.csv");

    [Fact]
    public async Task Segregation_prints_the_record_document()
    {
        var run = await CommandRun.Of("segregation", Population, "--unit", "stadsdelsomrade", "--groups", "fb_total", "--total", "pop2011",
            "--measures", "dissimilarity,gini,information-theory,correlation-ratio,isolation,exposure", "--format", "json");
        Assert.Equal(0, run.Code);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(64, document.RootElement.GetProperty("source")[0].GetProperty("sha256").GetString()!.Length);
        // The multigroup form of an index stands beside the two-group one: it has no group.
        var values = document.RootElement.GetProperty("results").EnumerateArray()
            .Where(result => result.GetProperty("group").GetString() == "fb_total")
            .ToDictionary(result => result.GetProperty("measure").GetString()!, result => result.GetProperty("value").GetDouble());
        Assert.Equal(0.2957943852, values["dissimilarity"], 1e-10);
        Assert.Equal(0.3837581364, values["gini"], 1e-10);
        Assert.Equal(0.1055382463, values["information-theory"], 1e-10);
        Assert.Equal(0.1366863153, values["correlation-ratio"], 1e-10);
        Assert.Equal(0.3940780959, values["isolation"], 1e-10);
        Assert.Equal(0.6059219041, values["exposure"], 1e-10);
    }

    [Fact]
    public async Task The_same_call_gives_the_same_bytes()
    {
        string[] call = ["segregation", Population, "--unit", "stadsdelsomrade", "--groups", "fb_africa,fb_asia", "--total", "pop2011",
            "--format", "csv"];
        Assert.Equal((await CommandRun.Of(call)).Output, (await CommandRun.Of(call)).Output);
    }

    [Theory]
    [InlineData("segregation")]
    [InlineData("nonsense")]
    [InlineData("segregation", "FILE", "--unit", "x", "--format", "yaml")]
    public async Task A_wrong_call_ends_with_2(params string[] args) => Assert.Equal(2, (await CommandRun.Of(args)).Code);

    [Fact]
    public async Task A_wrong_column_ends_with_2_and_names_the_right_ones()
    {
        var run = await CommandRun.Of("segregation", Population, "--unit", "nowhere", "--groups", "fb_total");
        Assert.Equal(2, run.Code);
        Assert.Contains("stadsdelsomrade", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_data_end_with_1_and_no_value_is_shown()
    {
        var file = temporary.At("t.csv");
        await File.WriteAllTextAsync(file, "unit,a,b\nx,1,2\nhemlig 811218-9876,3,4\n");
        var run = await CommandRun.Of("check", file);
        Assert.Equal(1, run.Code);
        Assert.Contains("identifier", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("9876", run.Errors + run.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.Of("segregation", file, "--unit", "unit", "--groups", "a,b")).Code);
        Assert.Equal(2, (await CommandRun.Of("check", file + ".missing")).Code);
    }

    [Fact]
    public async Task A_refused_release_ends_with_3_and_names_the_rule()
    {
        var file = temporary.At("t.csv");
        await File.WriteAllTextAsync(file, "unit,a,b\nx,10,20\ny,30,40\n");
        var run = await CommandRun.Of("segregation", file, "--unit", "unit", "--groups", "a,b", "--policy", "public");
        Assert.Equal(3, run.Code);
        Assert.Contains("public-data-only", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Confidential_output_says_so()
    {
        var file = temporary.At("t.csv");
        await File.WriteAllTextAsync(file, "unit,a,b\nx,1,2\ny,3,4\n");
        var run = await CommandRun.Of("segregation", file, "--unit", "unit", "--groups", "a,b", "--confidential", "--format", "json");
        Assert.Equal(0, run.Code);
        Assert.Contains("CONFIDENTIAL", run.Output, StringComparison.Ordinal);
        Assert.Contains("CONFIDENTIAL", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plans_indicators_come_out()
    {
        var run = await CommandRun.Of("indicators", Repository.At("notebooks", "data", "stockholm", "verksamhetsplan-2018-indikatorer.csv"),
            "--format", "csv");
        Assert.Equal(0, run.Code);
        Assert.Contains("indicator-joint-value", run.Output, StringComparison.Ordinal);
        Assert.Contains(",696,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        var run = await CommandRun.Of("--help");
        Assert.Equal(0, run.Code);
        foreach (var command in (string[])["check", "segregation", "indicators"])
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
    }
}

using System.Globalization;
using System.Text.Json;
using Analys.Tests;

namespace Analys.Cli.Tests.Measure;

/// <summary><c>analys poverty</c> and <c>analys inequality</c>: from a file to records.</summary>
public class PovertyCommandTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    private static readonly string[] Roles =
        ["--income", "income", "--weight", "weight", "--area", "district", "--age", "age", "--household", "hid", "--format", "json"];

    [SharedFact]
    public async Task The_fixture_agrees_from_end_to_end()
    {
        var results =
            await Results("poverty", Fixture(), [.. Roles, "--confidential", "--ages", "0-17", "--measures",
                "at-risk-of-poverty-threshold,at-risk-of-poverty-rate,sen-shorrocks-thon,fgt:1"]);
        Assert.Equal(60, Value(results, "at-risk-of-poverty-threshold", null));
        Assert.Equal(4 / 15.0, Value(results, "at-risk-of-poverty-rate", null), 1e-12);
        Assert.Equal(16 / 45.0, Value(results, "sen-shorrocks-thon", null), 1e-12);
        Assert.Equal(1 / 5.0, Value(results, "fgt", null), 1e-12);
        Assert.Equal(0, Value(results, "at-risk-of-poverty-rate", "B"));
        var rate = results.First(result => result.GetProperty("measure").GetString() == "at-risk-of-poverty-rate");
        Assert.Equal("0-17", rate.GetProperty("population").GetString());
        Assert.Equal(7, rate.GetProperty("n").GetDouble());
        Assert.Equal("median:60", rate.GetProperty("parameters").GetProperty("line").GetString());
    }

    [SharedFact]
    public async Task Every_option_of_definition_changes_the_figure_that_it_names()
    {
        async Task<double> Rate(params string[] more) =>
            Value(await Results("poverty", Fixture(),
                [.. Roles, "--by", "none", "--confidential", "--measures", "poverty-headcount", .. more]), "poverty-headcount", null);
        Assert.Equal(5 / 22.0, await Rate(), 1e-12);
        Assert.Equal(4 / 11.0, await Rate("--poor", "at-or-below"), 1e-12);
        Assert.Equal(8 / 44.0, await Rate("--line", "fixed:59"), 1e-12);
        Assert.Equal(10 / 44.0, await Rate("--line", "fixed:59", "--poor", "at-or-below"), 1e-12);
        var gini = await Results("inequality", Fixture(),
            [.. Roles, "--by", "none", "--confidential", "--measures", "gini", "--negative", "zero"]);
        Assert.Equal(67131 / 134816.0, Value(gini, "gini", null), 1e-12);
    }

    [SharedFact]
    public async Task Confidential_figures_are_withheld_unless_asked_for()
    {
        var released = await Results("poverty", Fixture(), [.. Roles, "--measures", "at-risk-of-poverty-rate"]);
        // Seven poor persons are four households: the city is withheld too. That nobody is poor in C is a zero, which the policy lets pass.
        Assert.All(released.Where(result => result.GetProperty("area").GetString() != "C"),
            result => Assert.Equal("suppressed", result.GetProperty("status").GetString()));
        var run = await CommandRun.Of(["poverty", Fixture(), .. Roles, "--confidential"]);
        Assert.Contains("CONFIDENTIAL", run.Errors, StringComparison.Ordinal);
    }

    [SharedFact]
    public async Task The_same_seed_gives_the_same_bytes_and_negative_numbers_stay_numbers_in_csv()
    {
        string[] call = ["poverty", Fixture(), .. Roles[..^1], "csv", "--confidential", "--measures", "poverty-gap", "--replicates", "20",
            "--seed", "9", "--compare", "whole"];
        var run = await CommandRun.Of(call);
        Assert.Equal(run.Output, (await CommandRun.Of(call)).Output);
        Assert.Contains(",-0.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'-", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--line", "median")]
    [InlineData("--line", "fixed:-1")]
    [InlineData("--ages", "17-0")]
    [InlineData("--measures", "poverty")]
    [InlineData("--measures", "gini:2")]
    [InlineData("--measures", "atkinson:-1")]
    [InlineData("--interval", "exact")]
    [InlineData("--replicates", "1")]
    [InlineData("--weight", "nowhere")]
    [InlineData("--poor", "above")]
    [InlineData("--measures", "persistent-at-risk-of-poverty-rate")]
    [InlineData("--measures", "poverty-before-transfers")]
    [InlineData("--shapley")]
    public async Task A_wrong_call_ends_with_2(params string[] wrong)
    {
        var file = await Csv("income,w\n1,1\n2,1\n3,1\n");
        Assert.Equal(2, (await CommandRun.Of(["poverty", file, "--income", "income", .. wrong])).Code);
    }

    [Fact]
    public async Task Wrong_data_end_with_1_and_missing_incomes_are_left_out_aloud_or_refused()
    {
        Assert.Equal(1, (await CommandRun.Of("poverty", await Csv("income,w\n1,-1\n2,1\n"), "--income", "income", "--weight", "w")).Code);
        var file = await Csv("income,w\n1,1\n,1\n100,1\n100,1\n100,1\n");
        string[] call = ["poverty", file, "--income", "income", "--weight", "w", "--measures", "poverty-headcount", "--confidential",
            "--format", "json"];
        Assert.Equal(1, (await CommandRun.Of([.. call, "--missing-income", "reject"])).Code);
        var run = await CommandRun.Of(call);
        Assert.Contains("left out", run.Errors, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(0.25, document.RootElement.GetProperty("results")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Assistance_needs_no_income_and_panels_and_both_decompositions_run()
    {
        var months = await Csv("months,age\n0,5\n1,6\n10,7\n12,30\n");
        var support = await Results("poverty", months, "--support-months", "months", "--age", "age", "--ages", "0-17", "--confidential",
            "--format", "json");
        Assert.Equal(2 / 3.0, Value(support, "income-support-share", null), 1e-12);
        Assert.Equal(1 / 3.0, Value(support, "long-term-income-support-share", null), 1e-12);

        var rows = Enumerable.Range(0, 10)
            .SelectMany(person => Enumerable.Range(2015, 4)
                .Select(year => string.Create(CultureInfo.InvariantCulture,
                    $"{person},{year},{(person < 2 ? 10 : 90 + person + year - 2015)},{(person % 2 == 0 ? "a" : "b")}")));
        var panel = await Csv("p,year,y,area\n" + string.Join('\n', rows) + "\n");
        var results = await Results("poverty", panel, "--income", "y", "--person", "p", "--period", "year", "--area", "area", "--decompose",
            "--shapley", "--change", "--confidential", "--format", "json");
        Assert.Equal(0.2, results.Single(result => Id(result) == "persistent-at-risk-of-poverty-rate"
            && result.GetProperty("area").ValueKind == JsonValueKind.Null).GetProperty("value").GetDouble(), 1e-12);
        Assert.Contains(results, result => Id(result) == "change-effect");
        Assert.Contains(results, result => Id(result) == "subgroup-contribution");
        Assert.Contains(results, result => Id(result) == "panel-stayed" && result.GetProperty("value").GetDouble() == 10);
    }

    private static string Id(JsonElement result) => result.GetProperty("measure").GetString()!;

    private static double Value(IEnumerable<JsonElement> results, string measure, string? area) =>
        results.Single(result => Id(result) == measure && result.GetProperty("area").GetString() == area).GetProperty("value").GetDouble();

    private static async Task<JsonElement[]> Results(string command, string file, params string[] more)
    {
        var run = await CommandRun.Of([command, file, .. more]);
        Assert.True(run.Code == 0, run.Errors);
        using var document = JsonDocument.Parse(run.Output);
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(result => result.Clone())];
    }

    private async Task<string> Csv(string text)
    {
        var file = temporary.At("persons.csv");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    // The shared fixture as a table; it is written anew for each test and never kept.
    private string Fixture()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllText(Repository.SharedAt("reference", "poverty", "fixture_small.json")));
        var lines = new[] { fixture.RootElement.GetProperty("columns") }.Concat(fixture.RootElement.GetProperty("rows").EnumerateArray())
            .Select(row => string.Join(',', row.EnumerateArray().Select(cell => cell.ToString())));
        var file = temporary.At("twenty.csv");
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return file;
    }
}

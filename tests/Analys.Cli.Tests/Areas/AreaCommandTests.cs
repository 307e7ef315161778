using System.Text.Json;
using Analys.Tests;

namespace Analys.Cli.Tests.Areas;

/// <summary>The commands on tables of areas, from a file to records.</summary>
public class AreaCommandTests
{
    [SharedFact]
    public async Task Milk_comes_out_as_the_reference_has_it()
    {
        var lines = await File.ReadAllLinesAsync(Repository.SharedAt("reference", "models", "milk.csv"));
        var rows = lines.Skip(1).Select(line => line.Split(',')).Select(row => $"{row[0]},{row[2]},{row[6]},omr{row[5]}");
        using var file = new TemporaryFile("milk.csv", string.Join('\n', rows.Prepend("area,y,v,major")));
        var results = await Records("smallarea", file.Path, "--area", "area", "--estimate", "y", "--variance", "v", "--covariates", "major",
            "--confidential");
        Assert.Equal(0.0185503347628, Value(results, "refvar"), 1e-12);
        Assert.Equal(-0.241301039945, Value(results, "beta", "term", "major=omr4"), 1e-11);
        Assert.Equal(Math.Sqrt(0.0134602564596), results.First(row => Text(row, "measure") == "eblup").GetProperty("standardError")
            .GetDouble(), 1e-11);
    }

    [Fact]
    public async Task Direct_estimates_of_persons_stay_in_the_process()
    {
        var rows = Enumerable.Range(0, 600).Select(i => $"{i / 2},{"ABCDEF"[i % 6]},{(i * 7919) % 400},{30 + (i % 40)}");
        using var file = new TemporaryFile("personer.csv", string.Join('\n', rows.Prepend("hushall,omrade,inkomst,alder")));
        var results = await Records("smallarea", file.Path, "--area", "omrade", "--from-poverty",
            "--line median:60 --income inkomst --household hushall", "--confidential");
        Assert.Equal(6, results.Count(row => Text(row, "measure") == "eblup"));
        Assert.DoesNotContain(results, row => Text(row, "measure") == "at-risk-of-poverty-rate");
        var wrong = await CommandRun.Of("smallarea", file.Path, "--area", "omrade", "--from-poverty", "--nonsense 3");
        Assert.Equal(ExitCode.CallIsWrong, wrong.Code);
    }

    [Fact]
    public async Task Whatif_answers_the_question_of_2012_without_a_register()
    {
        var results = await Records("whatif", "--norm-year", "2011", "--to", "2012", "--uprate", "3.2%", "--household", "1:8");
        Assert.Equal(191.84, Value(results, "norm-change", "part", "child"), 1e-9);
        Assert.Equal(188.16, Value(results, "norm-change", "part", "price"), 1e-9);
        Assert.Equal(ExitCode.CallIsWrong, (await CommandRun.Of("whatif", "--norm-year", "2011", "--uprate", "3%")).Code);
        var marginal = await Records("whatif", "--norm-year", "2026", "--marginal", "--household", "1:8");
        Assert.Equal(1, Value(marginal, "marginal-effect", "income", "0"));
        Assert.Equal(0, Value(marginal, "marginal-effect", "income", "40000"));
    }

    [Theory]
    [InlineData("gradient", "--rank", "a", "--count", "b")]
    [InlineData("gradient", "--rank", "nowhere", "--count", "b", "--outcome", "c")]
    [InlineData("smallarea", "--area", "a")]
    [InlineData("forecast", "--period", "a", "--value", "b", "--horizon", "0")]
    [InlineData("smallarea", "--area", "a", "--estimate", "b", "--variance", "c", "--benchmark", "town")]
    public async Task A_wrong_call_says_so(string command, params string[] options)
    {
        using var file = new TemporaryFile("tabell.csv", "a,b,c\n1,5,0.5\n2,6,0.4\n3,7,0.2\n");
        var run = await CommandRun.Of([command, file.Path, .. options, "--confidential"]);
        Assert.Equal(ExitCode.CallIsWrong, run.Code);
        Assert.DoesNotContain("unforeseen", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smallarea", "--area", "b", "--estimate", "a", "--variance", "c", "--covariates", "k")]
    [InlineData("variance", "--area", "b", "--outcome", "k")]
    [InlineData("forecast", "--period", "c", "--value", "a")]
    [InlineData("gradient", "--rank", "k", "--count", "b", "--outcome", "c")]
    public async Task Data_that_no_model_fits_are_wrong_data(string command, params string[] options)
    {
        using var file = new TemporaryFile("tabell.csv", "a,b,c,k\n1,5,0.5,1\n2,6,0.4,1\n3,7,0.2,1\n");
        var run = await CommandRun.Of([command, file.Path, .. options, "--confidential"]);
        Assert.Equal(ExitCode.DataIsWrong, run.Code);
        Assert.DoesNotContain("unforeseen", run.Errors, StringComparison.Ordinal);
    }

    private static async Task<List<JsonElement>> Records(params string[] args)
    {
        var run = await CommandRun.Of([.. args, "--format", "json"]);
        Assert.True(run.Code == ExitCode.Done, run.Errors);
        using var document = JsonDocument.Parse(run.Output);
        return [.. document.RootElement.GetProperty("results").EnumerateArray().Select(element => element.Clone())];
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static double Value(List<JsonElement> results, string measure, string? parameter = null, string? word = null) =>
        results.First(row =>
        Text(row, "measure") == measure && (parameter is null || row.GetProperty("parameters").GetProperty(parameter).GetString() == word))
        .GetProperty("value").GetDouble();
}

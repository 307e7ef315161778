using System.Globalization;
using System.Text.Json;
using Analys.Tests;

namespace Analys.Cli.Tests.Effects;

/// <summary><c>analys effect</c> and <c>analys effect plan</c>: from a file to records, plan and folder.</summary>
public sealed class EffectCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    private static readonly string[] Columns = ["--unit", "district", "--outcome", "rate", "--time", "year", "--start", "start"];

    public void Dispose() => Directory.Delete(folder, true);

    [SharedFact]
    public async Task The_made_up_panel_agrees_from_end_to_end()
    {
        var results = await Results("effect", Repository.SharedAt("reference", "effects", "barnstod_panel.csv"),
            [.. Columns, "--confidential", "--format", "json"]);
        Assert.Equal(-0.811357142857, Value(results, "att-simple"), 1e-9);
        Assert.Equal(-0.849783333333, Value(results, "att-group"), 1e-9);
        Assert.Equal(-1.036688888889, Value(results, "att-dynamic"), 1e-9);
        Assert.Equal(-1.272205026455, Value(results, "imputation-att"), 1e-9);
        Assert.Equal(0.0224609375, Value(results, "twfe-p", ("inference", "wild")), 1e-12);
        Assert.Equal("7815/83160",
            Find(results, "att-group-p", ("inference", "randomisation")).GetProperty("parameters").GetProperty("fraction").GetString());
    }

    [Fact]
    public async Task A_plan_does_not_know_the_outcome_and_every_deviation_is_told()
    {
        var (file, scrambled, plan, again) = (At("panel.csv"), At("other.csv"), At("plan.json"), At("again.json"));
        await File.WriteAllTextAsync(file, Panel(row => row.ToString(CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(scrambled, Panel(row => row % 2 == 0 ? "\"no, number\"" : ""));
        string[] call = [.. Columns, "--confidential", "--date", "2026-01-31", "--measures", "att-simple"];
        Assert.Equal(0, (await CommandRun.Of(["effect", "plan", file, .. call, "--out", plan])).Code);
        Assert.Equal(0, (await CommandRun.Of(["effect", "plan", scrambled, .. call, "--out", again])).Code);
        // Whatever stands in the outcome's cells, the plan is the same to the byte.
        Assert.Equal(await File.ReadAllTextAsync(plan), await File.ReadAllTextAsync(again));
        var kept = await Results("effect", file,
            [.. Columns, "--measures", "att-simple", "--plan", plan, "--confidential", "--format", "json"]);
        Assert.Equal(0, Value(kept, "plan-deviations"));
        var broken = await Results("effect", file,
            [.. Columns, "--measures", "att-dynamic", "--level", "0.9", "--plan", plan, "--confidential", "--format", "json"]);
        Assert.Equal(["level", "measures"], broken.Where(row => row.GetProperty("measure").GetString() == "plan-deviation")
            .Select(row => row.GetProperty("parameters").GetProperty("field").GetString()!).Order());
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan)).Replace("0.95", "0.90", StringComparison.Ordinal));
        Assert.Equal(1, (await CommandRun.Of(["effect", file, .. Columns, "--plan", plan, "--confidential"])).Code);
    }

    [Fact]
    public async Task One_treated_unit_is_compared_with_a_mixture_and_nothing_else()
    {
        var file = At("one.csv");
        await File.WriteAllTextAsync(file, Panel(row => ((row * 7) % 13).ToString(CultureInfo.InvariantCulture), treated: 1));
        var results = await Results("effect", file, [.. Columns, "--confidential", "--format", "json", "--out", At("ut")]);
        Assert.Equal(1, results.Where(row => row.GetProperty("measure").GetString() == "synthetic-weight")
            .Sum(row => row.GetProperty("value").GetDouble()), 1e-12);
        Assert.Contains(results, row => row.GetProperty("measure").GetString() == "synthetic-control-p");
        Assert.True(File.Exists(At("ut", "effekt.html")) && File.Exists(At("ut", "figurer", "synthetic-path-synthetic.svg"))
            && File.Exists(At("ut", "manifest.json")));
        var refused = await CommandRun.Of(["effect", file, .. Columns, "--measures", "att-simple", "--confidential"]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("synthetic-control", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handful_of_persons_has_exact_tests_and_power_and_is_protected()
    {
        var file = At("persons.csv");
        var rows = Enumerable.Range(0, 36).Select(i => $"p{i},{(i < 12 ? 1 : 0)},{(i < 3 || i is >= 12 and < 26 ? 1 : 0)}");
        await File.WriteAllTextAsync(file, "id,group,placed\n" + string.Join('\n', rows) + "\n");
        string[] call = ["--unit", "id", "--outcome", "placed", "--treated", "group", "--detect", "-0.3333333333333333", "--format",
            "json"];
        var results = await Results("effect", file, [.. call, "--confidential"]);
        Assert.Equal(0.082959903, Value(results, "fisher-exact"), 5e-10);
        Assert.Equal(0.057866766, Value(results, "mid-p"), 5e-10);
        Assert.Equal((3.0 / 12) - (14.0 / 24), Value(results, "risk-difference"), 1e-12);
        Assert.InRange(Value(results, "power"), 0.3, 0.6);
        // Three of twelve are fewer than the policy's five: no figure of that table leaves.
        var released = await Results("effect", file, call);
        Assert.All(released.Where(row =>
            row.GetProperty("measure").GetString() is "risk-difference" or "risk-ratio" or "mid-p" or "fisher-exact" or "att-difference"),
            row => Assert.Equal("suppressed", row.GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData(2, "effect", "F", "--unit", "district", "--outcome", "rate", "--time", "year")]
    [InlineData(2, "effect", "F", "--unit", "district", "--outcome", "rate", "--time", "year", "--start", "nothing")]
    [InlineData(2, "effect", "F", "--unit", "district", "--outcome", "rate", "--time", "year", "--start", "start", "--measures",
        "att-simpel")]
    [InlineData(2, "effect", "F", "--unit", "district", "--outcome", "rate", "--time", "year", "--start", "start", "--measures", "mid-p")]
    [InlineData(2, "effect", "F", "--unit", "district", "--outcome", "rate", "--time", "year", "--start", "start", "--level", "95")]
    [InlineData(1, "effect", "F", "--unit", "district", "--outcome", "rate", "--treated", "year")]
    [InlineData(2, "effect", "F", "--unit", "year", "--outcome", "rate", "--time", "year", "--start", "start")]
    public async Task What_cannot_be_meant_is_refused_without_a_cell(int code, params string[] call)
    {
        var file = At("panel.csv");
        await File.WriteAllTextAsync(file, Panel(row => (row + 0.12345).ToString(CultureInfo.InvariantCulture)));
        var run = await CommandRun.Of([.. call.Select(word => word == "F" ? file : word)]);
        Assert.Equal(code, run.Code);
        Assert.DoesNotContain(".12345", run.Errors + run.Output, StringComparison.Ordinal);
    }

    private string At(params string[] parts) => Path.Combine([folder, .. parts]);

    // Twelve districts in six years; the first ones start in year 2004.
    private static string Panel(Func<int, string> outcome, int treated = 5) =>
        "district,year,start,rate\n" + string.Concat(Enumerable.Range(0, 72)
        .Select(row => string.Create(CultureInfo.InvariantCulture,
            $"D{row / 6},{2001 + (row % 6)},{(row / 6 < treated ? "2004" : "")},{outcome(row)}\n")));

    private static async Task<JsonElement[]> Results(string command, string file, string[] options)
    {
        var run = await CommandRun.Of([command, file, .. options]);
        Assert.True(run.Code == 0, run.Errors);
        return [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("results").EnumerateArray()];
    }

    private static JsonElement Find(JsonElement[] results, string measure, params (string Name, string Value)[] parameters) =>
        results.First(row =>
        row.GetProperty("measure").GetString() == measure
        && parameters.All(one => row.GetProperty("parameters").TryGetProperty(one.Name, out var value) && value.GetString() == one.Value));

    private static double Value(JsonElement[] results, string measure, params (string Name, string Value)[] parameters) =>
        Find(results, measure, parameters).GetProperty("value").GetDouble();
}

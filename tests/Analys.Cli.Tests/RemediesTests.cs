using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Analys.Cli.Tests;

/// <summary>A refused call names what would pass; each of it does pass and shows as many figures as was said.</summary>
public sealed partial class RemediesTests : IDisposable
{
    private const string Measures = "at-risk-of-poverty-rate,income-support-share,long-term-income-support-share";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_refusal_offers_passes_the_best_first()
    {
        var file = await Register();
        var refused = await CommandRun.Of("poverty", file, "--by", "sex,area", "--measures", Measures, "--language", "en");
        Assert.Equal(ExitCode.ReleaseRefused, refused.Code);
        var offered = Offer().Matches(refused.Errors).Select(match => (Says: match.Groups[1].Value,
            Shown: Whole(match.Groups[2].Value), All: Whole(match.Groups[3].Value))).ToList();
        Assert.True(offered.Count >= 3, refused.Errors);
        Assert.Equal(offered.OrderByDescending(one => one.Shown), offered);
        var without = Assert.Single(offered, one => one.Says == "without the measure income-support-share");
        Assert.Equal((without.Shown, without.All), await Shown("poverty", file, "--by", "sex,area", "--measures",
            "at-risk-of-poverty-rate,long-term-income-support-share"));
        var coarser = Assert.Single(offered, one => one.Says == "without sex");
        Assert.Equal((coarser.Shown, coarser.All), await Shown("poverty", file, "--by", "area", "--measures", Measures));
        var taken = await CommandRun.Of("poverty", file, "--by", "sex,area", "--measures", Measures, "--coarsen", "--language", "en");
        Assert.Equal(ExitCode.Done, taken.Code);
        Assert.Contains($"coarsened: {offered[0].Says}", taken.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remedies_are_said_in_Swedish()
    {
        var file = await Register();
        var refused = await CommandRun.Of("poverty", file, "--by", "sex,area", "--measures", Measures, "--language", "sv");
        Assert.Contains("eller: utan måttet income-support-share (", refused.Errors, StringComparison.Ordinal);
        Assert.Contains(" efter stadens regioner (", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("without", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" of ", refused.Errors, StringComparison.Ordinal);
    }

    private async Task<string> Register()
    {
        Assert.Equal(0, (await CommandRun.Of("synth", "--persons", "1000", "--seed", "4", "--out", folder.Path)).Code);
        return Path.Combine(folder.Path, "syntetisk-register-2017.csv");
    }

    private static async Task<(int Shown, int All)> Shown(params string[] call)
    {
        var run = await CommandRun.Of([.. call, "--format", "json"]);
        Assert.Equal(ExitCode.Done, run.Code);
        using var document = JsonDocument.Parse(run.Output);
        var records = document.RootElement.GetProperty("results").EnumerateArray().ToList();
        return (records.Count(record => record.GetProperty("status").GetString() != "suppressed"), records.Count);
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^analys: (?:passes|or): (.+) \((\d+) of (\d+) figures shown\)\r?$", RegexOptions.Multiline)]
    private static partial Regex Offer();
}

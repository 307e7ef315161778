using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Analys.Tests;

namespace Analys.Cli.Tests.Tools;

/// <summary>The page on known packages holds us to the values that it gives as ours.</summary>
public sealed partial class PackagesPageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys-packages-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Our_values_on_the_page_are_what_the_command_gives()
    {
        var cases = Case().Matches(await File.ReadAllTextAsync(Repository.At("lib", "Analys", "Measure", "PACKAGES.md")));
        Assert.True(cases.Count >= 12, $"{cases.Count} cases");
        foreach (Match found in cases)
        {
            var file = Path.Combine(folder, "case.csv");
            await File.WriteAllTextAsync(file, found.Groups["table"].Value);
            string[] call = [.. found.Groups["call"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word =>
                word == "case.csv" ? file : word)];
            var run = await CommandRun.Of([.. call, "--confidential", "--format", "json"]);
            Assert.True(run.Code == 0, run.Errors);
            using var records = JsonDocument.Parse(run.Output);
            foreach (Match ours in Ours().Matches(found.Value)) Check(ours.Groups["said"].Value.Trim(),
                records.RootElement.GetProperty("results"));
        }
    }

    // MEASURE [GROUP or POPULATION] VALUE, or undefined: REASON.
    private static void Check(string said, JsonElement records)
    {
        var undefined = said.IndexOf("undefined: ", StringComparison.Ordinal);
        var words = (undefined < 0 ? said : said[..undefined]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var whom = words.Length > (undefined < 0 ? 2 : 1) ? words[1] : null;
        var record = records.EnumerateArray().First(row => row.GetProperty("measure").GetString() == words[0]
            && (row.GetProperty("group").GetString() ?? row.GetProperty("population").GetString()) == whom);
        if (undefined >= 0) Assert.Equal(said[(undefined + "undefined: ".Length)..], record.GetProperty("reason").GetString());
        else Assert.Equal(double.Parse(words[^1], CultureInfo.InvariantCulture), record.GetProperty("value").GetDouble(), 1e-12);
    }

    [GeneratedRegex("```csv\n(?<table>.*?)```\\s+analys (?<call>[^\n]+)\n\\s*- theirs: [^\n]+\n(- ours: [^\n]+\n)+",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Case();

    [GeneratedRegex("^- ours: (?<said>.+)$", RegexOptions.Multiline)]
    private static partial Regex Ours();
}

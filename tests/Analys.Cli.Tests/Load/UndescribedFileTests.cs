using System.Text.Json;

namespace Analys.Cli.Tests.Load;

/// <summary>Files as colleagues send them, without a schema: measured right, or refused with the rows.</summary>
public sealed class UndescribedFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("stadsdel", "Folkmängd\n\nstadsdel;a;b\nx;10;20\ny;30;40\n\nKälla: SCB; tabell 1\n")]
    [InlineData("stadsdel", "stadsdel;a;b;\nx;10;20;\ny;30;40;\n")]
    [InlineData("stadsdel", "stadsdel;a;b\nx;10;20\n;;\n\ny;30;40\n")]
    [InlineData("column1", ",a,b\nx,10,20\ny,30,40\n")]
    public async Task A_wrapped_table_gives_the_same_figures(string unit, string text)
    {
        var plain = await Dissimilarity("stadsdel", "stadsdel;a;b\nx;10;20\ny;30;40\n");
        var wrapped = await Dissimilarity(unit, text);
        Assert.Equal((0, plain.Output), (wrapped.Code, wrapped.Output));
        Assert.Contains("analys: note: ", wrapped.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FILE")]
    [InlineData("--source", "FILE")]
    public async Task Several_years_give_a_figure_each_and_a_table_each(params string[] from)
    {
        var file = Write("stadsdel;år;grupp;antal\nKista;2018;a;10\nKista;2018;b;20\nFarsta;2018;a;30\nFarsta;2018;b;5\nKista;2024;a;15\n"
            + "Kista;2024;b;20\nFarsta;2024;a;30\nFarsta;2024;b;15\n");
        Task<CommandRun> Segregation(params string[] more) => CommandRun.Of(["segregation",
            .. from.Select(part => part.Replace("FILE", file, StringComparison.Ordinal)), "--unit", "stadsdel", "--group", "grupp",
                "--count", "antal",
            "--measures", "dissimilarity", "--confidential", "--format", "csv", .. more]);
        Assert.Contains("dissimilarity,,2018,,a,,,0.55,", (await Segregation()).Output, StringComparison.Ordinal);
        Assert.Contains("dissimilarity,,2024,,a,,,0.238", (await Segregation()).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(",2024,", (await Segregation("--period", "2018")).Output, StringComparison.Ordinal);
        Assert.Contains("dissimilarity,,,,a,,,0.3725", (await Segregation("--period", "all")).Output, StringComparison.Ordinal);
        Assert.Contains("where=år!=2024", (await Segregation("--where", "år!=2024")).Output, StringComparison.Ordinal);
        if (from.Length > 1) return;
        Task<CommandRun> Release(params string[] more) => CommandRun.Of(["release", file, "--count", "antal", "--policy", "confidential",
            "--format", "csv", .. more]);
        var both = await Release("--dimensions", "stadsdel");
        Assert.Equal(0, both.Code);
        Assert.StartsWith("år,stadsdel,count,status\n2018,Farsta,35,P\n", both.Output, StringComparison.Ordinal);
        Assert.Contains("2024,T,80,P", both.Output, StringComparison.Ordinal);
        Assert.Equal(both.Output, (await Release("--dimensions", "stadsdel,år")).Output);
        Assert.Contains("\nT,145,P", (await Release("--dimensions", "stadsdel", "--period", "all")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows 3, 5", "stadsdel;a;b\nx;10;20\ny;hemlis;2\nz;3;4\nå;hemlis;5\nä;7;7\n")]
    [InlineData("row 3", "stadsdel;a;b\nx;10;20\ny;<15;40\n")]
    [InlineData("row 3", "stadsdel;a;b\nx;10;20\ny;-4711;40\n")]
    [InlineData("row 4", "stadsdel;a;b\nx;10;20\n\ny;..;40\n")]
    public async Task Wrong_cells_are_named_by_their_rows_and_never_shown(string rows, string text)
    {
        var file = Write(text);
        foreach (var run in new[]
        {
            await Dissimilarity("stadsdel", text),
            await CommandRun.Of("segregation", file, "--unit", "b", "--group", "stadsdel", "--count", "a"),
            await CommandRun.Of("poverty", file, "--income", "b", "--weight", "a"),
        })
        {
            Assert.Equal(1, run.Code);
            Assert.Empty(run.Output);
            Assert.Matches($"column a[^0-9]*{rows}:", run.Errors);
            Assert.DoesNotContain("hemlis", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("4711", run.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("poverty", "FILE", "--income", "a")]
    [InlineData("inequality", "FILE", "--income", "a")]
    [InlineData("release", "FILE", "--dimensions", "stadsdel", "--count", "a")]
    [InlineData("segregation", "FILE", "--unit", "stadsdel", "--groups", "a,b")]
    public async Task Every_command_that_asks_for_numbers_says_which_cells_are_none(params string[] call)
    {
        var file = Write("stadsdel;a;b\nx;10;20\ny;okänd;2\nz;3;4\n");
        var run = await CommandRun.Of([.. call.Select(argument => argument.Replace("FILE", file, StringComparison.Ordinal))]);
        Assert.Equal(1, run.Code);
        Assert.Contains("row 3", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_what_was_taken_for_granted()
    {
        var file = Write("Titel\nstadsdel;a\nx;<15\ny;3\n");
        var text = await CommandRun.Of("check", file);
        Assert.Equal(0, text.Code);
        Assert.Contains("note: title-rows: t.csv, row 1:", text.Output, StringComparison.Ordinal);
        Assert.Contains("note: mark: t.csv, column a, row 3: withheld", text.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await CommandRun.Of("check", file, "--format", "json")).Output);
        Assert.True(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal(["title-rows", "mark"], json.RootElement.GetProperty("notices").EnumerateArray()
            .Select(notice => notice.GetProperty("type").GetString()!));
    }

    private async Task<CommandRun> Dissimilarity(string unit, string text) =>
        await CommandRun.Of("segregation", Write(text), "--unit", unit, "--groups", "a,b", "--measures", "dissimilarity", "--confidential",
            "--format", "csv");

    private string Write(string text)
    {
        var path = Path.Combine(folder, "t.csv");
        File.WriteAllText(path, text);
        return path;
    }
}

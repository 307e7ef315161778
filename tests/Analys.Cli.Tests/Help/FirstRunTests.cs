using System.Text.Json;
using Analys.Cli.Completion;
using Analys.Cli.Errors;
using Analys.Domain;
using Analys.Load.Schema;
using Analys.Measure.Inference;

namespace Analys.Cli.Tests.Help;

/// <summary>Completion, roles, a new folder, and what is said when something breaks.</summary>
public sealed class FirstRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("analys seg", "segregation")]
    [InlineData("analys segregation FILE --un", "--unit")]
    [InlineData("analys segregation FILE --unit ", "omr")]
    [InlineData("analys segregation FILE --unit omr --groups utl,s", "utl,sv")]
    [InlineData("analys segregation FILE --groups=ut", "--groups=utl")]
    [InlineData("analys segregation FILE --measures dissimilarity,gi", "dissimilarity,gini")]
    [InlineData("analys release FILE --policy sto", "stockholm")]
    [InlineData("analys report --recipe st", "stockholm")]
    [InlineData("analys report --areas Fars", "Farsta")]
    [InlineData("analys report --language ", "sv")]
    [InlineData("analys profile Norr", "Norrmalm")]
    [InlineData("analys notebook r", "run")]
    [InlineData("analys help pol", "policies")]
    [InlineData("analys segregation FILE --where 'om", "omr=")]
    [InlineData("analys segregation FILE --null ", "geographic")]
    [InlineData("analys poverty FILE --line med", "median:60")]
    public void A_line_is_completed_with_what_may_follow(string line, string candidate)
    {
        var file = Path.Combine(folder, "t.csv");
        File.WriteAllText(file, "omr,utl,sv\nhemligt,1,2\n");
        var found = Completer.Of(CallLine.Parse(line.Replace("FILE", file.Replace("\\", "\\\\", StringComparison.Ordinal),
            StringComparison.Ordinal)));
        Assert.Contains(candidate, found.Select(one => one.Value));
        Assert.DoesNotContain(found, one => one.Value.Contains("hemligt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public async Task A_shell_gets_a_script_that_asks_the_command(string shell)
    {
        var run = await CommandRun.Of("completion", shell);
        Assert.Equal(0, run.Code);
        Assert.Contains($"__complete {shell}", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("segregation", (await CommandRun.Of("__complete", shell, "analys segr")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_are_asked_for_and_written_as_a_schema_that_can_be_read()
    {
        var file = Path.Combine(folder, "t.csv");
        await File.WriteAllTextAsync(file, "stadsdel,antal,annat\nA,1,2\nB,3,4\n");
        using var bytes = new MemoryStream();
        var (output, errors) = (new StringWriter(), new StringWriter());
        string[] call = ["roles", file, "--public", "Stockholm, 2026", "--role", "annat=none"];
        // The first answer is misspelt and asked again; an empty one takes the guess.
        var terminal = new Terminal(bytes, output, errors, call) { Input = new StringReader("arae\narea\n\n") };
        Assert.Equal(0, await App.RunOnceAsync(call, terminal, CancellationToken.None));
        Assert.Contains("Did you mean area?", errors.ToString(), StringComparison.Ordinal);
        var schema = TableSchema.Load(Path.Combine(folder, "t.schema.json"));
        Assert.Equal([Role.Area, Role.Count, Role.None], schema.Fields.Select(field => field.Role));
        Assert.Equal(Confidentiality.Public, schema.Confidentiality);
        Assert.Equal(0, (await CommandRun.Of("check", file)).Code);
        Assert.Equal(2, (await CommandRun.Of("roles", file, "--yes")).Code);
        Assert.Equal(0, (await CommandRun.Of("roles", file, "--yes", "--force")).Code);
    }

    [Fact]
    public async Task A_new_folder_has_what_an_analyst_begins_with_and_nothing_is_written_over()
    {
        var (source, target) = (Path.Combine(folder, "u.csv"), Path.Combine(folder, "projekt"));
        await File.WriteAllTextAsync(source, "stadsdel,antal\nA,10\nB,30\n");
        var run = await CommandRun.Of("init", target, "--from", source, "--language", "sv");
        Assert.Equal(0, run.Code);
        foreach (var name in (string[])["LÄSMIG.md", "01-start.ipynb", ".gitignore", "data/u.csv", "data/u.schema.json",
            "recept/rapport.json", "journal/LÄSMIG.md"])
            Assert.True(File.Exists(Path.Combine([target, .. name.Split('/')])), name);
        Assert.Equal(0, (await CommandRun.Of("check", Path.Combine(target, "data", "u.csv"))).Code);
        Assert.Equal(0, (await CommandRun.Of("notebook", "lint", Path.Combine(target, "01-start.ipynb"))).Code);
        using var recipe = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(target, "recept", "rapport.json")));
        Assert.Equal("rapport", recipe.RootElement.GetProperty("name").GetString());
        await File.WriteAllTextAsync(Path.Combine(target, "LÄSMIG.md"), "mitt");
        var again = await CommandRun.Of("init", target, "--language", "sv");
        Assert.Equal(0, again.Code);
        Assert.Contains("LÄSMIG.md står redan där", again.Errors, StringComparison.Ordinal);
        Assert.Equal("mitt", await File.ReadAllTextAsync(Path.Combine(target, "LÄSMIG.md")));
    }

    [Fact]
    public void The_report_of_an_unforeseen_error_holds_names_only()
    {
        Exception error;
        try
        {
            throw new InvalidOperationException("cell 811218-9876", new FormatException("hemligt"));
        }
        catch (InvalidOperationException e)
        {
            error = e;
        }

        var text = FaultReport.Text(error, ["poverty", "hemlig.csv", "--where", "namn=hemlig", "--area=hemlig", "--hemligt811218"]);
        Assert.DoesNotContain("hemlig", text, StringComparison.Ordinal);
        Assert.DoesNotContain("9876", text, StringComparison.Ordinal);
        Assert.Contains("--where --area", text, StringComparison.Ordinal);
        Assert.Contains(nameof(The_report_of_an_unforeseen_error_holds_names_only), text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_work_says_how_far_it_has_come()
    {
        var heard = new System.Collections.Concurrent.ConcurrentBag<(string What, long Done, long Parts)>();
        Work.Listen((what, done, parts) => heard.Add((what, done, parts)));
        Replicates.Run(20, 1, () => 0, (random, _) => random.NextDouble());
        Work.Listen(null);
        Replicates.Run(20, 1, () => 0, (random, _) => random.NextDouble());
        Assert.Equal(Enumerable.Range(0, 21).Select(done => ("replicates", (long)done, 20L)), heard.OrderBy(one => one.Done));
    }

    [Fact]
    public void A_full_disk_and_a_missing_right_are_the_machines_fault()
    {
        Assert.Contains("disk is full", MachineFault.Of(new IOException("x", 28), []), StringComparison.Ordinal);
        Assert.Contains("no right", MachineFault.Of(new UnauthorizedAccessException(), ["check", "f.csv"]), StringComparison.Ordinal);
        Assert.Null(MachineFault.Of(new UnauthorizedAccessException(), ["check", folder]));
        Assert.Null(MachineFault.Of(new IOException("x", 2), []));
        Assert.IsType<MachineException>(MachineFault.Writing(new IOException("x", 28), "--out"));
    }

    [Fact]
    public async Task A_full_disk_ends_with_4_and_leaves_nothing()
    {
        if (!File.Exists("/dev/full")) return;
        var file = Path.Combine(folder, "t.csv");
        await File.WriteAllTextAsync(file, "omr,utl,sv\nA,10,20\nB,30,40\nC,50,60\n");
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var errors = new StringWriter();
        var code = await App.RunAsync(["convert", file], full, TextWriter.Null, errors, CancellationToken.None);
        Assert.Equal(4, code);
        Assert.Contains("the disk is full", errors.ToString(), StringComparison.Ordinal);
    }
}

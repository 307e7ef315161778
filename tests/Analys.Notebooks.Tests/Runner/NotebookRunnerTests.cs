using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Tests.Runner;

public sealed class NotebookRunnerTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public async Task A_notebook_is_run_in_its_own_directory_and_keeps_its_outputs()
    {
        using var notebook = new TestNotebook("var text = File.ReadAllText(\"data.txt\");", "", "Console.WriteLine(text); text.Length");
        await File.WriteAllTextAsync(notebook.At("data.txt"), "hej");
        var result = await NotebookRunner.RunAsync(notebook.Path);
        Assert.True(result.Succeeded, result.Failure?.ToString());
        Assert.Equal(2, result.Cells);
        Assert.Equal("hej\n3", notebook.OutputText(2));
        Assert.Equal([1, null, 2], notebook.Load().Cells.Select(cell => cell.ExecutionCount));
    }

    [Fact]
    public async Task Provenance_names_versions_inputs_parameters_and_time()
    {
        using var notebook = new TestNotebook("parameters | var year = 2011;", "#r \"AngleSharp.dll\"\nFile.Exists(\"data.txt\")");
        await File.WriteAllTextAsync(notebook.At("data.txt"), "hej");
        await NotebookRunner.RunAsync(notebook.Path, new RunOptions { Parameters = new Dictionary<string, string> { ["year"] = "2017" } });
        var written = notebook.Load().Metadata["analys"]!;
        Assert.Equal("2017", (string?)written["parameters"]!["year"]);
        Assert.Equal("data.txt", (string?)written["inputs"]![0]!["file"]);
        Assert.Equal("9c478bf63e9500cb5db1e85ece82f18c8eb9e52e2f9135acd7f10972c8d563ba", (string?)written["inputs"]![0]!["sha256"]);
        Assert.Equal("AngleSharp.dll", (string?)written["references"]![0]!["file"]);
        Assert.NotNull((string?)written["version"]);
        Assert.EndsWith("Z", (string?)written["executed"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_cell_ends_the_run_with_notebook_cell_and_line_and_outputs_are_kept()
    {
        using var notebook = new TestNotebook(
            "Console.Write(\"kept\");", "var a = 1;\nConsole.Write(\"also\");\nthrow new InvalidOperationException(\"no\");", "1");
        var result = await NotebookRunner.RunAsync(notebook.Path);
        Assert.Equal("test.ipynb: cell 2, line 3: System.InvalidOperationException: no", result.Failure?.ToString());
        Assert.Equal(("c2", 2), (result.Failure!.Id, result.Failure.Position));
        Assert.Equal("kept", notebook.OutputText(0));
        Assert.Equal("alsono", notebook.OutputText(1));
        Assert.Equal("", notebook.OutputText(2));
    }

    [Fact]
    public async Task Tags_skip_and_allow_failure()
    {
        using var notebook =
            new TestNotebook("skip-execution | throw new Exception();", "raises-exception | throw new Exception(\"meant\");", "5");
        var result = await NotebookRunner.RunAsync(notebook.Path);
        Assert.True(result.Succeeded);
        Assert.Equal("meant", notebook.OutputText(1));
        Assert.Equal("5", notebook.OutputText(2));
    }

    [Fact]
    public async Task Parameters_take_the_types_of_their_variables()
    {
        using var notebook = new TestNotebook(
            "parameters | var year = 2011; var share = 1.0; string name = \"a\"; var day = new DateOnly(2000, 1, 1); bool all = false;",
            "$\"{year + 1} {share / 2} {name.Length} {day:yyyy} {all}\"");
        var parameters = new Dictionary<string, string>
        {
            ["year"] = "2017",
            ["share"] = "3",
            ["name"] = "12\"3",
            ["day"] = "2018-05-01",
            ["all"] = "true",
        };
        var options = new RunOptions { Parameters = parameters };
        Assert.True((await NotebookRunner.RunAsync(notebook.Path, options)).Succeeded);
        Assert.Equal("2018 1.5 4 2018 True", notebook.OutputText(2).Replace(',', '.'));
        // A second run replaces the cell of the first; a run without parameters has none.
        Assert.True((await NotebookRunner.RunAsync(notebook.Path, options)).Succeeded);
        Assert.Equal(3, notebook.Load().Cells.Count);
        Assert.True((await NotebookRunner.RunAsync(notebook.Path)).Succeeded);
        Assert.Equal(2, notebook.Load().Cells.Count);
    }

    [Theory]
    [InlineData("yaer", "2017")]
    [InlineData("year", "soon")]
    public async Task A_wrong_parameter_is_an_error_that_does_not_repeat_the_value(string name, string value)
    {
        using var notebook = new TestNotebook("parameters | var year = 2011;");
        var options = new RunOptions { Parameters = new Dictionary<string, string>(None) { [name] = value } };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => NotebookRunner.RunAsync(notebook.Path, options));
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_takes_too_long_is_stopped()
    {
        using var notebook = new TestNotebook("1", "while (true) { }");
        var options = new RunOptions { CellTimeout = TimeSpan.FromSeconds(1.5), Output = notebook.At("out.ipynb") };
        var result = await NotebookRunner.RunAsync(notebook.Path, options);
        Assert.Equal("Timeout", result.Failure?.Error.Name);
        Assert.Equal("", notebook.OutputText(0));
        Assert.True(File.Exists(notebook.At("out.ipynb")));
    }

    [Fact]
    public async Task A_run_can_be_cancelled()
    {
        using var notebook = new TestNotebook("while (true) { }");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var result = await NotebookRunner.RunAsync(notebook.Path, cancellation: stop.Token);
        Assert.Equal("Interrupted", result.Failure?.Error.Name);
    }

    [Fact]
    public async Task A_notebook_that_asks_is_told_that_no_one_is_there()
    {
        using var notebook = new TestNotebook("Input(\"?\")");
        Assert.Equal("InputError", (await NotebookRunner.RunAsync(notebook.Path)).Failure?.Error.Name);
    }
}

using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Tests.Examples;

/// <summary>Cells in a program of one's own: a session, what it puts out, and a whole notebook.</summary>
public sealed class SessionExamples : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("analys").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_session_runs_cells_and_says_what_they_put_out()
    {
        using var session = new NotebookSession(new SessionOptions { Directory = folder, RowLimit = 20 });
        var said = new List<string>();
        void Say(CellOutput output) => said.Add(output switch
        {
            StreamOutput stream => $"{stream.Name}: {stream.Text.Trim()}",
            DisplayOutput shown => shown.Data.Data[MimeBundle.Markdown],
            ResultOutput value => value.Data.Data[MimeBundle.Text],
            ErrorOutput failed => failed.Error.Name,
            ClearOutput => "cleared",
            _ => "",
        });
        CellResult first = await session.ExecuteAsync("Console.WriteLine(\"hej\"); display(Markdown(\"**sju**\")); 3 + 4", 1, Say);
        CellError? wrong = (await session.ExecuteAsync("int.Parse(\"x\")", 2, Say)).Error;
        CellResult refused = await session.ExecuteAsync($"throw new {typeof(CellException)}(\"NotToday\", \"i ord\");", 3, Say);
        Assert.True(first.Succeeded);
        Assert.Equal("NotToday", refused.Error!.Name);
        Assert.Equal(["stdout: hej", "**sju**", "7"], said.Take(3));
        Assert.Equal("System.FormatException", wrong!.Name);
    }

    [Fact]
    public async Task A_notebook_is_run_with_parameters_and_says_where_it_failed()
    {
        var path = Path.Combine(folder, "n.ipynb");
        await File.WriteAllTextAsync(path, """
            {"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["throw new Exception();"]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """);
        var begun = new List<int>();
        void Tell(RunProgress at) => begun.Add(at.Cell);
        RunResult result = await NotebookRunner.RunAsync(path, new RunOptions { Progress = Tell });
        RunFailure failure = result.Failure!;
        Assert.Equal([1], begun);
        Assert.Equal(1, failure.Cell);
        NotebookCell cell = Notebook.Load(path).Cells[0];
        Assert.Equal("throw new Exception();", cell.Source);
    }
}

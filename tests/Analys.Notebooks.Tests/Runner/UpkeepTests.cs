using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Tests.Runner;

public sealed class UpkeepTests
{
    [Fact]
    public async Task Outputs_are_stale_from_the_changed_cell_on()
    {
        using var notebook = new TestNotebook("var a = 1;", "File.ReadAllText(\"in.txt\")", "a");
        await File.WriteAllTextAsync(notebook.At("in.txt"), "x");
        Assert.False(NotebookStale.Check(notebook.Path).IsStale);
        await NotebookRunner.RunAsync(notebook.Path);
        Assert.False(NotebookStale.Check(notebook.Path).IsStale);

        await File.WriteAllTextAsync(notebook.At("in.txt"), "y");
        Assert.Equal(["in.txt"], NotebookStale.Check(notebook.Path).ChangedInputs);

        var edited = notebook.Load();
        edited.Cells[1].Source = "File.ReadAllText(\"in.txt\") + a";
        edited.Save(notebook.Path);
        Assert.Equal(["c2", "c3"], NotebookStale.Check(notebook.Path).Cells.Select(cell => cell.Id));
    }

    [Fact]
    public async Task Stripping_gives_back_the_bytes_from_before_the_run()
    {
        using var notebook = new TestNotebook("parameters | var a = 1;", "a");
        var before = await File.ReadAllTextAsync(notebook.Path);
        await NotebookRunner.RunAsync(notebook.Path, new RunOptions { Parameters = new Dictionary<string, string> { ["a"] = "2" } });
        Assert.NotEqual(before, await File.ReadAllTextAsync(notebook.Path));
        Assert.True(NotebookStrip.Apply(notebook.Path));
        Assert.Equal(before, await File.ReadAllTextAsync(notebook.Path));
        Assert.False(NotebookStrip.Apply(notebook.Path));
    }

    [Fact]
    public void Lint_finds_what_surprises_the_next_reader()
    {
        using var notebook =
            new TestNotebook("var p = \"/home/someone/data.csv\";", "SELECT a FROM t", "x", "#!nonsense\n1", "#!sql-db\nSELECT a FROM t");
        var written = notebook.Load();
        written.Cells[0].ExecutionCount = 5;
        written.Cells[1].ExecutionCount = 3;
        written.Cells[2].Metadata["vscode"] = new System.Text.Json.Nodes.JsonObject { ["languageId"] = "fsharp" };
        written.Cells[3].Outputs.Add(new System.Text.Json.Nodes.JsonObject { ["output_type"] = "error" });
        written.Save(notebook.Path);
        var findings = NotebookLint.Check(notebook.Path).Select(finding => (finding.Code, finding.Position, finding.Line));
        Assert.Equal(
            [
                ("absolute-path", 1, 1), ("missing-magic", 2, 1), ("execution-order", 2, null), ("missing-magic", 3, 1),
                ("unknown-magic", 4, 1), ("outputs", 4, null), ("error-output", 4, (int?)null),
            ],
            findings);
    }

    [Fact]
    public void A_notebook_of_Jupyters_passes_through_byte_by_byte()
    {
        const string Jupyter = """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "a1",
               "metadata": {
                "x": {
                 "unknown": [
                  1.50,
                  null,
                  true
                 ]
                }
               },
               "source": [
                "# Räkna 😀 <b>\n",
                "\u0001\"\\"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "a2",
               "metadata": {},
               "outputs": [],
               "source": []
              }
             ],
             "metadata": {},
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """;
        Assert.Equal(Jupyter, Notebook.Parse(Jupyter).ToJson());
    }

    [Fact]
    public void Cells_of_older_notebooks_are_given_ids()
    {
        var notebook = Notebook.Parse("""{"cells": [{"cell_type": "code", "source": "1"}], "nbformat": 4, "nbformat_minor": 2}""");
        Assert.Equal("cell-1", notebook.Cells[0].Id);
        Assert.Contains("\"nbformat_minor\": 5", notebook.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"cells\": [1], \"nbformat\": 4}")]
    [InlineData("{\"cells\": [], \"nbformat\": 3}")]
    public void What_is_no_notebook_is_refused(string text) => Assert.Throws<InvalidDataException>(() => Notebook.Parse(text));
}

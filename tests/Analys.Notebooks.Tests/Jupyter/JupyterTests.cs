using System.Diagnostics;
using System.Text.Json.Nodes;
using Analys.Notebooks.Jupyter;
using Analys.Notebooks.Runner;
using Analys.Notebooks.Tests.Runner;

using Analys.Tests;

namespace Analys.Notebooks.Tests.Jupyter;

public sealed class JupyterTests
{
    [JupyterFact]
    public async Task Nbconvert_runs_a_notebook_with_the_installed_kernel_to_the_same_outputs_as_the_runner()
    {
        using var notebook = new TestNotebook(
            "using System.Globalization;\nvar text = \"räksmörgås 😀\";\nConsole.WriteLine(text); text.Length",
            "record Area(string Name, int Children);\nvar areas = new[] { new Area(\"Älvsjö\", 12), new Area(\"<Farsta>\", 7) };\nareas",
            "#!sql --name big\nSELECT Name FROM areas WHERE Children > 10",
            "#!share --from sql big\nbig.Rows.Count",
            "#!markdown\n*hej*",
            "display(HTML(\"<b>x</b>\")); Console.Error.WriteLine(\"w\"); await Task.Delay(10);",
            "raises-exception | throw new InvalidOperationException(\"meant\");",
            "Math.PI");
        var directory = Directory.CreateTempSubdirectory("analys-jupyter");
        var spec = KernelSpec.Install(["dotnet", .. KernelProcess.Arguments, "{connection_file}"], directory.FullName);
        Assert.True(File.Exists(spec));

        var start = new ProcessStartInfo(
            JupyterFactAttribute.Python!,
            [
                "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=.net-csharp",
                "--output", "jupyter.ipynb", notebook.Path,
            ])
        {
            RedirectStandardError = true,
            // The process's own directory moves with every notebook that another test runs, and may be gone.
            WorkingDirectory = directory.FullName,
        };
        start.Environment["JUPYTER_PATH"] = directory.FullName;
        start.Environment["JUPYTER_RUNTIME_DIR"] = directory.FullName;
        using var process = Process.Start(start)!;
        var messages = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, messages);

        Assert.True((await NotebookRunner.RunAsync(notebook.Path, new RunOptions { Output = notebook.At("runner.ipynb") })).Succeeded);
        var theirs = Notebook.Load(notebook.At("jupyter.ipynb")).Cells;
        var ours = Notebook.Load(notebook.At("runner.ipynb")).Cells;
        Assert.All(theirs.Zip(ours), pair => Assert.Equal(Sorted(pair.First.Outputs), Sorted(pair.Second.Outputs)));
        Assert.Equal(theirs.Select(cell => cell.ExecutionCount), ours.Select(cell => cell.ExecutionCount));
        directory.Delete(recursive: true);
    }

    private static string Sorted(JsonArray outputs) => JupyterJson.Write(outputs);
}

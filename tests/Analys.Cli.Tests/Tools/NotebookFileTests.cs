using System.Diagnostics;
using System.Text.Json.Nodes;
using Analys.Tests;

namespace Analys.Cli.Tests.Tools;

/// <summary>The notebooks of the project: clean in git, run by the runner, run by Jupyter with the same outputs, reproduced from their
/// manifests.</summary>
public sealed class NotebookFileTests
{
    private static readonly string Folder = Repository.At("notebooks");

    private static readonly string[] ShownByJupyter =
        ["00-fran-fil-till-figur.ipynb", "06-sql-och-csharp.ipynb", "09-omradestyper.ipynb"];

    private static string[] Notebooks => [.. Directory.GetFiles(Folder, "*.ipynb").Order(StringComparer.Ordinal)];

    [Fact]
    public async Task They_are_stripped_and_lint_finds_nothing()
    {
        Assert.True(Notebooks.Length >= 7);
        var run = await CommandRun.Of(["notebook", "lint", .. Notebooks]);
        Assert.True(run.Code == 0, run.Output);
        Assert.All(Notebooks, file => Assert.DoesNotContain("\"output_type\"", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [JupyterFact]
    public async Task Jupyter_and_the_runner_give_the_same_outputs_and_the_manifests_reproduce()
    {
        // A copy of the folder: the notebooks write beside it, and the repository stays as it is.
        using var folder = new TemporaryFolder();
        var root = folder.Path;
        var copy = CopyTo(root);
        var ours = Path.Combine(root, "ours");
        var run = await CommandRun.Of(["notebook", "run", .. Directory.GetFiles(copy, "*.ipynb"), "--out", ours]);
        Assert.True(run.Code == 0, run.Errors);
        foreach (var manifest in Directory.GetFiles(Path.Combine(root, "out"), "manifest.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Take(2))
        {
            // A manifest alone names nothing outside its own folder.
            var alone = await CommandRun.Of("reproduce", manifest);
            Assert.Equal(2, alone.Code);
            Assert.Contains("--root", alone.Errors, StringComparison.Ordinal);
            var again = await CommandRun.Of("reproduce", manifest, "--root", root);
            Assert.True(again.Code == 0, again.Output + again.Errors);
        }

        var jupyter = Path.Combine(root, "jupyter");
        await Process("dotnet", [typeof(App).Assembly.Location, "kernel", "install", "--directory", jupyter], root, jupyter);
        // The runner runs all of them; Jupyter those that show something of a kind that the others do not: a figure, SQL, a plot.
        string[] some = [.. ShownByJupyter.Select(name => Path.Combine(copy, name))];
        await Process(
            JupyterFactAttribute.Python!,
            ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", Path.Combine(root, "theirs"), .. some],
            copy,
            jupyter);
        foreach (var file in ShownByJupyter)
            Assert.Equal(Outputs(Path.Combine(ours, file)), Outputs(Path.Combine(root, "theirs", file)));
    }

    /// <summary>Copies the notebooks with their data into a folder.</summary>
    internal static string CopyTo(string root)
    {
        var copy = Path.Combine(root, "notebooks");
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    private static List<string> Outputs(string file) =>
    [
        .. JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .SelectMany(output => output!["data"]?.AsObject() ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key + ": "
                + (pair.Value is JsonArray lines ? string.Concat(lines.Select(line => line!.ToString())) : pair.Value!.ToString())),
    ];

    internal static async Task Process(string program, string[] arguments, string folder, string jupyter)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true
        };
        start.Environment["JUPYTER_PATH"] = jupyter;
        using var process = System.Diagnostics.Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Analys.Tests;

namespace Analys.Cli.Tests.Tools;

/// <summary>The notebooks in the tool of .NET Interactive, from packages of a folder: what our library shows is what our kernel
/// shows.</summary>
public sealed partial class ToolNotebookTests
{
    [ToolFact]
    public async Task Every_notebook_runs_in_the_tool_and_shows_the_same_results_and_figures()
    {
        using var folder = new TemporaryFolder();
        var notebooks = NotebookFileTests.CopyTo(folder.Path);
        // One notebook of all of them: the tool takes longer to start and to restore than to run any one.
        var whole = Path.Combine(notebooks, "all.ipynb");
        File.WriteAllText(whole, Together(Directory.GetFiles(notebooks, "*.ipynb").Order(StringComparer.Ordinal)).ToJsonString());
        var ours = await CommandRun.Of("notebook", "run", whole, "--out", Path.Combine(folder.Path, "ours"));
        Assert.True(ours.Code == 0, ours.Errors);
        // Packages are named in the tool's run alone: our kernel has them beside itself.
        var cells = JsonNode.Parse(File.ReadAllText(whole))!;
        cells["cells"]![0]!["source"] = $"#i \"nuget:{ToolFactAttribute.Packages}\"\n#r \"nuget: Analys.Interactive\"";
        var tools = Path.Combine(notebooks, "tools.ipynb");
        File.WriteAllText(tools, cells.ToJsonString());
        var jupyter = Path.Combine(folder.Path, "jupyter");
        var spec = Directory.CreateDirectory(Path.Combine(jupyter, "kernels", ".net-csharp")).FullName;
        File.WriteAllText(Path.Combine(spec, "kernel.json"), new JsonObject
        {
            // Without the last but one word the tool serves the variables to the network.
            ["argv"] = new JsonArray(ToolFactAttribute.Tool, "jupyter", "--default-kernel", "csharp", "--http-local-only",
                "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
        }.ToJsonString());
        await NotebookFileTests.Process(
            JupyterFactAttribute.Python!,
            ["-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=600", "--output-dir",
                Path.Combine(folder.Path, "theirs"), tools],
            notebooks, jupyter);
        var (expected, found) = (Shown(Path.Combine(folder.Path, "ours", "all.ipynb")),
            Shown(Path.Combine(folder.Path, "theirs", "tools.ipynb")));
        Assert.True(expected.Count >= 40, $"{expected.Count} results and figures");
        Assert.Equal(expected, found);
        var (ourCells, theirCells) = (Words(Path.Combine(folder.Path, "ours", "all.ipynb")),
            Words(Path.Combine(folder.Path, "theirs", "tools.ipynb")));
        Assert.Equal(ourCells.Count, theirCells.Count);
        Assert.True(ourCells.Count(words => words.Count > 0) >= 60, "few cells show anything");
        // Lists, frames and records of C# are laid out otherwise, with an index and the record's own text: more words, never other ones.
        // After the made-up register our kernel keeps lists of plain values back, the tool does not.
        Assert.All(ourCells.Zip(theirCells).Where(cell => !cell.First.IsSupersetOf(["list", "plain", "values"])),
            cell => Assert.Empty(cell.First.Except(cell.Second)));
    }

    private static JsonObject Together(IEnumerable<string> files)
    {
        var cells = new JsonArray(Cell("1"));
        JsonNode? metadata = null;
        foreach (var file in files)
        {
            var notebook = JsonNode.Parse(File.ReadAllText(file))!;
            metadata = notebook["metadata"]!.DeepClone();
            foreach (var cell in notebook["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code"))
                cells.Add(Cell(string.Concat(cell!["source"]!.AsArray().Select(line => (string?)line))));
        }

        return new JsonObject { ["cells"] = cells, ["metadata"] = metadata, ["nbformat"] = 4, ["nbformat_minor"] = 4 };
    }

    private static JsonObject Cell(string source) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = new JsonObject(),
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    // What the library shows by itself; lists and numbers of C# each host prints in its own way.
    private static List<string> Shown(string file) =>
    [
        .. JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .Select(output => output!["data"] as JsonObject).OfType<JsonObject>()
            .Select(data => data["text/html"] ?? data["image/svg+xml"])
            .Select(value => value is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)value ?? "")
            .Where(text => text.Contains("class=\"figure\"", StringComparison.Ordinal) || text.StartsWith("<svg", StringComparison.Ordinal))
            .Select(text => Seconds().Replace(text.Trim(), "")),
    ];

    // The words and numbers of each code cell's output, of its richest form.
    private static List<HashSet<string>> Words(string file) =>
    [
        .. JsonNode.Parse(File.ReadAllText(file))!["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code")
            .Select(cell => cell!["outputs"]!.AsArray().Select(Text).SelectMany(text => Word().Matches(text))
                .Select(word => word.Value).ToHashSet(StringComparer.Ordinal)),
    ];

    private static string Text(JsonNode? output)
    {
        var data = output!["data"];
        var value = data is null ? output["text"] : data["text/html"] ?? data["image/svg+xml"] ?? data["text/plain"];
        var text = value is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)value ?? "";
        return Seconds().Replace(System.Net.WebUtility.HtmlDecode(Tags().Replace(text, " ")), "");
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex("<style.*?</style>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    // Provenance tells the moment of the run.
    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?")]
    private static partial Regex Seconds();
}

/// <summary>A test in the retired tool of .NET Interactive; skipped, with a word, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute()
    {
        if (!File.Exists(Tool) || !Directory.Exists(Packages))
            Skip = "The tool dotnet-interactive is not installed: .ci/run does so where the registry has it.";
        else if (JupyterFactAttribute.Python is null) Skip = "No Python with nbconvert and nbclient was found.";
    }

    public static string? Tool => Environment.GetEnvironmentVariable("ANALYS_INTERACTIVE_TOOL");

    public static string? Packages => Environment.GetEnvironmentVariable("ANALYS_INTERACTIVE_PACKAGES");
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Analys.Notebooks.CSharp;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Jupyter;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analys.Notebooks.Runner;

/// <summary>A file that a notebook names.</summary>
/// <param name="Name">As the notebook names it, with forward slashes.</param>
/// <param name="Path">Where it is.</param>
internal sealed record NotebookInput(string Name, string Path)
{
    public string Hash()
    {
        using var stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public string Version() => HostPackages.VersionOf(Path);
}

/// <summary>
/// Finds the files that a notebook reads: every text in its code that is the path of a file below or beside the notebook. That finds what
/// is named as a whole, as it should be in a notebook that others are to follow; a path put together from parts is not found.
/// </summary>
internal static class NotebookInputs
{
    public static IEnumerable<NotebookInput> Data(Notebook notebook, string directory) =>
        Texts(notebook)
            .Distinct()
            .Select(text => Find(text, directory))
            .OfType<NotebookInput>()
            .OrderBy(input => input.Name, StringComparer.Ordinal);

    public static IEnumerable<NotebookInput> Assemblies(Notebook notebook, string directory)
    {
        foreach (var line in notebook.CodeCells.SelectMany(cell => ScriptHead.Take(cell.Source).Lines))
        {
            if (line.Kind == ScriptHeadKind.Assembly && TryFindAssembly(line.Argument, directory) is { } path)
                yield return new NotebookInput(line.Argument, path);
            if (line.Kind == ScriptHeadKind.Package && line.Argument.Split(',', StringSplitOptions.TrimEntries) is [var id, .. var version]
                && HostPackages.Find(id, version.FirstOrDefault()) is { } own)
                yield return new NotebookInput(Path.GetFileName(own.Compile[0]), own.Compile[0]);
        }
    }

    private static IEnumerable<string> Texts(Notebook notebook)
    {
        foreach (var cell in notebook.CodeCells)
        {
            foreach (var line in cell.Source.Split('\n').Where(line => line.StartsWith("#!", StringComparison.Ordinal)))
            {
                foreach (var word in line.Split([' ', '"', '\r', ';', '='], StringSplitOptions.RemoveEmptyEntries)) yield return word;
            }
            foreach (var token in ScriptChain.Parse(cell.Source, "").GetRoot().DescendantTokens(descendIntoTrivia: true))
            {
                if (token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
                    yield return token.ValueText;
            }
        }
    }

    private static NotebookInput? Find(string text, string directory)
    {
        if (text.Length is 0 or > 260 || text.IndexOfAny(['\n', '\0', '<', '>', '|', '*', '?']) >= 0) return null;
        if (text.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) return null;
        var path = Path.GetFullPath(text, directory);
        // An absolute path says where one machine keeps its files; the provenance names the file only.
        var name = Path.IsPathRooted(text) ? Path.GetFileName(text) : text.Replace('\\', '/');
        return File.Exists(path) ? new NotebookInput(name, path) : null;
    }

    private static string? TryFindAssembly(string name, string directory)
    {
        try
        {
            return NotebookPaths.FindAssembly(name, directory);
        }
        catch (CellException)
        {
            return null;
        }
    }
}

/// <summary>
/// What a run leaves in the metadata, so that a figure can be traced: versions, inputs by hash, time, parameters, code by hash.
/// </summary>
internal static class Provenance
{
    public const string Key = "analys";

    public static void Write(Notebook notebook, string directory, RunOptions options)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in options.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            parameters[name] = value;
        notebook.Metadata[Key] = new JsonObject
        {
            ["executed"] = options.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["version"] = KernelInfo.Version,
            ["runtime"] = string.Create(CultureInfo.InvariantCulture, $".NET {Environment.Version}"),
            ["parameters"] = parameters,
            ["inputs"] = Files(NotebookInputs.Data(notebook, directory)),
            ["references"] = References(NotebookInputs.Assemblies(notebook, directory)),
        };
        foreach (var (cell, hash) in CodeChain.Of(notebook))
        {
            if (cell.ExecutionCount is not null) NotebookCell.ObjectAt(cell.Metadata, Key)["code"] = hash;
        }
    }

    private static JsonArray Files(IEnumerable<NotebookInput> inputs) =>
        [.. inputs.Select(input => (JsonNode)new JsonObject { ["file"] = input.Name, ["sha256"] = input.Hash() })];

    private static JsonArray References(IEnumerable<NotebookInput> inputs) => [.. inputs.Select(input => (JsonNode)new JsonObject
    {
        ["file"] = Path.GetFileName(input.Name),
        ["version"] = input.Version(),
    })];
}

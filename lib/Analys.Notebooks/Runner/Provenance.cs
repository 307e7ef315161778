using System.Globalization;
using System.Text.Json.Nodes;
using Analys.Notebooks.Jupyter;
using Analys.Notebooks.Nbformat;

namespace Analys.Notebooks.Runner;

/// <summary>What a run leaves in the metadata, so that a figure can be traced: versions, inputs by hash, time, parameters, code by hash.</summary>
internal static class Provenance
{
    public const string Key = "analys";

    public static void Write(Notebook notebook, string directory, RunOptions options)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in options.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal)) parameters[name] = value;
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

using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Domain;

namespace Analys.Load;

/// <summary>The Frictionless data package that stands beside a file: where the file was published.</summary>
public static class DataPackage
{
    /// <summary>The name of the descriptor.</summary>
    public const string FileName = "datapackage.json";

    /// <summary>What the package beside a file says of its origin; null where there is no package, or it does not speak of the file.</summary>
    /// <param name="path">The file.</param>
    public static Origin? FindOrigin(string path)
    {
        var package = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, FileName);
        if (!File.Exists(package)) return null;
        try
        {
            var resources = JsonNode.Parse(File.ReadAllText(package))?["resources"] as JsonArray;
            var resource = resources?.FirstOrDefault(item => item?["path"]?.ToString() == Path.GetFileName(path));
            if (resource is null) return null;
            var source = (resource["sources"] as JsonArray)?.FirstOrDefault();
            var licence = (resource["licenses"] as JsonArray)?.FirstOrDefault();
            return new Origin(
                source?["title"]?.ToString(),
                source?["publisher"]?.ToString(),
                source?["tableId"]?.ToString(),
                source?["date"]?.ToString(),
                licence?["title"]?.ToString() ?? licence?["name"]?.ToString(),
                source?["path"]?.ToString());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

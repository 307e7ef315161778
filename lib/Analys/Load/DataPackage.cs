using System.Text.Json;
using System.Text.Json.Nodes;
using Analys.Domain;

namespace Analys.Load;

/// <summary>The Frictionless data package that stands beside a file: where the file was published, and its schema.</summary>
public static class DataPackage
{
    /// <summary>The name of the descriptor.</summary>
    public const string FileName = "datapackage.json";

    /// <summary>What the package beside a file says of its origin; null where there is no package, or it does not speak of the file.</summary>
    /// <param name="path">The file.</param>
    public static Origin? FindOrigin(string path)
    {
        if (FindResource(path) is not { } resource) return null;
        var source = First(resource["sources"]);
        var licence = First(resource["licenses"]);
        return new Origin(
            Text(source, "title"), Text(source, "publisher"), Text(source, "tableId"), Text(source, "date"), Text(licence, "title") ?? Text(licence, "name"), Text(source, "path"));
    }

    /// <summary>The schema that the package beside a file gives it; null where it gives none.</summary>
    internal static TableSchema? FindSchema(string path)
    {
        if (FindResource(path) is not { } resource || resource["schema"] is not { } schema) return null;
        if (schema is JsonObject) return TableSchema.Parse(schema.ToJsonString(), Path.GetFileNameWithoutExtension(path));
        return Text(resource, "schema") is { } name && Packages.PackagePath.IsSafe(name) ? TableSchema.Load(Path.Combine(Folder(path), name)) : null;
    }

    private static JsonObject? FindResource(string path)
    {
        var package = Path.Combine(Folder(path), FileName);
        if (!File.Exists(package)) return null;
        try
        {
            var resources = (JsonNode.Parse(File.ReadAllText(package)) as JsonObject)?["resources"] as JsonArray;
            return resources?.OfType<JsonObject>().FirstOrDefault(item => Text(item, "path") == Path.GetFileName(path));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static JsonObject? First(JsonNode? list) => (list as JsonArray)?.FirstOrDefault() as JsonObject;

    private static string? Text(JsonObject? node, string key) => SchemaJson.Scalar(node?[key]);
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Load.Packages;

/// <summary>Checks a data package: its descriptor, every table against its schema, and the keys that point from one to another.</summary>
public static class PackageCheck
{
    /// <summary>Everything that is wrong with a package and its tables.</summary>
    /// <param name="path">The descriptor, usually <c>datapackage.json</c>.</param>
    /// <returns>The findings, and how many tables were checked.</returns>
    public static (int Resources, IReadOnlyList<Finding> Findings) Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var file = Path.GetFileName(path);
        Finding At(string code, string expected) => new(code, file, null, null, null, expected);
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return (0, [At(FindingCodes.Package, "JSON without a key twice")]);
        }

        if (root?["resources"] is not JsonArray { Count: > 0 } list) return (0, [At(FindingCodes.Package, "a list of resources")]);
        if (list.Any(item => item is not JsonObject)) return (0, [At(FindingCodes.Package, "resources that are objects")]);
        var resources = list.Select((item, i) => new DataResource((JsonObject)item!, Path.GetDirectoryName(Path.GetFullPath(path))!, i + 1)).ToList();
        var findings = new List<Finding>();
        foreach (var twice in resources.GroupBy(resource => resource.Name).Where(group => group.Count() > 1))
        {
            findings.Add(At(FindingCodes.Package, $"each name of a resource once, {twice.Key} stands twice"));
        }

        var tables = new Dictionary<string, (DataResource Resource, Extract? Extract)>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            var (extract, wrong) = resource.Read();
            findings.AddRange(wrong);
            tables.TryAdd(resource.Name, (resource, extract));
        }

        foreach (var (resource, extract) in tables.Values) findings.AddRange(ForeignKeyCheck.Check(resource, extract, tables));
        return (resources.Count, findings);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Load.Packages;

/// <summary>Whether a file describes data rather than holds them.</summary>
public static class Descriptor
{
    private const long MaxSize = 16 << 20;

    /// <summary>What a file is.</summary>
    /// <param name="path">The file.</param>
    public static DescriptorKind KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || new FileInfo(path) is { Exists: false } or { Length: > MaxSize }) return DescriptorKind.None;
        if (path.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase)) return DescriptorKind.Schema;
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is not JsonObject root) return DescriptorKind.None;
            return root.ContainsKey("resources") ? DescriptorKind.Package : root.ContainsKey("fields") && !root.ContainsKey("data") ? DescriptorKind.Schema : DescriptorKind.None;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // A descriptor that is no JSON, by its name; any other file is judged as data.
            return Path.GetFileName(path) == DataPackage.FileName ? DescriptorKind.Package : DescriptorKind.None;
        }
    }
}

/// <summary>What a file describes.</summary>
public enum DescriptorKind
{
    /// <summary>Nothing: it is data.</summary>
    None,

    /// <summary>A Table Schema.</summary>
    Schema,

    /// <summary>A data package.</summary>
    Package,
}

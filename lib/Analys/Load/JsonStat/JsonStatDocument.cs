using System.Text.Json;
using Analys.Load.Cubes;
using Analys.Load.Sources;

namespace Analys.Load.JsonStat;

/// <summary>A JSON-stat document: one dataset, or the embedded datasets of a bundle or collection.</summary>
/// <remarks>Versions 1.x and 2.0 (json-stat.org/full). Findings have the codes of the jsonstat-validator's rule catalogue.</remarks>
public sealed class JsonStatDocument
{
    internal JsonStatDocument(IReadOnlyList<Cube> datasets, IReadOnlyList<JsonStatFinding> findings, IReadOnlyList<string> links)
    {
        Datasets = datasets;
        Findings = findings;
        Links = links;
    }

    /// <summary>The datasets that could be read.</summary>
    public IReadOnlyList<Cube> Datasets { get; }

    /// <summary>What is wrong or worth knowing.</summary>
    public IReadOnlyList<JsonStatFinding> Findings { get; }

    /// <summary>Addresses of items of a collection that are not embedded.</summary>
    public IReadOnlyList<string> Links { get; }

    /// <summary>Whether no finding is an error.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != JsonStatSeverity.Error);

    /// <summary>Reads a document; what is wrong with it stands in <see cref="Findings"/>.</summary>
    /// <param name="utf8">Its bytes.</param>
    public static JsonStatDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonSource.Clean(utf8), new JsonDocumentOptions { MaxDepth = 64 });
            return new JsonStatReader().Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new JsonStatDocument([], [new JsonStatFinding("PARSE_ERROR", JsonStatSeverity.Error, null)], []);
        }
    }

    /// <summary>Whether a JSON element looks like JSON-stat.</summary>
    internal static bool Looks(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return false;
        if (root.TryGetProperty("class", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() is "dataset" or "collection" or "dimension") return true;
        if (root.TryGetProperty("dimension", out _) && root.TryGetProperty("value", out _)) return true;
        return root.EnumerateObject().Any(member => member.Value.ValueKind == JsonValueKind.Object
            && member.Value.TryGetProperty("dimension", out var dimension) && dimension.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("value", out _));
    }

    internal sealed record Source(Cube Cube, string Sha256) : ICubeSource;

    internal static (Extract? Extract, IReadOnlyList<Finding> Findings) Load(ReadOnlyMemory<byte> utf8, string sha256, string path, TableSchema? schema)
    {
        var document = Parse(utf8);
        if (!document.IsValid) return (null, [.. document.Findings.Where(finding => finding.Severity == JsonStatSeverity.Error).Select(finding => finding.ToFinding(Path.GetFileName(path)))]);
        return document.Datasets is [var cube]
            ? CubeExtract.Make(new Source(cube, sha256), path, schema)
            : (null, [SourceReader.At(path, $"one dataset with values: this document has {document.Datasets.Count}")]);
    }
}

/// <summary>How bad a finding is.</summary>
public enum JsonStatSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>The document can be read, but something is missing.</summary>
    Warning,

    /// <summary>The document is invalid.</summary>
    Error,
}

/// <summary>A finding in a JSON-stat document.</summary>
/// <param name="Code">The code of the rule catalogue, such as <c>VALUE_LEN_MISMATCH</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Dimension">The dimension that it is about; null for the dataset.</param>
public sealed record JsonStatFinding(string Code, JsonStatSeverity Severity, string? Dimension)
{
    internal Finding ToFinding(string file) => new(Code, file, null, Dimension, null, JsonStatRules.Expected(Code));
}

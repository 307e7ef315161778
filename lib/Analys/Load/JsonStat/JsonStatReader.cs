using System.Text.Json;
using Analys.Load.Cubes;

namespace Analys.Load.JsonStat;

/// <summary>Walks a document: dataset, collection with embedded items, bundle of version 1, or a dimension alone.</summary>
internal sealed class JsonStatReader
{
    private const int MaxDepth = 16;
    private readonly List<Cube> datasets = [];
    private readonly List<JsonStatFinding> findings = [];
    private readonly List<string> links = [];

    public JsonStatDocument Read(JsonElement root)
    {
        Walk(root, 0);
        return new JsonStatDocument(datasets, findings, links);
    }

    private void Walk(JsonElement node, int depth)
    {
        if (depth > MaxDepth)
        {
            Report("RECURSION_LIMIT", JsonStatSeverity.Info);
            return;
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        var kind = node.TryGetProperty("class", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (kind == "collection") WalkCollection(node, depth);
        else if (kind == "dimension") ReadDimension(node);
        else if (kind == "dataset" || (kind is null && node.TryGetProperty("dimension", out _))) ReadDataset(node);
        else WalkBundle(node, depth);
    }

    private void WalkCollection(JsonElement node, int depth)
    {
        if (!node.TryGetProperty("link", out var link) || link.ValueKind != JsonValueKind.Object || !link.TryGetProperty("item", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object) Report("STRUCTURAL_VIOLATION");
            else if (item.TryGetProperty("dimension", out _) || item.TryGetProperty("link", out _)) Walk(item, depth + 1);
            else if (item.TryGetProperty("href", out var href) && href.ValueKind == JsonValueKind.String) links.Add(href.GetString()!);
        }
    }

    // Version 1: { "dataset": { ... } } or several datasets under names of their own.
    private void WalkBundle(JsonElement node, int depth)
    {
        var members = node.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("dimension", out _)).ToList();
        if (members.Count == 0)
        {
            Report("STRUCTURAL_VIOLATION");
            return;
        }

        Report("BUNDLE_DEPRECATED", JsonStatSeverity.Info);
        foreach (var member in members) Walk(member.Value, depth + 1);
    }

    private void ReadDataset(JsonElement node)
    {
        var before = findings.Count(finding => finding.Severity == JsonStatSeverity.Error);
        var cube = new DatasetReader(node, findings).Read();
        if (cube is not null && findings.Count(finding => finding.Severity == JsonStatSeverity.Error) == before) datasets.Add(cube);
    }

    private void ReadDimension(JsonElement node)
    {
        if (!node.TryGetProperty("category", out _)) Report("STRUCTURAL_VIOLATION");
        else new CategoryReader(node, "", findings).Read(null);
    }

    private void Report(string code, JsonStatSeverity severity = JsonStatSeverity.Error) => findings.Add(new JsonStatFinding(code, severity, null));
}

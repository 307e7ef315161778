using System.Text.Json;
using Analys.Load.Cubes;
using Analys.Load.JsonStat;

namespace Analys.Load.PxWeb;

/// <summary>The metadata of a table in API v2: its variables, and which of them may be left out.</summary>
internal sealed record PxWebTableInfo(IReadOnlyList<CubeDimension> Variables, IReadOnlySet<string> MayBeLeftOut)
{
    public static PxWebTableInfo Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (!DatasetReader.Object(root, "dimension", out var dimensions) || !root.TryGetProperty("id", out var ids) || ids.ValueKind != JsonValueKind.Array) throw new PxWebException("The metadata are not JSON-stat.");
            var findings = new List<JsonStatFinding>();
            var variables = new List<CubeDimension>();
            var optional = new HashSet<string>(StringComparer.Ordinal);
            var times = DatasetReader.Object(root, "role", out var role) && role.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.Array ? time.EnumerateArray().Select(id => id.ToString()).ToHashSet() : [];
            foreach (var id in ids.EnumerateArray().Select(id => id.ToString()))
            {
                if (!DatasetReader.Object(dimensions, id, out var node) || new CategoryReader(node, id, findings).Read(null, times.Contains(id) ? CubeRole.Time : CubeRole.Classification) is not { } variable) throw new PxWebException("The metadata have a variable without values.");
                variables.Add(variable);
                if (DatasetReader.Object(node, "extension", out var extension) && extension.TryGetProperty("elimination", out var flag) && flag.ValueKind == JsonValueKind.True) optional.Add(id);
            }

            return new PxWebTableInfo(variables, optional);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PxWebException("The metadata are not JSON.");
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace Analys.Load.Cubes.JsonStat;

/// <summary>Reads a dimension: its categories in order, labels, units and children.</summary>
internal sealed class CategoryReader(JsonElement node, string id, List<JsonStatFinding> findings)
{
    private bool failed;

    public CubeDimension? Read(int? size, CubeRole role = CubeRole.Classification)
    {
        if (!DatasetReader.Object(node, "category", out var category)) return Fail("STRUCTURAL_VIOLATION");
        DatasetReader.Object(category, "label", out var labels);
        var codes = Codes(category, labels, size ?? -1);
        if (codes is null) return null;
        if (size is { } wanted && codes.Count != wanted) return Fail("INDEX_COUNT_MISMATCH");
        var known = codes.ToHashSet(StringComparer.Ordinal);
        if (known.Count < codes.Count) return Fail("INDEX_POSITIONS_INVALID");
        foreach (var (name, code) in new[] { ("label", "LABEL_KEY_UNKNOWN"), ("unit", "UNIT_KEY_UNKNOWN"),
            ("coordinates", "COORD_KEY_UNKNOWN"), ("note", "NOTE_KEY_UNKNOWN") })
        {
            if (DatasetReader.Object(category, name, out var members)
                && members.EnumerateObject().Any(member => !known.Contains(member.Name))) Fail(code);
        }

        if (labels.ValueKind == JsonValueKind.Object && codes.Any(code => !labels.TryGetProperty(code, out _)))
            Report("LABEL_KEY_INCOMPLETE", JsonStatSeverity.Warning);
        var units = Units(category, known);
        if (role == CubeRole.Metric && units.IsEmpty) Report("METRIC_UNIT_MISSING", JsonStatSeverity.Warning);
        var children = Children(category, known);
        if (failed) return null;
        return new CubeDimension(
            id, DatasetReader.Text(node, "label") ?? id, [.. codes],
            [.. codes.Select(code => labels.ValueKind == JsonValueKind.Object ? DatasetReader.Text(labels, code) ?? code : code)])
        {
            Role = role,
            Units = units,
            Children = children,
        };
    }

    private List<string>? Codes(JsonElement category, JsonElement labels, int size)
    {
        if (!category.TryGetProperty("index", out var index))
        {
            // A dimension of one category needs no index.
            if (labels.ValueKind != JsonValueKind.Object) Fail("STRUCTURAL_VIOLATION");
            return labels.ValueKind == JsonValueKind.Object ? [.. labels.EnumerateObject().Select(member => member.Name)] : null;
        }

        if (index.ValueKind == JsonValueKind.Array) return [.. index.EnumerateArray().Select(code => code.ToString())];
        if (index.ValueKind != JsonValueKind.Object)
        {
            Fail("STRUCTURAL_VIOLATION");
            return null;
        }

        // The members of an object come in any order: their positions count.
        var members = index.EnumerateObject()
            .Select(member => (member.Name, At: member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var at)
                ? at : -1)).OrderBy(member => member.At).ToList();
        if (size >= 0 && members.Count != size)
        {
            Fail("INDEX_COUNT_MISMATCH");
            return null;
        }

        if (members.Where((member, i) => member.At != i).Any())
        {
            Fail("INDEX_POSITIONS_INVALID");
            return null;
        }

        return [.. members.Select(member => member.Name)];
    }

    private static ImmutableDictionary<string, CubeUnit> Units(JsonElement category, HashSet<string> known) =>
        !DatasetReader.Object(category, "unit", out var units)
        ? ImmutableDictionary<string, CubeUnit>.Empty
        : units.EnumerateObject().Where(member => known.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        .ToImmutableDictionary(
            member => member.Name,
            member => new CubeUnit(
                DatasetReader.Text(member.Value, "label") ?? DatasetReader.Text(member.Value, "base"),
                member.Value.TryGetProperty("decimals", out var decimals) && decimals.ValueKind == JsonValueKind.Number
                && decimals.TryGetInt32(out var number) ? number : null));

    private ImmutableDictionary<string, ImmutableArray<string>> Children(JsonElement category, HashSet<string> known)
    {
        var children = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>();
        if (!DatasetReader.Object(category, "child", out var members)) return children.ToImmutable();
        foreach (var member in members.EnumerateObject())
        {
            ImmutableArray<string> below = member.Value.ValueKind == JsonValueKind.Array
                ? [.. member.Value.EnumerateArray().Select(child => child.ToString())] : [];
            if (!known.Contains(member.Name) || below.Any(child => !known.Contains(child)))
            {
                Fail("CHILD_ID_UNKNOWN");
                return children.ToImmutable();
            }

            children[member.Name] = below;
        }

        if (HasCircle(children)) Fail("CHILD_CYCLE");
        return children.ToImmutable();
    }

    // Takes away, again and again, those that nobody above is left of: a circle is what remains.
    private static bool HasCircle(ImmutableDictionary<string, ImmutableArray<string>>.Builder children)
    {
        var parents = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in children.Values.SelectMany(below => below)) parents[child] = parents.GetValueOrDefault(child) + 1;
        var free = new Queue<string>(children.Keys.Where(code => !parents.ContainsKey(code)));
        var left = children.Count;
        while (free.TryDequeue(out var code))
        {
            if (!children.TryGetValue(code, out var below)) continue;
            left--;
            foreach (var child in below)
            {
                if (--parents[child] == 0) free.Enqueue(child);
            }
        }

        return left > 0;
    }

    private CubeDimension? Fail(string code)
    {
        failed = true;
        Report(code, JsonStatSeverity.Error);
        return null;
    }

    private void Report(string code, JsonStatSeverity severity) =>
        findings.Add(new JsonStatFinding(code, severity, id.Length == 0 ? null : id));
}

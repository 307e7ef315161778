using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Analys.Load.Undescribed;

namespace Analys.Load.Cubes;

/// <summary>Reads one dataset: ids and sizes, dimensions, values dense or sparse, statuses in their three forms.</summary>
internal sealed class DatasetReader(JsonElement node, List<JsonStatFinding> findings)
{
    public Cube? Read()
    {
        // Version 1 keeps id, size and role inside dimension.
        if (!Object(node, "dimension", out var dimension)) return Fail();
        var home = node.TryGetProperty("id", out _) ? node : dimension;
        if (!home.TryGetProperty("id", out var idNode) || idNode.ValueKind != JsonValueKind.Array
            || !home.TryGetProperty("size", out var sizeNode) || sizeNode.ValueKind != JsonValueKind.Array) return Fail();
        var ids = idNode.EnumerateArray().Select(id => id.ToString()).ToList();
        var sizes = sizeNode.EnumerateArray().Select(size => Whole(size) ?? -1).ToList();
        if (ids.Count != sizes.Count)
        {
            Report("ID_SIZE_LEN_MISMATCH");
            return null;
        }

        if (sizes.Any(size => size < 0) || ids.Distinct(StringComparer.Ordinal).Count() < ids.Count) return Fail();
        var keys = dimension.EnumerateObject().Select(member => member.Name)
            .Where(name => node.TryGetProperty("id", out _) || name is not ("id" or "size" or "role")).ToHashSet(StringComparer.Ordinal);
        if (!keys.SetEquals(ids))
        {
            Report("DIM_KEY_ID_MISMATCH");
            return null;
        }

        if (Cube.Cells(sizes) is not { } cells)
        {
            Report("CUBE_SIZE_OVERFLOW");
            return null;
        }

        var roles = Roles(home, ids);
        var dimensions =
            ids.Select((id, i) => new CategoryReader(dimension.GetProperty(id), id, findings).Read(sizes[i], roles.GetValueOrDefault(id)))
            .ToList();
        if (dimensions.Any(one => one is null)) return null;
        if (!Object(node, "value", out var value) && !(node.TryGetProperty("value", out value) && value.ValueKind == JsonValueKind.Array))
            return Fail();
        var values = new double[value.ValueKind == JsonValueKind.Array && value.GetArrayLength() != cells ? 0 : cells];
        var texts = new Dictionary<int, string>();
        if (!Values(value, cells, values, texts)) return null;
        var status = Statuses(cells);
        foreach (var (cell, text) in texts) status.TryAdd(cell, text);
        var marks = Marks(values, status);
        _ = Object(node, "extension", out var extension) & Object(extension, "px", out var px);
        return new Cube
        {
            Title = Text(node, "label"),
            Source = Text(node, "source"),
            Updated = Text(node, "updated"),
            TableId = px.ValueKind == JsonValueKind.Object ? Text(px, "tableid") ?? Text(px, "matrix") : null,
            Unit = px.ValueKind == JsonValueKind.Object ? Text(px, "units") : null,
            Dimensions = [.. dimensions.Select(one => one!)],
            Values = values,
            Marks = marks,
            Status = status,
            Notes = [.. JsonStatNotes.Read(node, ids)],
        };
    }

    private bool Values(JsonElement value, int cells, double[] values, Dictionary<int, string> texts)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (value.GetArrayLength() != cells)
            {
                Report("VALUE_LEN_MISMATCH");
                return false;
            }

            var cell = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (!Cell(item, cell, values, texts)) return false;
                cell++;
            }

            return true;
        }

        Array.Fill(values, double.NaN);
        foreach (var member in value.EnumerateObject())
        {
            if (Position(member.Name, cells) is not { } cell)
            {
                Report("SPARSE_KEY_OUT_OF_RANGE");
                return false;
            }

            if (!Cell(member.Value, cell, values, texts)) return false;
        }

        return true;
    }

    // A value is a number or null; some sources print a mark instead.
    private bool Cell(JsonElement item, int cell, double[] values, Dictionary<int, string> texts)
    {
        values[cell] = double.NaN;
        switch (item.ValueKind)
        {
            case JsonValueKind.Number when item.TryGetDouble(out var number) && double.IsFinite(number):
                values[cell] = number;
                return true;
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String when item.GetString()!.Length < 50:
                var text = item.GetString()!;
                if (MarkText.Parse(text) is not null) texts[cell] = text;
                else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed))
                    values[cell] = parsed;
                else break;
                return true;
        }

        Report("STRUCTURAL_VIOLATION");
        return false;
    }

    private Dictionary<int, string> Statuses(int cells)
    {
        var status = new Dictionary<int, string>();
        if (!node.TryGetProperty("status", out var given) || given.ValueKind == JsonValueKind.Null) return status;
        if (given.ValueKind == JsonValueKind.String)
        {
            for (var cell = 0; cell < cells; cell++) status[cell] = given.GetString()!;
        }
        else if (given.ValueKind == JsonValueKind.Array)
        {
            // A list of one holds for all cells.
            var list = given.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : item.ToString()).ToList();
            if (list.Count != cells && list.Count != 1) Report("STATUS_LEN_MISMATCH");
            else
            {
                for (var cell = 0; cell < cells; cell++)
                {
                    if (list[list.Count == 1 ? 0 : cell] is { } text) status[cell] = text;
                }
            }
        }
        else if (given.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in given.EnumerateObject())
            {
                if (Position(member.Name, cells) is { } cell) status[cell] = member.Value.ToString();
                else Report("STATUS_KEY_OUT_OF_RANGE");
            }
        }
        else
        {
            Report("STRUCTURAL_VIOLATION");
        }

        return status;
    }

    private static Mark[]? Marks(double[] values, Dictionary<int, string> status)
    {
        if (!Array.Exists(values, double.IsNaN)) return null;
        var marks = new Mark[values.Length];
        for (var cell = 0; cell < values.Length; cell++)
        {
            if (!double.IsNaN(values[cell])) continue;
            marks[cell] = status.TryGetValue(cell, out var text) && MarkText.Parse(text) is { } mark ? mark : Mark.Missing;
        }

        return marks;
    }

    private Dictionary<string, CubeRole> Roles(JsonElement home, List<string> ids)
    {
        var roles = new Dictionary<string, CubeRole>(StringComparer.Ordinal);
        if (!Object(node, "role", out var role) && !Object(home, "role", out role)) return roles;
        foreach (var member in role.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array))
        {
            foreach (var id in member.Value.EnumerateArray().Select(id => id.ToString()))
            {
                if (!ids.Contains(id)) Report("ROLE_ID_UNKNOWN");
                roles[id] = member.Name switch
                {
                    "time" => CubeRole.Time,
                    "geo" => CubeRole.Geography,
                    "metric" => CubeRole.Metric,
                    _ =>
                    CubeRole.Classification
                };
            }
        }

        return roles;
    }

    private Cube? Fail()
    {
        Report("STRUCTURAL_VIOLATION");
        return null;
    }

    private void Report(string code) => findings.Add(new JsonStatFinding(code, JsonStatSeverity.Error, null));

    private static int? Position(string key, int cells) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var cell) && cell < cells ? cell : null;

    private static int? Whole(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(element.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => null,
    };

    internal static bool Object(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }

    internal static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

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

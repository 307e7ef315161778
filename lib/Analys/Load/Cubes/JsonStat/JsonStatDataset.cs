using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Analys.Load.Undescribed;

namespace Analys.Load.Cubes.JsonStat;

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

using System.Collections.Immutable;
using System.Text.Json;
using Analys.Load.Schema;

namespace Analys.Load.Cubes;

/// <summary>Saved metadata of PxWeb as tables: the variables of API v1, a code list, and the list of tables of API v2.</summary>
internal static class PxWebMetadata
{
    private static readonly string[] VariableColumns = ["variable", "variable_text", "value", "value_text"];
    private static readonly string[] CodeColumns = ["code", "label", "value"];

    public static RowTable? TryRows(JsonElement root)
    {
        if (root.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Array) return Variables(variables);
        if (root.TryGetProperty("tables", out var tables) && tables.ValueKind == JsonValueKind.Array)
            return JsonSource.Objects(tables.EnumerateArray());
        return root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && type.GetString() is "Aggregation" or "Valueset"
            && root.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
            ? CodeList(values)
            : null;
    }

    // Each value of each variable.
    private static RowTable? Variables(JsonElement variables)
    {
        var rows = new List<string?[]> { VariableColumns };
        foreach (var variable in variables.EnumerateArray())
        {
            if (variable.ValueKind != JsonValueKind.Object || !variable.TryGetProperty("code", out var code)
                || !variable.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array) return null;
            var texts = variable.TryGetProperty("valueTexts", out var named) && named.ValueKind == JsonValueKind.Array
                && named.GetArrayLength() == values.GetArrayLength() ? named : values;
            var text = variable.TryGetProperty("text", out var label) ? JsonSource.Text(label) : JsonSource.Text(code);
            rows.AddRange(values.EnumerateArray().Zip(texts.EnumerateArray(),
                (value, valueText) => new[] { JsonSource.Text(code), text, JsonSource.Text(value), JsonSource.Text(valueText) }));
        }

        return new RowTable(rows);
    }

    // Each value of a grouping with each value that it is made of.
    private static RowTable? CodeList(JsonElement values)
    {
        var rows = new List<string?[]> { CodeColumns };
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("code", out var code)) return null;
            var label = value.TryGetProperty("label", out var named) ? JsonSource.Text(named) : "";
            if (value.TryGetProperty("valueMap", out var map) && map.ValueKind == JsonValueKind.Array && map.GetArrayLength() > 0)
                rows.AddRange(map.EnumerateArray().Select(item => new[] { JsonSource.Text(code), label, JsonSource.Text(item) }));
            else rows.Add([JsonSource.Text(code), label, JsonSource.Text(code)]);
        }

        return new RowTable(rows);
    }
}

/// <summary>A saved answer of PxWeb's API v1 in its own JSON: columns, and rows with keys and values.</summary>
internal static class PxWebV1
{
    public static (RowTable Table, TableSchema? Schema)? TryRead(JsonElement root)
    {
        if (!root.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) return null;
        var fields = columns.EnumerateArray().Select(Field).ToImmutableArray();
        if (fields.Any(field => field is null) || fields.Select(field => field!.Name).Distinct(StringComparer.Ordinal)
            .Count() < fields.Length) return null;
        var rows = new List<string?[]> { fields.Select(field => (string?)field!.Name).ToArray() };
        foreach (var row in data.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object) return null;
            rows.Add([.. List(row, "key"), .. List(row, "values")]);
        }

        return (new RowTable(rows), new TableSchema
        {
            Name = "pxweb",
            Fields = [.. fields.Select(field => field!)],
            Confidentiality = Confidentiality.Public,
            MissingValues = [new("", Mark.Missing), new("..", Mark.NotAvailable), new("...", Mark.NotAvailable),
                new(".", Mark.NotApplicable), new("-", Mark.Nil)],
        });
    }

    private static Field? Field(JsonElement column)
    {
        if (column.ValueKind != JsonValueKind.Object) return null;
        string? Text(string name) =>
            column.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if ((Text("code") ?? Text("text")) is not { } name) return null;
        return Text("type") switch
        {
            // Contents are numbers; keys are codes, codes are text.
            "c" => new Field { Name = name, Type = FieldType.Number, Title = Text("text") },
            "t" => new Field { Name = name, Title = Text("text"), Role = Role.Period },
            _ => new Field { Name = name, Title = Text("text"), Role = name == "Region" ? Role.Area : Role.None },
        };
    }

    private static IEnumerable<string?> List(JsonElement row, string name) =>
        row.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(JsonSource.Text)
        : [];
}

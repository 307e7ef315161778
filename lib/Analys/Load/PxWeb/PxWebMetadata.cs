using System.Text.Json;
using Analys.Load.Sources;

namespace Analys.Load.PxWeb;

/// <summary>Saved metadata of PxWeb as tables: the variables of API v1, a code list, and the list of tables of API v2.</summary>
internal static class PxWebMetadata
{
    private static readonly string[] VariableColumns = ["variable", "variable_text", "value", "value_text"];
    private static readonly string[] CodeColumns = ["code", "label", "value"];

    public static RowTable? TryRows(JsonElement root)
    {
        if (root.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Array) return Variables(variables);
        if (root.TryGetProperty("tables", out var tables) && tables.ValueKind == JsonValueKind.Array) return JsonSource.Objects(tables.EnumerateArray());
        return root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "Aggregation" or "Valueset"
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
            if (variable.ValueKind != JsonValueKind.Object || !variable.TryGetProperty("code", out var code) || !variable.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array) return null;
            var texts = variable.TryGetProperty("valueTexts", out var named) && named.ValueKind == JsonValueKind.Array && named.GetArrayLength() == values.GetArrayLength() ? named : values;
            var text = variable.TryGetProperty("text", out var label) ? JsonSource.Text(label) : JsonSource.Text(code);
            rows.AddRange(values.EnumerateArray().Zip(texts.EnumerateArray(), (value, valueText) => new[] { JsonSource.Text(code), text, JsonSource.Text(value), JsonSource.Text(valueText) }));
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
            if (value.TryGetProperty("valueMap", out var map) && map.ValueKind == JsonValueKind.Array && map.GetArrayLength() > 0) rows.AddRange(map.EnumerateArray().Select(item => new[] { JsonSource.Text(code), label, JsonSource.Text(item) }));
            else rows.Add([JsonSource.Text(code), label, JsonSource.Text(code)]);
        }

        return new RowTable(rows);
    }
}

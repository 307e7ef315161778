using System.Collections.Immutable;
using System.Text.Json;
using Analys.Domain;
using Analys.Load.Sources;

namespace Analys.Load.PxWeb;

/// <summary>A saved answer of PxWeb's API v1 in its own JSON: columns, and rows with keys and values.</summary>
internal static class PxWebV1
{
    public static (RowTable Table, TableSchema? Schema)? TryRead(JsonElement root)
    {
        if (!root.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array) return null;
        var fields = columns.EnumerateArray().Select(Field).ToImmutableArray();
        if (fields.Any(field => field is null) || fields.Select(field => field!.Name).Distinct(StringComparer.Ordinal).Count() < fields.Length) return null;
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
            MissingValues = [new("", Mark.Missing), new("..", Mark.NotAvailable), new("...", Mark.NotAvailable), new(".", Mark.NotApplicable), new("-", Mark.Nil)],
        });
    }

    private static Field? Field(JsonElement column)
    {
        if (column.ValueKind != JsonValueKind.Object) return null;
        string? Text(string name) => column.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
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
        row.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(JsonSource.Text) : [];
}

using System.Text.Json;
using Analys.Domain;

namespace Analys.Load.Sources;

/// <summary>Answers of Kolada, the database of municipal key figures: values by key figure, municipality, gender and period.</summary>
/// <remarks>
/// Swedish: <i>nyckeltal</i>. Municipality codes are text (0180). Gender is T (all), K (women), M (men). A value that is not there is
/// null, with a status: <c>Missing</c>, or <c>Private</c> where few persons stand behind it.
/// </remarks>
internal static class Kolada
{
    private static readonly TableSchema Schema = new()
    {
        Name = "kolada",
        Title = "Kolada",
        Confidentiality = Confidentiality.Public,
        MissingValues = [new("", Mark.Missing), new("..", Mark.NotAvailable), new("X", Mark.Suppressed)],
        Fields =
        [
            new Field { Name = "kpi", Role = Role.Indicator },
            new Field { Name = "municipality", Role = Role.Area },
            new Field { Name = "period", Type = FieldType.Year, Role = Role.Period },
            new Field { Name = "gender", Role = Role.Sex, Categories = [new("T", "Totalt"), new("K", "Kvinnor"), new("M", "Män")] },
            new Field { Name = "count", Type = FieldType.Integer },
            new Field { Name = "value", Type = FieldType.Number },
        ],
    };

    /// <summary>The rows of an answer with values; null where it is not one.</summary>
    public static (RowTable Table, TableSchema? Schema)? TryRead(JsonElement root)
    {
        if (!root.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0) return null;
        if (values.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("kpi", out _) || !item.TryGetProperty("period", out _)
            || !item.TryGetProperty("values", out var inner) || inner.ValueKind != JsonValueKind.Array || inner.EnumerateArray().Any(value => value.ValueKind != JsonValueKind.Object))) return null;
        var rows = new List<string?[]> { Schema.Fields.Select(field => field.Name).ToArray() };
        foreach (var item in values.EnumerateArray())
        {
            // Values of organisational units (schools) have "ou" in the place of the municipality.
            var place = Text(item, "municipality") ?? Text(item, "ou") ?? "";
            foreach (var value in item.GetProperty("values").EnumerateArray())
            {
                rows.Add([Text(item, "kpi"), place, Text(item, "period"), Text(value, "gender") ?? "T", Text(value, "count"), Value(value)]);
            }
        }

        return (new RowTable(rows), Schema);
    }

    private static string? Value(JsonElement value)
    {
        if (Text(value, "value") is { Length: > 0 } number) return number;
        return (Text(value, "status") ?? "").ToUpperInvariant() switch
        {
            "" => "",
            "PRIVATE" or "SECRET" => "X",
            _ => "..",
        };
    }

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? JsonSource.Text(value) : null;
}

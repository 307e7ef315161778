using System.Globalization;
using System.Text;
using System.Text.Json;
using Analys.Disclosure.Audit;
using Analys.Domain;

namespace Analys.Disclosure.Tables;

/// <summary>Reads and writes tables in the JSON of the reference tables.</summary>
/// <remarks>
/// <c>{"cells": {id: {"status": "P|U|S", "v"?, "lower", "upper"}}, "equations": [[total, [parts]], …], "integer": true}</c>. On the way out
/// a withheld cell has no <c>v</c> but the bounds of the audit; an upper bound that does not exist is null. Hidden cells are not written.
/// </remarks>
internal static class ReferenceJson
{
    /// <summary>Reads a table with the statuses that it has.</summary>
    /// <exception cref="TableModelException">A cell has no value or an unknown status.</exception>
    public static ProtectionTable Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var integer = !root.TryGetProperty("integer", out var flag) || flag.GetBoolean();
        var builder = new ProtectionTableBuilder { IsInteger = integer };
        foreach (var cell in root.GetProperty("cells").EnumerateObject())
        {
            if (!cell.Value.TryGetProperty("v", out var value) || value.ValueKind != JsonValueKind.Number)
                throw new TableModelException("A cell has no value.", cell.Name);
            builder.Add(new TableCell { Id = cell.Name, Value = value.GetDouble(), Status = Status(cell) });
        }
        foreach (var equation in root.GetProperty("equations").EnumerateArray())
            builder.Equate(equation[0].GetString()!, equation[1].EnumerateArray().Select(part => part.GetString()!));
        return builder.Build();
    }

    /// <summary>Writes a protected table with its proof.</summary>
    /// <param name="table">The table with its final statuses.</param>
    /// <param name="audit">The audit whose bounds are written; null writes none.</param>
    public static string Write(ProtectionTable table, TableAudit? audit)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
            Write(writer, table, audit);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the object into a larger document.</summary>
    public static void Write(Utf8JsonWriter writer, ProtectionTable table, TableAudit? audit)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteContent(writer, table, audit);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members into an object that has others beside them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The table with its final statuses.</param>
    /// <param name="audit">The audit whose bounds are written, of published cells the value itself; null writes none.</param>
    /// <param name="oneMark">Whether every withheld cell has the mark S: the reader is then not told which are small.</param>
    public static void WriteContent(Utf8JsonWriter writer, ProtectionTable table, TableAudit? audit, bool oneMark = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(table);
        writer.WriteStartObject("cells");
        foreach (var cell in table.Cells)
        {
            if (cell.Hidden) continue;
            writer.WriteStartObject(cell.Id);
            writer.WriteString("status", cell.Status switch
            {
                CellStatus.Primary
                when !oneMark => "U",
                CellStatus.Primary or CellStatus.Secondary => "S",
                _ => "P"
            });
            if (!cell.IsUnknown) Number(writer, "v", cell.Value);
            if (audit?.Find(cell.Id) is { } bounds)
            {
                Number(writer, "lower", bounds.Lower);
                Number(writer, "upper", bounds.Upper);
            }
            else if (audit is not null && !cell.IsUnknown)
            {
                Number(writer, "lower", cell.Value);
                Number(writer, "upper", cell.Value);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteStartArray("equations");
        foreach (var equation in table.Equations)
        {
            if (table.Cells[equation.Total].Hidden || equation.Parts.Any(part => table.Cells[part].Hidden)) continue;
            writer.WriteStartArray();
            writer.WriteStringValue(table.Cells[equation.Total].Id);
            writer.WriteStartArray();
            foreach (var part in equation.Parts) writer.WriteStringValue(table.Cells[part].Id);
            writer.WriteEndArray();
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("integer", table.IsInteger);
    }

    private static CellStatus Status(JsonProperty cell) => cell.Value.GetProperty("status").GetString() switch
    {
        "P" => CellStatus.Published,
        "U" => CellStatus.Primary,
        "S" => CellStatus.Secondary,
        _ => throw new TableModelException("A cell has an unknown status; P, U or S is expected.", cell.Name),
    };

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsInfinity(value)) writer.WriteNull(name);
        else writer.WriteNumber(name,
            decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}

using System.Text.Json;
using Analys.Domain;
using Analys.Load.Csv;

namespace Analys.Load;

/// <summary>A first schema of a file for somebody to review: types from its first rows, roles guessed from its column names.</summary>
public static class SchemaDraft
{
    /// <summary>The draft as JSON. It is confidential, and every guess is marked <c>"review"</c>.</summary>
    /// <param name="path">A CSV, PX, JSON or Excel file.</param>
    /// <param name="sheet">Of a workbook, the name or number of the sheet; null for the first with a table.</param>
    /// <exception cref="ExtractRejectedException">The file has no table.</exception>
    public static string Infer(string path, string? sheet = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Write(Draft(path, sheet));
    }

    private static TableSchema Draft(string path, string? sheet)
    {
        var file = Path.GetFileName(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".XLSX" or ".XLS" or ".XLSB":
                return Excel.ExcelTable.Load(path, sheet).Infer(file);
            case ".PX" or ".JSON":
                return Extract.Load(path).Schema;
            default:
                return CsvFile.Guarded(
                    path,
                    null,
                    encoding =>
                    {
                        using var source = new CsvSource(path, encoding);
                        var layout = new CsvLayout(source.Blocks.Next(), null, file);
                        return layout.Findings.Count == 0 ? layout.Schema : throw new ExtractRejectedException(file, layout.Findings);
                    },
                    finding => throw new ExtractRejectedException(file, [finding]));
        }
    }

    /// <summary>A schema as the JSON that <see cref="TableSchema.Parse"/> reads, roles that nobody stated being guessed.</summary>
    /// <param name="schema">The schema.</param>
    public static string Write(TableSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
            json.WriteString("name", schema.Name);
            json.WriteStartArray("fields");
            foreach (var field in schema.Fields) WriteField(json, field);
            json.WriteEndArray();
            WriteMissing(json, schema.MissingValues);
            json.WriteStartObject("analys");
            json.WriteString("confidentiality", "confidential");
            json.WriteString("review", "Inferred from the first rows: check types, roles, units and marks, and state the confidentiality.");
            if (schema.Dialect.Footer) json.WriteBoolean("footer", true);
            json.WriteStartObject("dialect");
            if (schema.Dialect.Delimiter is { } delimiter) json.WriteString("delimiter", delimiter.ToString());
            json.WriteNumber("headerRow", schema.Dialect.HeaderRow);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteMissing(Utf8JsonWriter json, IEnumerable<MissingValue> values)
    {
        json.WriteStartArray("missingValues");
        foreach (var missing in values)
        {
            json.WriteStartObject();
            json.WriteString("value", missing.Value);
            json.WriteString("label", Label(missing.Mark));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteField(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type.ToString().ToLowerInvariant());
        if (field.IsNumeric && field.DecimalChar != '.') json.WriteString("decimalChar", field.DecimalChar.ToString());
        if (field.IsNumeric && field.GroupChar is { } group) json.WriteString("groupChar", group.ToString());
        if (field.MissingValues is { } missing) WriteMissing(json, missing);
        var role = field.Role != Role.None ? field.Role : RoleGuess.Of(field);
        json.WriteStartObject("analys");
        if (role != Role.None) json.WriteString("role", char.ToLowerInvariant(role.ToString()[0]) + role.ToString()[1..]);
        json.WriteBoolean("review", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Label(Mark mark) => mark switch
    {
        Mark.NotAvailable => "not available",
        Mark.NotApplicable => "not applicable",
        Mark.Nil => "nil",
        Mark.Suppressed => "suppressed",
        _ => "missing",
    };
}

using System.Globalization;
using System.Text.Json;
using Analys.Domain;
using CsvHelper;

namespace Analys.Present;

/// <summary>Writes released results as the flat record of the library, in JSON or CSV: full precision, invariant culture.</summary>
internal static class RecordWriter
{
    /// <summary>The columns of the record, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "measure", "area", "period", "population", "group", "reference", "parameters", "value", "standardError", "lower", "upper", "unit",
        "n", "status", "step", "reason",
    ];

    /// <summary>Writes the record document: version, command, sources and results.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="released">The results.</param>
    /// <param name="command">What was run.</param>
    public static void WriteJson(Stream stream, Released released, string command)
    {
        ArgumentNullException.ThrowIfNull(released);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder });
        json.WriteStartObject();
        json.WriteString("analys", Product.Version);
        json.WriteString("command", command);
        json.WriteString("policy", released.Policy.Name);
        if (released.IsConfidential) json.WriteString("notice", Product.ConfidentialNotice);
        WriteSources(json, released.Provenance);
        json.WriteStartArray("results");
        foreach (var result in released) ResultJson.WriteWhole(json, result);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the sources as the array <c>source</c>.</summary>
    internal static void WriteSources(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartArray("source");
        foreach (var source in provenance.Sources)
        {
            json.WriteStartObject();
            json.WriteString("file", source.File);
            json.WriteString("sha256", source.Sha256.Length == 0 ? null : source.Sha256);
            if (source.Rows == SourceFile.NotTold) json.WriteNull("rows");
            else json.WriteNumber("rows", source.Rows);
            if (source.Schema is not null) json.WriteString("schema", source.Schema);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the records as CSV with a header; text that a spreadsheet would run as a formula is neutralised.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="released">The results.</param>
    public static void WriteCsv(Stream stream, Released released)
    {
        ArgumentNullException.ThrowIfNull(released);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(column);
        csv.EndRecord();
        foreach (var result in released)
        {
            var cells = Cells(result);
            for (var i = 0; i < cells.Count; i++)
            {
                // A negative number is no formula: numbers are written as numbers, so that the neutralising leaves them alone.
                if (Columns[i] is "value" or "standardError" or "lower" or "upper" or "n" or "step" && cells[i] is { } number)
                    csv.WriteField(double.Parse(number, CultureInfo.InvariantCulture), "R");
                else csv.WriteField(cells[i]);
            }

            csv.EndRecord();
        }
    }

    /// <summary>The cells of a record as text, in the order of <see cref="Columns"/>.</summary>
    public static IReadOnlyList<string?> Cells(Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            result.Measure.Id, result.Area, result.Period, result.Population?.ToString(), result.Group, result.Reference,
            string.Join("; ", result.Parameters.Select(pair => $"{pair.Key}={pair.Value}")),
            Text(result.Value.HasNumber ? result.Value.Number : null), Text(result.StandardError), Text(result.Lower), Text(result.Upper),
            result.Unit, Text(result.N), Status(result.Value), Text(result.Step), result.Value.Reason,
        ];
    }

    private static string Status(Quantity value) => value.Status.ToString().ToLowerInvariant();

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}

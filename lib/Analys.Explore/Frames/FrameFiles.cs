using System.Globalization;
using System.Text.Json;
using Analys.Explore.Frames;
using Analys.Present;
using CsvHelper;
using Microsoft.Data.Analysis;

namespace Analys;

/// <summary>Saves data frames; the frame's own writer loses letters and cannot write texts to Parquet.</summary>
public static class FrameFiles
{
    /// <summary>Saves a frame; the ending of the name says as what.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="path">A file that ends in <c>.csv</c> (UTF-8), <c>.json</c>, <c>.xlsx</c>, <c>.parquet</c> or <c>.md</c>.</param>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public static void Save(this DataFrame frame, string path)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(path);
        var table = Table(frame);
        Action<Stream> write = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => stream => Csv(stream, table),
            ".JSON" => stream => Json(stream, table),
            ".XLSX" => stream => WorkbookWriter.Write(stream, table),
            ".PARQUET" => table.WriteParquet,
            ".MD" => table.WriteMarkdown,
            _ => throw new ArgumentException($"A frame is saved as {ResultFiles.Endings}.", nameof(path)),
        };
        ResultFiles.Whole(path, write);
    }

    /// <summary>Saves the rows of a public extract; marks become empty cells.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="path">A file that ends in <c>.csv</c> (UTF-8), <c>.json</c>, <c>.xlsx</c>, <c>.parquet</c> or <c>.md</c>.</param>
    /// <exception cref="InvalidOperationException">Individuals stand behind the rows, and the session was not declared secure.</exception>
    /// <exception cref="ArgumentException">The ending is another.</exception>
    public static void Save(this Extract extract, string path) => extract.ToDataFrame().Save(path);

    private static SheetTable Table(DataFrame frame)
    {
        PlainColumn[] columns = [.. frame.Columns.Select(FrameColumns.Take)];
        var rows = Enumerable.Range(0, checked((int)frame.Rows.Count));
        return new("Data", [.. columns.Select(column => (column.Name, column.Kind is PlainKind.Number or PlainKind.Integer))],
            [.. rows.Select(row => (IReadOnlyList<object?>)[.. columns.Select(column => Cell(column, row))])]);
    }

    private static object? Cell(PlainColumn column, int row) => column switch
    {
        { Codes: { } codes } => codes[row] < 0 ? null : column.Texts[codes[row]],
        _ when double.IsNaN(column.Numbers![row]) => null,
        { Kind: PlainKind.Boolean } => column.Numbers[row] != 0 ? "true" : "false",
        _ => column.Numbers[row],
    };

    private static void Csv(Stream stream, SheetTable table)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var (name, _) in table.Columns) csv.WriteField(name);
        csv.EndRecord();
        foreach (var row in table.Rows)
        {
            foreach (var cell in row)
            {
                if (cell is double number) csv.WriteField(number, "R");
                else csv.WriteField(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "");
            }

            csv.EndRecord();
        }
    }

    private static void Json(Stream stream, SheetTable table)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = Domain.JsonText.Encoder });
        json.WriteStartArray();
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Count; i++)
            {
                json.WritePropertyName(table.Columns[i].Name);
                if (row[i] is double number) json.WriteNumberValue(number);
                else if (row[i] is string text) json.WriteStringValue(text);
                else json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

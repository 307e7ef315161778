using System.Globalization;
using System.Text.Json;
using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Present;
using CsvHelper;
using Spectre.Console;

namespace Analys.Cli;

/// <summary>A released table as JSON, CSV or a table for people.</summary>
internal static class ReleaseOutput
{
    /// <summary>What is written.</summary>
    internal sealed record Document(ReleasedTable Released, string[] Dimensions, Provenance Provenance, string[] Notices, bool Audit)
    {
        public TableAudit? Bounds => Audit ? Released.Audit : null;
    }

    public static void Write(Terminal terminal, Document document, OutputFormat format)
    {
        if (document.Released.Policy.Unprotected) terminal.Errors.WriteLine(Product.ConfidentialNotice);
        TableCell[] cells = [.. document.Released.Table.Cells.Where(cell => !cell.Hidden)];
        terminal.Told = (cells.Count(cell => !cell.IsUnknown), cells.Length);
        switch (terminal.Form(format))
        {
            case OutputFormat.Json:
                Json(terminal, document);
                break;
            case OutputFormat.Csv:
                Csv(terminal.Bytes, document);
                break;
            case OutputFormat.Markdown:
                Sheet(document).WriteMarkdown(terminal.Bytes);
                break;
            case OutputFormat.Xlsx:
                WorkbookWriter.Write(terminal.Bytes, Sheet(document));
                break;
            case OutputFormat.Parquet:
                Sheet(document).WriteParquet(terminal.Bytes);
                break;
            default:
                Table(terminal.Ansi(), document);
                break;
        }

        terminal.Bytes.Flush();
    }

    private static void Json(Terminal terminal, Document document)
    {
        using (var json = new Utf8JsonWriter(terminal.Bytes, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("analys", Product.Version);
            json.WriteString("command", terminal.Call);
            json.WriteString("policy", document.Released.Policy.Name);
            json.WriteStartArray("notices");
            foreach (var notice in document.Notices) json.WriteStringValue(notice);
            json.WriteEndArray();
            json.WriteStartArray("source");
            foreach (var source in document.Provenance.Sources)
            {
                json.WriteStartObject();
                json.WriteString("file", source.File);
                json.WriteString("sha256", source.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("dimensions");
            foreach (var dimension in document.Dimensions) json.WriteStringValue(dimension);
            json.WriteEndArray();
            ReferenceJson.WriteContent(json, document.Released.Table, document.Bounds, document.Released.HasOneMark && !document.Audit);
            if (document is { Audit: true, Released.Result: { } result })
            {
                json.WriteStartObject("audit");
                json.WriteBoolean("passed", result.Audit.Passed);
                json.WriteBoolean("legendTellsApart", document.Released.Requirements!.LegendTellsApart);
                json.WriteBoolean("insiders", document.Released.Requirements.GuardAgainstInsiders);
                json.WriteNumber("primary", result.PrimaryCells);
                json.WriteNumber("secondary", result.SecondaryCells);
                json.WriteNumber("cost", result.Cost);
                json.WriteNumber("lowerBound", result.LowerBound);
                json.WriteBoolean("optimal", result.IsOptimal);
                json.WriteEndObject();
            }

            else if (document.Bounds is { } rounded)
            {
                json.WriteStartObject("audit");
                json.WriteBoolean("passed", rounded.Passed);
                json.WriteString("rounding", document.Released.Policy.Rounding.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        terminal.Bytes.WriteByte((byte)'\n');
    }

    private static SheetTable Sheet(Document document)
    {
        (string Name, bool IsNumber)[] columns =
            [.. Header(document).Select((name, i) => (name, i >= document.Dimensions.Length && name is "count" or "lower" or "upper"))];
        return new("Table", columns, [.. document.Released.Table.Cells.Where(cell => !cell.Hidden)
            .Select(cell => (IReadOnlyList<object?>)[.. Fields(document, cell, "").Select((field, i) =>
            !columns[i].IsNumber ? field : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (object?)number : null)])]);
    }

    private static void Csv(Stream stream, Document document)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var name in Header(document)) csv.WriteField(name);
        csv.EndRecord();
        foreach (var cell in document.Released.Table.Cells.Where(cell => !cell.Hidden))
        {
            foreach (var field in Fields(document, cell, "")) csv.WriteField(field);
            csv.EndRecord();
        }
    }

    private static void Table(IAnsiConsole console, Document document)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in Header(document))
            table.AddColumn(new TableColumn(Markup.Escape(name))
            {
                NoWrap = true,
                Alignment = name is "count" or "lower" or "upper"
                ? Justify.Right : Justify.Left
            });
        foreach (var cell in document.Released.Table.Cells.Where(cell => !cell.Hidden))
            table.AddRow(Fields(document, cell, "..").Select(field => (Spectre.Console.Rendering.IRenderable)new Text(field)));
        console.Write(table);
        console.WriteLine($"policy {document.Released.Policy.Name}");
        if (document.Released.Table.Cells.Any(cell => cell is { Hidden: false, Status: not CellStatus.Published }))
            console.WriteLine(document.Released.HasOneMark ? ".. withheld (S)"
                : ".. withheld: U by a rule, S so that others cannot be worked out");
        foreach (var notice in document.Notices) console.WriteLine(notice);
    }

    private static IEnumerable<string> Header(Document document) =>
        [.. document.Dimensions, "count", "status", .. document.Audit ? ["lower", "upper"] : Array.Empty<string>()];

    private static IEnumerable<string> Fields(Document document, TableCell cell, string withheld)
    {
        foreach (var value in cell.Id.Split('|')) yield return value;
        var oneMark = document.Released.HasOneMark && !document.Audit;
        yield return cell.Status == CellStatus.Published ? Number(cell.Value) : withheld;
        yield return cell.Status switch { CellStatus.Published => "P", CellStatus.Primary when !oneMark => "U", _ => "S" };
        if (!document.Audit) yield break;
        var bounds = document.Bounds?.Find(cell.Id);
        var isShown = cell.Status == CellStatus.Published && bounds is null;
        yield return isShown ? Number(cell.Value) : bounds is null ? "" : Number(bounds.Lower);
        yield return isShown ? Number(cell.Value) : bounds is null || double.IsInfinity(bounds.Upper) ? "" : Number(bounds.Upper);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

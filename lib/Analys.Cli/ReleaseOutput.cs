using System.Globalization;
using System.Text.Json;
using Analys.Cli.Help;
using Analys.Cli.Tables;
using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Present;
using CsvHelper;

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
        terminal.Progress?.Dispose();
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
                Table(terminal, document);
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

    private static void Table(Terminal terminal, Document document)
    {
        var (screen, output) = (terminal.Screen, terminal.Output);
        var texts = CliTexts.Of(screen.Language);
        var cells = document.Released.Table.Cells.Where(cell => !cell.Hidden).ToList();
        var oneMark = document.Released.HasOneMark && !document.Audit;
        string[] header = [.. Header(document)];
        output.WriteLine($"{texts["table.policy"]}: {document.Released.Policy.Name}");
        output.WriteLine();
        var status = Array.IndexOf(header, "status");
        TextTable.Write(output, screen.Wide ? 0 : screen.Width,
            [.. header.Select(name => new TableColumn(name, name is "count" or "lower" or "upper"))],
        [
            .. cells.Select(cell => Fields(document, cell, "..").Select((field, i) => i == status ? texts[Word(cell, oneMark)]
                : i > status || header[i] == "count" ? field.Replace(".", field == ".." ? "."
                    : screen.DecimalSign, StringComparison.Ordinal) : field).ToArray()),
        ]);
        output.WriteLine();
        if (cells.Any(cell => cell.Id.Split('|').Contains("T"))) Wrapped(texts["cell.legend.total"]);
        if (cells.Any(cell => cell.Status != CellStatus.Published)) Wrapped(texts[oneMark ? "cell.legend.common" : "cell.legend"]);
        foreach (var notice in document.Notices) Wrapped(notice);

        void Wrapped(string text)
        {
            foreach (var line in TextLayout.Wrap(text, screen.Wide ? int.MaxValue : screen.Width)) output.WriteLine(line);
        }
    }

    private static string Word(TableCell cell, bool oneMark) => cell.Status switch
    {
        CellStatus.Published => "cell.published",
        _ when oneMark => "cell.common",
        CellStatus.Primary => "cell.primary",
        _ => "cell.secondary",
    };

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

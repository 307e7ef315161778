using System.Globalization;
using System.Text.Json;
using Analys.Cli.Help;
using Analys.Cli.Messages;
using Analys.Cli.Tables;
using Analys.Disclosure;
using Analys.Disclosure.Audit;
using Analys.Disclosure.Tables;
using Analys.Domain;
using Analys.Present;
using CsvHelper;

namespace Analys.Cli.Commands.Report;

/// <summary>A released table as JSON, CSV or a table for people.</summary>
internal static class ReleaseOutput
{
    /// <summary>What is written: the table of a period, or of all rows where none divides them.</summary>
    internal sealed record Document(string? Period, ReleasedTable Released, string[] Dimensions, Provenance Provenance, string[] Notices,
        bool Audit)
    {
        public TableAudit? Bounds => Audit ? Released.Audit : null;
    }

    /// <summary>Writes one table, or those of several periods under one another.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="documents">The tables.</param>
    /// <param name="period">The column that tells them apart; null for none.</param>
    /// <param name="where">The rows that the call chose; empty for all.</param>
    /// <param name="format">The form.</param>
    public static void Write(Terminal terminal, IReadOnlyList<Document> documents, string? period, string where, OutputFormat format)
    {
        if (documents[0].Released.Policy.Unprotected) terminal.Errors.WriteLine(Product.ConfidentialNotice);
        terminal.Progress?.Dispose();
        var cells = documents.SelectMany(document => document.Released.Table.Cells).Where(cell => !cell.Hidden).ToList();
        terminal.Told = (cells.Count(cell => !cell.IsUnknown), cells.Count);
        if (where.Length > 0) terminal.Errors.WriteLine($"analys: rows where {where}");
        var rows = new Rows(documents, period);
        switch (terminal.Form(format))
        {
            case OutputFormat.Json:
                Json(terminal, documents, period, where);
                break;
            case OutputFormat.Csv:
                Csv(terminal.Bytes, rows);
                break;
            case OutputFormat.Markdown:
                Sheet(rows).WriteMarkdown(terminal.Bytes);
                break;
            case OutputFormat.Xlsx:
                WorkbookWriter.Write(terminal.Bytes, Sheet(rows), Source(rows, terminal.Call, where));
                break;
            case OutputFormat.Parquet:
                Sheet(rows).WriteParquet(terminal.Bytes);
                break;
            default:
                Table(terminal, rows);
                break;
        }

        terminal.Bytes.Flush();
    }

    // The tables as rows of one, the period before the dimensions where there are several.
    private sealed class Rows(IReadOnlyList<Document> documents, string? period)
    {
        public IReadOnlyList<Document> Documents => documents;

        public string[] Header => [.. period is null ? Array.Empty<string>() : [period], .. ReleaseOutput.Header(documents[0])];

        public int Keys => documents[0].Dimensions.Length + (period is null ? 0 : 1);

        public IEnumerable<string[]> Of(string withheld) => documents.SelectMany(document => document.Released.Table.Cells
            .Where(cell => !cell.Hidden).Select(cell => (string[])[.. period is null ? Array.Empty<string>() : [document.Period ?? ""],
                .. Fields(document, cell, withheld)]));
    }

    private static void Json(Terminal terminal, IReadOnlyList<Document> documents, string? period, string where)
    {
        using (var json = new Utf8JsonWriter(terminal.Bytes, new JsonWriterOptions { Indented = true, Encoder = JsonText.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("analys", Product.Version);
            json.WriteString("command", terminal.Call);
            json.WriteString("policy", documents[0].Released.Policy.Name);
            if (where.Length > 0) json.WriteString("where", where);
            json.WriteStartArray("notices");
            foreach (var notice in documents.SelectMany(document => document.Notices).Distinct()) json.WriteStringValue(notice);
            json.WriteEndArray();
            json.WriteStartArray("source");
            foreach (var source in documents.Select(document => document.Provenance).Aggregate((all, more) => all.Merge(more)).Sources)
            {
                json.WriteStartObject();
                json.WriteString("file", source.File);
                json.WriteString("sha256", source.Sha256.Length == 0 ? null : source.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("dimensions");
            foreach (var dimension in documents[0].Dimensions) json.WriteStringValue(dimension);
            json.WriteEndArray();
            if (period is null)
            {
                Content(json, documents[0]);
            }
            else
            {
                json.WriteStartArray("tables");
                foreach (var document in documents)
                {
                    json.WriteStartObject();
                    json.WriteString(period, document.Period);
                    Content(json, document);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        terminal.Bytes.WriteByte((byte)'\n');
    }

    private static void Content(Utf8JsonWriter json, Document document)
    {
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
    }

    private static SheetTable Sheet(Rows rows)
    {
        (string Name, bool IsNumber)[] columns =
            [.. rows.Header.Select((name, i) => (name, i >= rows.Keys && name is "count" or "lower" or "upper"))];
        return new("Table", columns, [.. rows.Of("").Select(fields => (IReadOnlyList<object?>)[.. fields.Select((field, i) =>
            !columns[i].IsNumber ? field : double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (object?)number : null)])]);
    }

    // What the table is and where it came from, for the second sheet: what the JSON says around its cells.
    private static SheetTable Source(Rows rows, string call, string where)
    {
        var first = rows.Documents[0];
        List<string?[]> lines = [["analys", Product.Version, null], ["command", call, null], ["policy", first.Released.Policy.Name, null]];
        if (first.Released.Policy.Unprotected) lines.Add(["notice", Product.ConfidentialNotice, null]);
        if (where.Length > 0) lines.Add(["where", where, null]);
        lines.AddRange(rows.Documents.SelectMany(document => document.Notices).Distinct().Select(notice =>
            (string?[])["notice", notice, null]));
        lines.AddRange(rows.Header.Take(rows.Keys).Select(name =>
            (string?[])["column", name, "what the rows are divided by; T is the total"]));
        lines.Add(["column", "count", "the number in the cell, as the policy lets it be told; empty where it is withheld"]);
        lines.Add(["column", "status", "P published, U withheld for its own sake, S withheld to protect another"]);
        lines.AddRange(rows.Documents.Select(document => document.Provenance).Aggregate((all, more) => all.Merge(more)).Sources
            .Select(source => (string?[])["file", source.File, source.Sha256.Length == 0 ? null : source.Sha256]));
        return new("Source", [("what", false), ("id", false), ("meaning", false)], [.. lines]);
    }

    private static void Csv(Stream stream, Rows rows)
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var line in rows.Of("").Prepend(rows.Header))
        {
            foreach (var field in line) csv.WriteField(field);
            csv.EndRecord();
        }
    }

    private static void Table(Terminal terminal, Rows rows)
    {
        var (screen, output) = (terminal.Screen, terminal.Output);
        var texts = CliTexts.Of(screen.Language);
        var cells = rows.Documents.SelectMany(document => document.Released.Table.Cells).Where(cell => !cell.Hidden).ToList();
        var first = rows.Documents[0];
        var oneMark = first.Released.HasOneMark && !first.Audit;
        var header = rows.Header;
        output.WriteLine($"{texts["table.policy"]}: {first.Released.Policy.Name}");
        output.WriteLine();
        var status = Array.IndexOf(header, "status");
        TextTable.Write(output, screen.Wide ? 0 : screen.Width,
            [.. header.Select(name => new TableColumn(name, name is "count" or "lower" or "upper") { Heading = Heading(name) })],
        [
            .. cells.Zip(rows.Of("..")).Select(line => line.Second.Select((field, i) => i == status ? texts[Word(line.First, oneMark)]
                : i > status || header[i] == "count"
                    ? field.Replace(".", field == ".." ? "." : screen.DecimalSign, StringComparison.Ordinal) : field).ToArray()),
        ]);
        output.WriteLine();
        if (cells.Any(cell => cell.Id.Split('|').Contains("T"))) Wrapped(texts["cell.legend.total"]);
        if (cells.Any(cell => cell.Status != CellStatus.Published)) Wrapped(texts[oneMark ? "cell.legend.common" : "cell.legend"]);
        foreach (var notice in rows.Documents.SelectMany(document => document.Notices).Distinct())
            Wrapped(screen.Language == Language.Swedish ? SwedishMessages.Of(notice) : notice);

        // A dimension keeps its own name.
        string Heading(string name) => name is "count" or "lower" or "upper" or "status" ? texts["column." + name] : name;

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

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Analys.Present;

/// <summary>Writes released results as an Excel workbook: the record on one sheet, where it came from on another.</summary>
/// <remarks>
/// Texts are texts, never formulas: one that a spreadsheet could run has an apostrophe before it, as in the CSV. The same results give the
/// same bytes.
/// </remarks>
internal static partial class WorkbookWriter
{
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the workbook.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="released">The results.</param>
    public static void Write(Stream stream, Released released)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(released);
        Write(stream, SheetTable.Of(released), SheetTable.SourceOf(released));
    }

    /// <summary>Writes a workbook of several sheets.</summary>
    internal static void Write(Stream stream, params IReadOnlyList<SheetTable> sheets)
    {
        using var draft = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(draft, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            for (var i = 0; i < sheets.Count; i++) Add(book, (uint)i + 1, sheets[i].Name, Rows(sheets[i]));
        }

        draft.Position = 0;
        Restamp(draft, stream);
    }

    private static IEnumerable<Row> Rows(SheetTable table)
    {
        yield return new Row(table.Columns.Select(column => Text(column.Name)));
        foreach (var row in table.Rows)
        {
            yield return new Row(row.Select(cell => cell switch
            {
                double number => Number(number),
                long whole => Number(whole),
                _ => Text(cell as string),
            }));
        }
    }

    private static void Add(WorkbookPart book, uint number, string name, IEnumerable<Row> rows)
    {
        var part = book.AddNewPart<WorksheetPart>($"sheet{number}");
        part.Worksheet = new Worksheet(new SheetData(rows));
        book.Workbook.Sheets!.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = number, Name = name });
    }

    private static Cell Text(string? text) =>
        new(new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(Neutral(text ?? ""))
        {
            Space =
            SpaceProcessingModeValues.Preserve
        }))
        { DataType = CellValues.InlineString };

    private static Cell Number(double? value) => value is { } number
        ? new Cell(new CellValue(number.ToString("R", CultureInfo.InvariantCulture))) { DataType = CellValues.Number }
        : Text(null);

    // XML cannot hold most control characters, whatever their escape.
    private static string Neutral(string text)
    {
        var clean = string.Concat(text.Where(c => c is '\n' or '\t' || !char.IsControl(c)).Where(c => c is not ('\uFFFE' or '\uFFFF')));
        return clean.Length > 0 && clean[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + clean : clean;
    }

    private static void Restamp(Stream from, Stream to)
    {
        using var source = new ZipArchive(from, ZipArchiveMode.Read, leaveOpen: true);
        using var target = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in source.Entries.OrderBy(entry => entry.FullName == "[Content_Types].xml" ? 0 : 1)
            .ThenBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            var copy = target.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = Timeless;
            using var input = entry.Open();
            using var output = copy.Open();
            if (entry.FullName != "_rels/.rels")
            {
                input.CopyTo(output);
                continue;
            }

            // The one relationship of the package has a random name.
            using var text = new StreamReader(input);
            output.Write(Encoding.UTF8.GetBytes(RelationshipId().Replace(text.ReadToEnd(), " Id=\"rId1\"")));
        }
    }

    [GeneratedRegex(" Id=\"[^\"]*\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RelationshipId();
}

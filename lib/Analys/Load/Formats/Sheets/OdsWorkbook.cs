using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Analys.Load.Formats.Records;

namespace Analys.Load.Formats.Sheets;

/// <summary>A spreadsheet of OpenDocument (<c>.ods</c>): a packed XML file with all sheets in it.</summary>
/// <remarks>Rows and cells that repeat are written once with a number; empty ones that repeat to the sheet's end are nothing.</remarks>
internal sealed class OdsWorkbook : IWorkbook
{
    private const int MaxRepeated = 100_000;
    private const int MaxColumns = 16_384;
    private static readonly XmlReaderSettings Settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true, XmlResolver = null };
    private readonly List<(string Name, bool IsHidden, Sheet Sheet)> sheets = [];
    private readonly HashSet<string> hiddenStyles = new(StringComparer.Ordinal);

    /// <summary>Reads the sheets.</summary>
    public OdsWorkbook(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.GetEntry("META-INF/manifest.xml") is { } manifest
            && IsEncrypted(manifest)) throw new UnreadableFileException("a spreadsheet without a password");
        var entry = zip.GetEntry("content.xml") ?? throw new DamagedFileException("its content is not there");
        using var xml = XmlReader.Create(new BoundedStream(entry.Open()), Settings);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "style") ReadStyle(xml);
            if (xml.LocalName == "table" && xml.Prefix == "table")
            {
                var name = Get(xml, "name") ?? "";
                var hidden = hiddenStyles.Contains(Get(xml, "style-name") ?? "");
                sheets.Add((name, hidden, xml.IsEmptyElement ? new Sheet([], [], [], 0) : ReadSheet(xml)));
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, bool IsHidden)> Sheets => [.. sheets.Select(sheet => (sheet.Name, sheet.IsHidden))];

    /// <inheritdoc/>
    public Sheet Read(int index) => sheets[index].Sheet;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool IsEncrypted(ZipArchiveEntry manifest)
    {
        using var reader = new StreamReader(new BoundedStream(manifest.Open()));
        return reader.ReadToEnd().Contains("encryption-data", StringComparison.Ordinal);
    }

    private void ReadStyle(XmlReader xml)
    {
        var name = Get(xml, "name") ?? "";
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "table-properties"
                && Get(xml, "display") == "false") hiddenStyles.Add(name);
        }
    }

    private static Sheet ReadSheet(XmlReader xml)
    {
        var sheet = new Sheet([], [], [], 0);
        var texts = new CellTexts();
        var depth = xml.Depth;
        var (row, hidden) = (1, 0);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "table-row") continue;
            var repeated = Repeat(xml, "number-rows-repeated");
            var isHidden = Get(xml, "visibility") is "collapse" or "filter";
            var cells = xml.IsEmptyElement ? [] : ReadRow(xml, row, sheet, texts);
            if (cells.Length > 0)
            {
                if (repeated > MaxRepeated
                    || sheet.Rows.Count > 4_000_000) throw new UnreadableFileException("a sheet whose rows are not repeated without end");
                for (var i = 0; i < repeated; i++) sheet.Rows.Add(new SheetRow(row + i, cells));
                if (isHidden) hidden += repeated;
            }

            if (repeated > int.MaxValue - row) throw new UnreadableFileException("a sheet whose rows are not repeated without end");
            row += repeated;
        }

        return sheet with { HiddenRows = hidden };
    }

    private static string[] ReadRow(XmlReader xml, int row, Sheet sheet, CellTexts texts)
    {
        var cells = new List<string>();
        var depth = xml.Depth;
        var column = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName is not ("table-cell" or "covered-table-cell")
                || xml.Depth != depth + 1) continue;
            var repeated = Repeat(xml, "number-columns-repeated");
            var covered = xml.LocalName == "covered-table-cell";
            var (wide, high) = (Math.Min(MaxColumns, Repeat(xml, "number-columns-spanned")),
                Math.Min(MaxRepeated, Repeat(xml, "number-rows-spanned")));
            var text = ReadCell(xml, row, column, sheet.Doubts);
            if (wide > 1 || high > 1) sheet.Merged.Add(new MergedCells(row, row + high - 1, column, column + wide - 1));
            if (text.Length > 0 && !covered)
            {
                if (column + repeated > MaxColumns) throw new UnreadableFileException("a sheet whose cells are not repeated without end");
                while (cells.Count < column) cells.Add("");
                for (var i = 0; i < repeated; i++) cells.Add(texts.Of(text));
            }

            // Empty ones that repeat to the sheet's end, or beyond what any sheet has, are nothing.
            column = Math.Min(MaxColumns, column) + Math.Min(MaxColumns, repeated);
        }

        return [.. cells];
    }

    private static string ReadCell(XmlReader xml, int row, int column, List<CellDoubt> doubts)
    {
        var type = Get(xml, "value-type");
        var (value, date, time, flag) = (Get(xml, "value"), Get(xml, "date-value"), Get(xml, "time-value"), Get(xml, "boolean-value"));
        var isError = xml.GetAttribute("value-type", "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0") == "error";
        var isFormula = Get(xml, "formula") is not null;
        var text = Words(xml);
        if (isError || (isFormula && text is "#N/A" or "#REF!" or "#VALUE!" or "#DIV/0!" or "#NAME?" or "Err:502"))
        {
            doubts.Add(CellDoubt.Error(row, column));
            return "#";
        }

        if (isFormula && type is null && text.Length == 0)
        {
            doubts.Add(CellDoubt.NotCalculated(row, column));
            return "#";
        }

        return type switch
        {
            "float" or "currency" or "percentage" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture,
                out var number) && double.IsFinite(number) => Number(number, text),
            "date" when date is not null => date.EndsWith("T00:00:00", StringComparison.Ordinal) ? date[..10] : date,
            "time" when time is not null && TryDuration(time) is { } clock => clock,
            "boolean" when flag is not null => flag,
            _ => text.Trim(),
        };
    }

    // A number that is shown with leading zeros is a code: 0180.
    private static string Number(double value, string shown) => shown.Length > 1 && shown[0] == '0' && shown.All(char.IsAsciiDigit)
        && value < 1e15 && (long)value == value && long.Parse(shown, CultureInfo.InvariantCulture) == (long)value
        ? shown
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string? TryDuration(string iso)
    {
        try
        {
            var span = XmlConvert.ToTimeSpan(iso);
            return CellFormats.Text(span.TotalDays, CellFormats.Shape.Time, 0, false);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // The paragraphs of a cell; what stands in a comment on it is not of it.
    private static string Words(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var text = new StringBuilder();
        var depth = xml.Depth;
        var annotation = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "annotation" && !xml.IsEmptyElement) annotation = xml.Depth;
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "annotation") annotation = 0;
            else if (annotation > 0) continue;
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "p" && text.Length > 0) text.Append(' ');
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "s") text.Append(' ', Math.Min(100, Repeat(xml, "c")));
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace) text.Append(xml.Value);
        }

        return text.ToString();
    }

    private static string? Get(XmlReader xml, string name)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            if (xml.LocalName != name || xml.Prefix == "calcext") continue;
            var value = xml.Value;
            xml.MoveToElement();
            return value;
        }

        xml.MoveToElement();
        return null;
    }

    private static int Repeat(XmlReader xml, string name) =>
        int.TryParse(Get(xml, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : 1;
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Analys.Load.Formats.Records;

namespace Analys.Load.Formats.Sheets;

/// <summary>A workbook of Office Open XML (<c>.xlsx</c>, <c>.xlsm</c>), its sheets read cell by cell.</summary>
/// <remarks>
/// Only cells with a value take memory: one formatted empty cell in the last row is nothing. Numbers become the text that their format
/// makes
/// of them where that changes what they are: dates, times, codes with leading zeros. Errors and formulas without a stored value are doubts.
/// </remarks>
internal sealed class XlsxWorkbook : IWorkbook
{
    private const int MaxRows = 1_048_576;
    private const int MaxColumns = 16_384;
    private const long MaxCells = 100_000_000;

    private static readonly XmlReaderSettings Settings =
        new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreProcessingInstructions = true, XmlResolver = null };

    private readonly ZipArchive zip;
    private readonly List<(string Name, bool IsHidden, string Part)> sheets = [];
    private readonly List<(CellFormats.Shape Shape, int Width)> styles = [];
    private readonly bool from1904;
    private string[]? shared;
    private string? sharedPart;

    /// <summary>Reads the list of sheets and the formats.</summary>
    public XlsxWorkbook(Stream stream)
    {
        zip = new ZipArchive(stream, ZipArchiveMode.Read);
        if (zip.Entries.Count > 10_000) throw new DamagedFileException("it has more parts than a workbook");
        var book = Target("_rels/.rels", "officeDocument") ?? "xl/workbook.xml";
        var folder = book.Contains('/', StringComparison.Ordinal) ? book[..(book.LastIndexOf('/') + 1)] : "";
        var relations = Relations($"{folder}_rels/{book[folder.Length..]}.rels", folder);
        using (var xml = Open(book) ?? throw new DamagedFileException("its list of sheets is not there"))
        {
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                if (xml.LocalName == "workbookPr") from1904 = xml.GetAttribute("date1904") is "1" or "true";
                if (xml.LocalName != "sheet") continue;
                var id = Attribute(xml, "id") ?? "";
                if (relations.TryGetValue(id, out var part)
                    && part.Type.EndsWith("/worksheet", StringComparison.Ordinal)) sheets.Add((xml.GetAttribute("name")
                    ?? "", xml.GetAttribute("state") is "hidden" or "veryHidden", part.Target));
            }
        }

        sharedPart = relations.Values.FirstOrDefault(relation => relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Target;
        if (relations.Values.FirstOrDefault(relation =>
            relation.Type.EndsWith("/styles", StringComparison.Ordinal)).Target is { } stylesPart) ReadStyles(stylesPart);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, bool IsHidden)> Sheets => [.. sheets.Select(sheet => (sheet.Name, sheet.IsHidden))];

    /// <inheritdoc/>
    public Sheet Read(int index)
    {
        ReadShared();
        using var xml = Open(sheets[index].Part) ?? throw new DamagedFileException("a sheet of it is not there");
        var sheet = new Sheet([], [], [], 0);
        var texts = new CellTexts();
        var cells = new List<string>();
        var (number, hidden, total) = (0, 0, 0L);
        var isHidden = false;
        void End()
        {
            while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
            if (cells.Count == 0) return;
            if ((total += cells.Count) > MaxCells) throw new UnreadableFileException("a sheet of fewer than 100 million cells");
            sheet.Rows.Add(new SheetRow(number, [.. cells]));
            if (isHidden) hidden++;
        }

        var open = false;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "row":
                    if (open) End();
                    open = true;
                    cells.Clear();
                    number = xml.GetAttribute("r") is { } at ? Number(at) : number + 1;
                    if (number < 1 || number > MaxRows
                        || (sheet.Rows.Count > 0
                        && number <= sheet.Rows[^1].Number))
                        throw new DamagedFileException("a row of it has a number that rows do not have");
                    isHidden = xml.GetAttribute("hidden") is "1" or "true";
                    break;
                case "c":
                    ReadCell(xml, cells, number, sheet.Doubts, texts);
                    break;
                case "mergeCell":
                    if (xml.GetAttribute("ref") is { } range && Range(range) is { } merged) sheet.Merged.Add(merged);
                    break;
            }
        }

        if (open) End();
        return sheet with { HiddenRows = hidden };
    }

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();

    private void ReadCell(XmlReader xml, List<string> cells, int row, List<CellDoubt> doubts, CellTexts texts)
    {
        var column = xml.GetAttribute("r") is { } place ? Column(place) : cells.Count;
        // A cell that does not say where it stands takes a place though it is empty.
        if (xml.GetAttribute("r") is null && column < MaxColumns) cells.Add("");
        if (column < 0 || column >= MaxColumns) throw new DamagedFileException("a cell of it stands in a column that sheets do not have");
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        string? value = null;
        var (formula, inline) = (false, new StringBuilder());
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            var (part, spoken) = ("", false);
            while (xml.Read() && xml.Depth > depth)
            {
                if (xml.NodeType == XmlNodeType.Element)
                {
                    part = xml.IsEmptyElement ? "" : xml.LocalName;
                    formula |= xml.LocalName == "f";
                    // How Japanese characters are read aloud is no part of a text.
                    if (xml.LocalName == "rPh") spoken = !xml.IsEmptyElement;
                }
                else if (xml.NodeType == XmlNodeType.EndElement)
                {
                    part = "";
                    if (xml.LocalName == "rPh") spoken = false;
                }
                else if (part == "v")
                {
                    value += xml.Value;
                }
                else if (part == "t" && !spoken)
                {
                    inline.Append(xml.Value);
                }
            }
        }

        string text;
        switch (type)
        {
            case "e":
                doubts.Add(CellDoubt.Error(row, column));
                text = "#";
                break;
            case "s":
                text = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared!.Length
                    ? shared[index] : throw new DamagedFileException("a text of it is not there");
                break;
            case "inlineStr":
                text = inline.ToString();
                break;
            case "str" or "d":
                text = value ?? "";
                break;
            case "b":
                text = value is "1" or "true" ? "true" : "false";
                break;
            default:
                if (string.IsNullOrEmpty(value))
                {
                    if (formula) doubts.Add(CellDoubt.NotCalculated(row, column));
                    text = formula ? "#" : "";
                    break;
                }

                if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                    || !double.IsFinite(parsed)) throw new DamagedFileException("a number of it is none");
                var (shape, width) = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < styles.Count
                    ? styles[id] : default;
                text = CellFormats.Text(parsed, shape, width, from1904);
                break;
        }

        text = text.Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal).Trim();
        if (text.Length == 0) return;
        while (cells.Count <= column) cells.Add("");
        cells[column] = texts.Of(text);
    }

    private void ReadShared()
    {
        if (shared is not null) return;
        if (sharedPart is null || Open(sharedPart) is not { } opened)
        {
            shared = [];
            return;
        }

        using var xml = opened;
        var list = new List<string>();
        var text = new StringBuilder();
        var phonetic = false;
        var inText = false;
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.LocalName == "si":
                    text.Clear();
                    if (xml.IsEmptyElement) list.Add("");
                    break;
                case XmlNodeType.Element when xml.LocalName == "rPh":
                    phonetic = !xml.IsEmptyElement;
                    break;
                case XmlNodeType.Element when xml.LocalName == "t":
                    inText = !xml.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "t":
                    inText = false;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "rPh":
                    phonetic = false;
                    break;
                case XmlNodeType.EndElement when xml.LocalName == "si":
                    list.Add(text.ToString());
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inText
                    && !phonetic:
                    text.Append(xml.Value);
                    break;
            }
        }

        shared = [.. list];
    }

    private void ReadStyles(string part)
    {
        using var xml = Open(part);
        if (xml is null) return;
        var codes = new Dictionary<int, string>();
        var inCells = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt"
                && int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) codes[id] =
                xml.GetAttribute("formatCode") ?? "";
            if (!inCells || xml.LocalName != "xf") continue;
            var format = int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var used) ? used
                : 0;
            styles.Add(codes.TryGetValue(format, out var code) ? CellFormats.Of(code) : (CellFormats.OfBuiltIn(format), 0));
        }
    }

    private Dictionary<string, (string Type, string Target)> Relations(string part, string folder)
    {
        var relations = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var xml = Open(part);
        while (xml?.Read() == true)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship") continue;
            var target = xml.GetAttribute("Target") ?? "";
            relations[xml.GetAttribute("Id") ?? ""] =
                (xml.GetAttribute("Type") ?? "", target.StartsWith('/') ? target[1..] : folder + target);
        }

        return relations;
    }

    private string? Target(string part, string type) =>
        Relations(part, "").Values.FirstOrDefault(relation => relation.Type.EndsWith("/" + type, StringComparison.Ordinal)).Target;

    private XmlReader? Open(string part) => zip.GetEntry(part) is { } entry ? XmlReader.Create(new BoundedStream(entry.Open()), Settings)
        : null;

    private static string? Attribute(XmlReader xml, string name)
    {
        string? found = null;
        if (!xml.MoveToFirstAttribute()) return null;
        do
        {
            if (xml.LocalName == name && xml.Prefix.Length > 0) found = xml.Value;
        }
        while (xml.MoveToNextAttribute());
        xml.MoveToElement();
        return found;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : -1;

    // The column of a place such as AB12, from 0; -1 where it is none.
    private static int Column(string place)
    {
        var column = 0;
        var i = 0;
        for (; i < place.Length && char.IsAsciiLetterUpper(place[i]) && i < 4; i++) column = (column * 26) + place[i] - 'A' + 1;
        return i is 0 or > 3 || i < place.Length && !char.IsAsciiDigit(place[i]) ? -1 : column - 1;
    }

    private static MergedCells? Range(string range)
    {
        var ends = range.Split(':');
        if (ends.Length != 2) return null;
        int Row(string place) => Number(place.TrimStart([.. Enumerable.Range('A', 26).Select(letter => (char)letter)]));
        var (from, to) = (Row(ends[0]), Row(ends[1]));
        var (left, right) = (Column(ends[0]), Column(ends[1]));
        return from < 1 || to < from || left < 0 || right < left ? null : new MergedCells(from, to, left, right);
    }
}

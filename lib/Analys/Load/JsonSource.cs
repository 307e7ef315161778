using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Analys.Load.Csv;
using Analys.Load.Cubes;
using Analys.Load.Cubes.JsonStat;
using Analys.Load.Schema;
using CsvHelper;

namespace Analys.Load;

/// <summary>A JSON file: JSON-stat, an answer of PxWeb or Kolada, or a plain list of rows. What it is, is told by its content.</summary>
internal static class JsonSource
{
    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string path, TableSchema? schema, string? table = null)
    {
        var bytes = SourceReader.Bytes(path);
        var sha256 = RowTable.Hash(bytes);
        try
        {
            using var document = Parse(bytes);
            var root = document.RootElement;
            if (JsonStatDocument.Looks(root)) return JsonStatDocument.Load(bytes, sha256, path, schema, table);
            if (Rows(root) is { } rows) return rows.Table.ToExtract(path, sha256, schema ?? rows.Schema);
            return (null, [SourceReader.At(path,
                "JSON-stat, an answer of PxWeb or Kolada, or a list of rows (in pandas to_json(orient=\"records\"))", "format-error")]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is an InvalidOperationException.
            if (NotANumber(bytes) is { } line)
            {
                return (null, [new Finding("format-error", Path.GetFileName(path), line, null, null,
                    "JSON, which has no NaN or Infinity (Python writes them): null where a number is not there")]);
            }

            var start = TextEncoding.Decode(bytes.AsSpan(0, Math.Min(bytes.Length, 1000))).TrimStart();
            return (null,
                [SourceReader.At(path, start.StartsWith('<') ? "JSON: this is a web page, probably an error message that was saved"
                    : e is JsonException { LineNumber: { } at } ? $"JSON, nested no deeper than 64 levels: it goes wrong in line {at + 1}"
                    : "JSON, nested no deeper than 64 levels", "format-error")]);
        }
    }

    // The line of the first NaN or Infinity that stands where a value does; null for none.
    private static long? NotANumber(byte[] bytes)
    {
        var text = Clean(bytes).Span;
        var (inside, line) = (false, 1L);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') line++;
            if (inside && text[i] == '\\') i++;
            else if (text[i] == '"') inside = !inside;
            else if (!inside && (text[i..].StartsWith("NaN"u8) || text[i..].StartsWith("Infinity"u8))) return line;
        }

        return null;
    }

    /// <summary>Parses bytes, whatever mark they begin with.</summary>
    /// <exception cref="JsonException">They are not JSON, or nested too deeply.</exception>
    public static JsonDocument Parse(byte[] bytes) => JsonDocument.Parse(Clean(bytes), new JsonDocumentOptions { MaxDepth = 64 });

    /// <summary>The bytes as UTF-8 without a mark: JSON that was saved in another encoding is taken over.</summary>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> bytes)
    {
        if (TextEncoding.FromMark(bytes.Span) is null && Utf8.IsValid(bytes.Span)) return bytes;
        return System.Text.Encoding.UTF8.GetBytes(TextEncoding.Decode(bytes.Span));
    }

    /// <summary>The rows of a document that is not JSON-stat; null where it has none.</summary>
    public static (RowTable Table, TableSchema? Schema)? Rows(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (PxWebV1.TryRead(root) is { } answer) return answer;
            if (PxWebMetadata.TryRows(root) is { } metadata) return (metadata, null);
            if (Kolada.TryRead(root) is { } kolada) return kolada;
            if (root.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Array)
            {
                return Objects(features.EnumerateArray()
                    .Select(feature => feature.ValueKind == JsonValueKind.Object
                        && feature.TryGetProperty("properties", out var properties) ? properties : default)) is { } table ? (table, null)
                        : null;
            }

            if (root.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array)
                return Objects(values.EnumerateArray()) is { } table ? (table, null) : null;
            return null;
        }

        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() == 0) return null;
        if (root[0].ValueKind == JsonValueKind.Object) return Objects(root.EnumerateArray()) is { } keyed ? (keyed, null) : null;
        if (root.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array)) return null;
        return (new RowTable([.. root.EnumerateArray().Select(row => row.EnumerateArray().Select(Text).ToArray())]), null);
    }

    /// <summary>Objects as rows; the columns are the members of all of them, in the order of their first appearance.</summary>
    public static RowTable? Objects(IEnumerable<JsonElement> objects)
    {
        var list = objects.ToList();
        if (list.Count == 0 || list.Any(item => item.ValueKind != JsonValueKind.Object)) return null;
        var names = list.SelectMany(item => item.EnumerateObject().Select(member => member.Name)).Distinct(StringComparer.Ordinal)
            .ToArray();
        if ((long)names.Length * list.Count > 100_000_000) return null;
        return new RowTable(
            [names, .. list.Select(item => names.Select(name => item.TryGetProperty(name, out var value) ? Text(value) : "").ToArray())]);
    }

    /// <summary>A value as text: null is empty, objects and lists are JSON.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}

/// <summary>Answers of Kolada, the database of municipal key figures: values by key figure, municipality, gender and period.</summary>
/// <remarks>
/// Swedish: <i>nyckeltal</i>. Municipality codes are text (0180). Gender is T (all), K (women), M (men). A value that is not there is
/// null, with a status: <c>Missing</c>, or <c>Private</c> where few persons stand behind it.
/// </remarks>
internal static class Kolada
{
    private static readonly TableSchema Schema = new()
    {
        Name = "kolada",
        Title = "Kolada",
        Confidentiality = Confidentiality.Public,
        MissingValues = [new("", Mark.Missing), new("..", Mark.NotAvailable), new("X", Mark.Suppressed)],
        Fields =
        [
            new Field { Name = "kpi", Role = Role.Indicator },
            new Field { Name = "municipality", Role = Role.Area },
            new Field { Name = "period", Type = FieldType.Year, Role = Role.Period },
            new Field { Name = "gender", Role = Role.Sex, Categories = [new("T", "Totalt"), new("K", "Kvinnor"), new("M", "Män")] },
            new Field { Name = "count", Type = FieldType.Integer },
            new Field { Name = "value", Type = FieldType.Number },
        ],
    };

    /// <summary>The rows of an answer with values; null where it is not one.</summary>
    public static (RowTable Table, TableSchema? Schema)? TryRead(JsonElement root)
    {
        if (!root.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
            return null;
        if (values.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("kpi", out _)
            || !item.TryGetProperty("period", out _)
            || !item.TryGetProperty("values", out var inner) || inner.ValueKind != JsonValueKind.Array
            || inner.EnumerateArray().Any(value => value.ValueKind != JsonValueKind.Object))) return null;
        var rows = new List<string?[]> { Schema.Fields.Select(field => field.Name).ToArray() };
        var deleted = 0;
        foreach (var item in values.EnumerateArray())
        {
            // Values of organisational units (schools) have "ou" in the place of the municipality.
            var place = Text(item, "municipality") ?? Text(item, "ou") ?? "";
            foreach (var value in item.GetProperty("values").EnumerateArray())
            {
                if (value.TryGetProperty("isdeleted", out var gone) && gone.ValueKind == JsonValueKind.True)
                {
                    deleted++;
                    continue;
                }

                rows.Add([Text(item, "kpi"), place, Text(item, "period"), Text(value, "gender") ?? "T", Text(value, "count"),
                    Value(value)]);
            }
        }

        var notices = new List<Notice>();
        if (deleted > 0) notices.Add(new Notice(NoticeCodes.Deleted, "", null, null, RowNumbers.None,
            $"{deleted} values that the source has deleted were left out"));
        if (root.TryGetProperty("next_url", out var next) && next.ValueKind == JsonValueKind.String)
            notices.Add(new Notice(NoticeCodes.MorePages, "", null, null, RowNumbers.None,
                "this is one page of several: the source has more (next_url)"));
        return (new RowTable(rows) { Notices = notices }, Schema);
    }

    private static string? Value(JsonElement value)
    {
        if (Text(value, "value") is { Length: > 0 } number) return number;
        return (Text(value, "status") ?? "").ToUpperInvariant() switch
        {
            "" => "",
            "PRIVATE" or "SECRET" => "X",
            _ => "..",
        };
    }

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? JsonSource.Text(value) : null;
}

/// <summary>A table of texts from a spreadsheet or a JSON file, the header first; it is validated exactly as a CSV file is.</summary>
/// <param name="Rows">The header and the rows.</param>
/// <param name="FirstRow">The number of the header's row in the file, from 1.</param>
internal sealed record RowTable(IReadOnlyList<string?[]> Rows, int FirstRow = 1)
{
    /// <summary>Types, validates and screens the table.</summary>
    public (Extract? Extract, IReadOnlyList<Finding> Findings) ToExtract(string path, string sha256, TableSchema? schema,
        Origin? origin = null)
    {
        var file = Path.GetFileName(path);
        // The rows are commas and quotes again for one reader only: whatever layout the schema has is of the file, not of this.
        var plain = schema is null ? null : schema with { Dialect = new Dialect(',', 1, schema.Dialect.Footer) };
        var bytes = ToCsv();
        var read = CsvFile.Read(() => new CsvSource(new MemoryStream(bytes), Encoding.UTF8), file, plain, 1, native: true);
        if (read.Findings.Count > 0) return (null, [.. read.Findings.Select(finding => finding with { Row = finding.Row + FirstRow - 1 })]);
        return Extract.Create(read.Schema, read.Columns,
            new SourceFile(file, sha256, read.Rows, schema?.Name, origin ?? DataPackage.FindOrigin(path)),
            [.. Notices.Select(notice => notice with { File = file }), .. read.Notices.Select(Below)], read.Map.Below(FirstRow - 1));
    }

    /// <summary>The schema that the rows suggest.</summary>
    public TableSchema Infer(string file)
    {
        using var source = new CsvSource(new MemoryStream(ToCsv()), Encoding.UTF8);
        return new CsvLayout(source.Blocks.Next(), null, file, native: true).Schema;
    }

    /// <summary>Whether a row that holds something has a cell that holds nothing.</summary>
    public bool HasBlanks => Rows.Skip(1).Any(row => Array.Exists(row, string.IsNullOrEmpty)
        && Array.Exists(row, cell => !string.IsNullOrEmpty(cell)));

    /// <summary>What was taken for granted when the table was found.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    private Notice Below(Notice notice) =>
        notice with { Rows = notice.Rows with { First = [.. notice.Rows.First.Select(row => row + FirstRow - 1)] } };

    private byte[] ToCsv()
    {
        var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',', ValidateFieldCount = false },
            leaveOpen: true))
        {
            foreach (var row in Rows)
            {
                foreach (var cell in row) csv.WriteField(cell ?? "");
                if (row.Length == 0) csv.WriteField("");
                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }

    /// <summary>The SHA-256 of a file's bytes.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using System.Text.Json;
using System.Text.Unicode;
using Analys.Load.JsonStat;

namespace Analys.Load.Sources;

/// <summary>A JSON file: JSON-stat, an answer of PxWeb or Kolada, or a plain list of rows. What it is, is told by its content.</summary>
internal static class JsonSource
{
    public static (Extract? Extract, IReadOnlyList<Finding> Findings) Read(string path, TableSchema? schema)
    {
        var bytes = SourceReader.Bytes(path);
        var sha256 = RowTable.Hash(bytes);
        try
        {
            using var document = Parse(bytes);
            var root = document.RootElement;
            if (JsonStatDocument.Looks(root)) return JsonStatDocument.Load(bytes, sha256, path, schema);
            if (Rows(root) is { } rows) return rows.Table.ToExtract(path, sha256, schema ?? rows.Schema);
            return (null, [SourceReader.At(path, "JSON-stat, an answer of PxWeb or Kolada, or a list of rows", "format-error")]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is an InvalidOperationException.
            var start = TextEncoding.Decode(bytes.AsSpan(0, Math.Min(bytes.Length, 1000))).TrimStart();
            return (null, [SourceReader.At(path, start.StartsWith('<') ? "JSON: this is a web page, probably an error message that was saved" : "JSON, nested no deeper than 64 levels", "format-error")]);
        }
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
            if (PxWeb.PxWebV1.TryRead(root) is { } answer) return answer;
            if (PxWeb.PxWebMetadata.TryRows(root) is { } metadata) return (metadata, null);
            if (Kolada.TryRead(root) is { } kolada) return kolada;
            if (root.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Array)
            {
                return Objects(features.EnumerateArray().Select(feature => feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var properties) ? properties : default)) is { } table ? (table, null) : null;
            }

            if (root.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array) return Objects(values.EnumerateArray()) is { } table ? (table, null) : null;
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
        var names = list.SelectMany(item => item.EnumerateObject().Select(member => member.Name)).Distinct(StringComparer.Ordinal).ToArray();
        if ((long)names.Length * list.Count > 100_000_000) return null;
        return new RowTable([names, .. list.Select(item => names.Select(name => item.TryGetProperty(name, out var value) ? Text(value) : "").ToArray())]);
    }

    /// <summary>A value as text: null is empty, objects and lists are JSON.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}

using System.Text.Json;

namespace Analys.Load.Formats;

/// <summary>JSON, one object or list a line (NDJSON): rows whose columns are the members of all of them.</summary>
internal static class JsonLines
{
    /// <summary>Reads the rows.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ExtractRejectedException">A line is not JSON, or no object.</exception>
    public static RowTable Load(string path)
    {
        var bytes = JsonSource.Clean(SourceReader.Bytes(path)).Span;
        var names = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<string?[]>();
        for (var line = 1L; bytes.Length > 0; line++)
        {
            var end = bytes.IndexOf((byte)'\n');
            var text = (end < 0 ? bytes : bytes[..end]).Trim(" \t\r"u8);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (text.Length == 0) continue;
            rows.Add(Row(text.ToArray(), line, path, names, places));
            if ((long)names.Count * rows.Count > 100_000_000) throw SourceReader.Rejected(path, "fewer than 100 million cells");
        }

        if (names.Count == 0) throw SourceReader.Rejected(path, "a JSON object on each line", "format-error");
        return new RowTable([[.. names],
            .. rows.Select(row =>
            row.Length == names.Count ? row : (string?[])[.. row, .. Enumerable.Repeat("", names.Count - row.Length)])], 0);
    }

    private static string?[] Row(byte[] text, long line, string path, List<string> names, Dictionary<string, int> places)
    {
        ExtractRejectedException Wrong(string expected)
        {
            var file = Path.GetFileName(path);
            return new ExtractRejectedException(file, [new Finding("format-error", file, line, null, null, expected)]);
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Wrong("a JSON object on each line");
            var row = new List<string?>(names.Count);
            row.AddRange(Enumerable.Repeat<string?>("", names.Count));
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!places.TryGetValue(member.Name, out var place))
                {
                    places[member.Name] = place = names.Count;
                    names.Add(member.Name);
                    row.Add("");
                }

                row[place] = JsonSource.Text(member.Value);
            }

            return [.. row];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong("a JSON object on each line");
        }
    }
}

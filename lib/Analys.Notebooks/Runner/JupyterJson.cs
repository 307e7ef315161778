using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Runner;

/// <summary>
/// Writes JSON byte for byte as Jupyter does: keys sorted, one space of indent, only what must be escaped is, and a line end last. The
/// framework's writer escapes letters outside the basic plane, so a notebook would change by being saved.
/// </summary>
internal static class JupyterJson
{
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                var sorted = members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList();
                List(text, '{', '}', sorted, depth, member =>
                {
                    Quote(text, member.Key);
                    text.Append(": ");
                    Write(text, member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                List(text, '[', ']', items, depth, item => Write(text, item, depth + 1));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Quote(text, value.GetValue<string>());
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void List<T>(StringBuilder text, char open, char close, IList<T> items, int depth, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', depth + 1);
            write(items[i]);
        }
        if (items.Count > 0) text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: text.Append(letter); break;
            }
        }
        text.Append('"');
    }
}

/// <summary>Writes a file whole or not at all: a stop half-way leaves the old one.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        var isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        var draft = target + ".tmp";
        try
        {
            File.WriteAllText(draft, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
            // A folder that was made for a file which could not be written goes with it.
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
    }
}

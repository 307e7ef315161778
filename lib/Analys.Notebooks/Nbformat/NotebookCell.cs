using System.Text.Json.Nodes;

namespace Analys.Notebooks.Nbformat;

/// <summary>One cell of a notebook.</summary>
public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json) => Json = json;

    /// <summary>Whether it holds code that runs.</summary>
    public bool IsCode => (string?)Json["cell_type"] == "code";

    /// <summary>The id; empty in notebooks older than format 4.5.</summary>
    public string Id => (string?)Json["id"] ?? "";

    /// <summary>The text.</summary>
    public string Source
    {
        get => JoinedText(Json["source"]);
        set => Json["source"] = SplitText(value);
    }

    /// <summary>The cell's tags, such as <c>parameters</c>.</summary>
    public IReadOnlyList<string> Tags => [.. (Json["metadata"]?["tags"] as JsonArray ?? []).Select(tag => (string?)tag ?? "")];

    /// <summary>The number of its last run, or null.</summary>
    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    /// <summary>The metadata of the cell.</summary>
    public JsonObject Metadata => ObjectAt(Json, "metadata");

    /// <summary>What the cell put out, in nbformat's JSON.</summary>
    public JsonArray Outputs
    {
        get => Json["outputs"] as JsonArray ?? Replace([]);
        set => Replace(value);
    }

    internal JsonObject Json { get; }

    /// <summary>A new code cell.</summary>
    public static NotebookCell Code(string id, string source, params string[] tags)
    {
        var cell = new NotebookCell(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = id,
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
        })
        { Source = source };
        if (tags.Length > 0) cell.Metadata["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]);
        return cell;
    }

    internal static JsonObject ObjectAt(JsonObject parent, string key)
    {
        if (parent[key] is JsonObject found) return found;
        var made = new JsonObject();
        parent[key] = made;
        return made;
    }

    /// <summary>Text that nbformat may hold as one string or as lines.</summary>
    internal static string JoinedText(JsonNode? node) =>
        node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";

    /// <summary>Text as lines, each with its line end, as nbformat writes it.</summary>
    internal static JsonArray SplitText(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }
        return lines;
    }

    private JsonArray Replace(JsonArray outputs)
    {
        Json["outputs"] = outputs;
        return outputs;
    }
}

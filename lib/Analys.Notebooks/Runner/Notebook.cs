using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Runner;

/// <summary>
/// A Jupyter notebook, format 4.5. It keeps the JSON as it was read, so what it does not know passes through unchanged.
/// </summary>
public sealed class Notebook
{
    private readonly JsonObject json;

    private Notebook(JsonObject json)
    {
        this.json = json;
        Cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell((cell
            ?? throw new InvalidOperationException("A cell is null.")).AsObject()))];
    }

    /// <summary>All cells in order.</summary>
    public List<NotebookCell> Cells { get; }

    /// <summary>The cells with code, in order.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.IsCode);

    /// <summary>The metadata of the whole notebook.</summary>
    public JsonObject Metadata => NotebookCell.ObjectAt(json, "metadata");

    /// <summary>An empty notebook for this kernel.</summary>
    public static Notebook Create() => Parse("""
        {"cells": [], "metadata": {
          "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
          "language_info": {"name": "C#", "file_extension": ".cs", "mimetype": "text/x-csharp", "pygments_lexer": "csharp"}},
         "nbformat": 4, "nbformat_minor": 5}
        """);

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="InvalidDataException">The file is no notebook of format 4.</exception>
    public static Notebook Load(string path) => Parse(File.ReadAllText(path, Encoding.UTF8));

    /// <summary>Reads a notebook from its JSON.</summary>
    /// <exception cref="InvalidDataException">The text is no notebook of format 4.</exception>
    public static Notebook Parse(string text)
    {
        try
        {
            // A key that stands twice would be found only where it is asked for.
            var json = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })?.AsObject();
            if (json?["cells"] is not JsonArray || (int?)json["nbformat"] != 4)
                throw new InvalidDataException("The file is not a Jupyter notebook of format 4.");
            var notebook = new Notebook(json);
            notebook.GiveIds();
            return notebook;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The file is not a Jupyter notebook of format 4: its JSON is broken.", failure);
        }
    }

    /// <summary>The notebook as Jupyter writes it: keys sorted, one space of indent, letters unescaped.</summary>
    public string ToJson()
    {
        json["cells"] = new JsonArray([.. Cells.Select(cell => cell.Json.DeepClone())]);
        return JupyterJson.Write(json);
    }

    /// <summary>Writes the notebook whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, ToJson());

    // Format 4.5 wants an id on every cell. They are counted, not drawn, so the same notebook gives the same bytes.
    private void GiveIds()
    {
        var used = Cells.Select(cell => cell.Id).ToHashSet();
        var next = 1;
        foreach (var cell in Cells.Where(cell => cell.Id.Length == 0))
        {
            string id;
            do id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cell-{next++}");
            while (!used.Add(id));
            cell.Json["id"] = id;
        }
        if ((int?)json["nbformat_minor"] is null or < 5) json["nbformat_minor"] = 5;
    }
}

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

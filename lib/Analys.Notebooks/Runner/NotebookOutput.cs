using System.Text.Json.Nodes;
using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Runner;

/// <summary>Gathers a cell's outputs as nbformat keeps them.</summary>
internal sealed class NotebookOutput(int executionCount)
{
    private readonly Dictionary<string, JsonObject> displays = new(StringComparer.Ordinal);
    private readonly System.Text.StringBuilder stream = new();
    private string? streamName;
    private bool clearNext;

    private JsonArray outputs = [];

    public JsonArray Done()
    {
        EndStream();
        return outputs;
    }

    public void Add(CellOutput output)
    {
        if (output is DisplayOutput { IsUpdate: true, DisplayId: { } changed } update)
        {
            if (displays.TryGetValue(changed, out var shown)) shown["data"] = Bundle(update.Data);
            return;
        }
        if (output is ClearOutput clear)
        {
            if (clear.Wait) clearNext = true;
            else Clear();
            return;
        }
        if (clearNext) Clear();
        if (output is StreamOutput written)
        {
            if (written.Name != streamName) EndStream();
            streamName = written.Name;
            stream.Append(written.Text);
            return;
        }
        EndStream();
        var made = Json(output);
        outputs.Add(made);
        if (output is DisplayOutput { DisplayId: { } id }) displays[id] = made;
    }

    /// <summary>A bundle as nbformat keeps it: text by lines, JSON as JSON.</summary>
    internal static JsonObject Bundle(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (mimeType, text) in bundle.Data)
        {
            var isText = mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is MimeBundle.Svg or "application/javascript";
            data[mimeType] = isText ? NotebookCell.SplitText(text) : IsJson(mimeType) ? JsonNode.Parse(text) : text;
        }
        return data;
    }

    internal static bool IsJson(string mimeType) =>
        mimeType == "application/json"
            || (mimeType.StartsWith("application/", StringComparison.Ordinal) && mimeType.EndsWith("+json", StringComparison.Ordinal));

    /// <summary>What is said of an output beside its data: that it comes from a secure session.</summary>
    internal static JsonObject Metadata(CellOutput output) =>
        output.IsSecure ? new JsonObject { [NotebookStrip.SecureKey] = true } : [];

    private JsonObject Json(CellOutput output) => output switch
    {
        DisplayOutput display =>
            new JsonObject { ["data"] = Bundle(display.Data), ["metadata"] = Metadata(display), ["output_type"] = "display_data" },
        ResultOutput result => new JsonObject
        {
            ["data"] = Bundle(result.Data),
            ["execution_count"] = executionCount,
            ["metadata"] = Metadata(result),
            ["output_type"] = "execute_result",
        },
        ErrorOutput { Error: var error } => new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    private void Clear()
    {
        clearNext = false;
        streamName = null;
        stream.Clear();
        displays.Clear();
        outputs = [];
    }

    private void EndStream()
    {
        if (streamName is null) return;
        var text = NotebookCell.SplitText(stream.ToString());
        outputs.Add(new JsonObject { ["name"] = streamName, ["output_type"] = "stream", ["text"] = text });
        streamName = null;
        stream.Clear();
    }
}

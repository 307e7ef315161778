using System.Text.Json.Nodes;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Jupyter;

/// <summary>Completion, inspection and the question whether a cell is complete, in the protocol's words.</summary>
internal sealed class Assistance(NotebookSession session)
{
    public JsonObject Complete(JupyterMessage request)
    {
        var code = request.Text("code");
        var found = Guarded(() => session.Complete(code, CodePoints.ToUnits(code, request.Number("cursor_pos")))) ?? new Completions(0, 0, []);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Matches.Select(match => JsonValue.Create(match))]),
            ["cursor_start"] = CodePoints.FromUnits(code, found.Start),
            ["cursor_end"] = CodePoints.FromUnits(code, found.End),
            ["metadata"] = new JsonObject(),
        };
    }

    public JsonObject Inspect(JupyterMessage request)
    {
        var code = request.Text("code");
        var text = Guarded(() => session.Inspect(code, CodePoints.ToUnits(code, request.Number("cursor_pos"))));
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? new JsonObject() : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    public JsonObject IsComplete(JupyterMessage request) => session.IsComplete(request.Text("code")) switch
    {
        Completeness.Complete => new JsonObject { ["status"] = "complete" },
        Completeness.Incomplete => new JsonObject { ["status"] = "incomplete", ["indent"] = "" },
        _ => new JsonObject { ["status"] = "invalid" },
    };

    // Help with half-written code must never end the kernel, whatever the compiler makes of it.
    private static T? Guarded<T>(Func<T?> ask) where T : class
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return null;
        }
    }
}

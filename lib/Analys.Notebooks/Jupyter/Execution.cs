using System.Text.Json.Nodes;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Runner;

namespace Analys.Notebooks.Jupyter;

/// <summary>Runs cells for a front end and tells what they put out.</summary>
internal sealed class Execution(KernelSockets sockets, NotebookSession session, InputRequests input)
{
    private readonly List<string> history = [];

    /// <summary>The number of the last cell.</summary>
    public int Count { get; private set; }

    /// <summary>How many requests waited when the last cell ended: what is sent after its reply is no part of the same "Run all".</summary>
    public int Waiting { get; private set; }

    /// <summary>Runs a cell; false when it failed.</summary>
    public async Task<bool> RunAsync(KernelRequest request)
    {
        var message = request.Message;
        var code = message.Text("code");
        var silent = message.Flag("silent", false);
        if (!silent && message.Flag("store_history", true) && !string.IsNullOrWhiteSpace(code))
        {
            Count++;
            history.Add(code);
        }
        if (!silent) Publish(message, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = Count });
        input.Current = request;
        var result = await session.ExecuteAsync(code, Math.Max(Count, 1), output => Publish(message, output, silent)).ConfigureAwait(false);
        input.Current = null;
        Waiting = sockets.Shell.Count;
        sockets.Reply(request, "execute_reply", Reply(result));
        return result.Succeeded;
    }

    /// <summary>The last cells, as the protocol lists them: session, number, text.</summary>
    public JsonArray History(JupyterMessage request)
    {
        var shown = request.Number("n") is > 0 and var last ? Math.Min(last, history.Count) : history.Count;
        return [.. Enumerable.Range(history.Count - shown, shown).Select(i => (JsonNode)new JsonArray(0, i + 1, history[i]))];
    }

    private JsonObject Reply(CellResult result)
    {
        var content = new JsonObject { ["status"] = result.Succeeded ? "ok" : "error", ["execution_count"] = Count };
        if (result.Error is { } error)
        {
            foreach (var (key, value) in Error(error).ToList()) content[key] = value?.DeepClone();
            return content;
        }
        content["payload"] = new JsonArray();
        content["user_expressions"] = new JsonObject();
        return content;
    }

    private void Publish(JupyterMessage request, CellOutput output, bool silent)
    {
        switch (output)
        {
            case StreamOutput stream:
                Publish(request, "stream", new JsonObject { ["name"] = stream.Name, ["text"] = stream.Text });
                break;
            case DisplayOutput display:
                var shown = Data(display, display.Data);
                shown["transient"] = display.DisplayId is { } id ? new JsonObject { ["display_id"] = id } : new JsonObject();
                Publish(request, display.IsUpdate ? "update_display_data" : "display_data", shown);
                break;
            case ResultOutput result when !silent:
                var value = Data(result, result.Data);
                value["execution_count"] = Count;
                Publish(request, "execute_result", value);
                break;
            case ErrorOutput { Error: var error }:
                Publish(request, "error", Error(error));
                break;
            case ClearOutput clear:
                Publish(request, "clear_output", new JsonObject { ["wait"] = clear.Wait });
                break;
        }
    }

    private void Publish(JupyterMessage request, string type, JsonObject content) => sockets.Publish(type, request.Header, content);

    private static JsonObject Data(CellOutput output, Display.MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (mimeType, text) in bundle.Data) data[mimeType] = NotebookOutput.IsJson(mimeType) ? JsonNode.Parse(text) : text;
        return new JsonObject { ["data"] = data, ["metadata"] = NotebookOutput.Metadata(output) };
    }

    private static JsonObject Error(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
    };
}

/// <summary>Questions of a running cell to the user, by way of the front end.</summary>
internal sealed class InputRequests
{
    private readonly KernelSockets sockets;
    private TaskCompletionSource<string>? waiting;

    public InputRequests(KernelSockets sockets)
    {
        this.sockets = sockets;
        sockets.InputReceived += message =>
        {
            if (message.Type == "input_reply") waiting?.TrySetResult(message.Text("value"));
        };
    }

    /// <summary>The request that runs now.</summary>
    public KernelRequest? Current { get; set; }

    public string? Ask(string prompt, bool secret)
    {
        if (Current is not { } request || !request.Message.Flag("allow_stdin", false))
            throw new CellException("InputError", "The cell asks for input, and the front end takes none.");
        var answer = waiting = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!sockets.AskFrontEnd(request, new JsonObject { ["prompt"] = prompt, ["password"] = secret }))
            throw new CellException("InputError", "The cell asks for input, and the front end does not listen for questions.");
        answer.Task.Wait(CellContext.Current?.Interrupted ?? CancellationToken.None);
        return answer.Task.Result;
    }
}

using System.Text.Json.Nodes;
using System.Threading.Channels;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Jupyter;

/// <summary>
/// Takes requests one by one: those of shell in their order, those of control beside them, so that an interrupt reaches a cell that runs.
/// </summary>
internal sealed class RequestLoop(
    KernelSockets sockets,
    NotebookSession session,
    InputRequests input,
    JupyterKernelOptions options,
    ParentWatch parent,
    CancellationTokenSource stop)
{
    private enum Outcome
    {
        Answered,
        Failed,
        Ended,
    }

    private readonly Execution execution = new(sockets, session, input);
    private readonly Assistance assistance = new(session);
    private Task? subscribed;

    public async Task RunAsync()
    {
        var loops = new List<Task> { ServeAsync(sockets.Shell), ServeAsync(sockets.Control) };
        if (options.WatchParent) loops.Add(parent.WaitAsync(stop.Token));
        await Task.WhenAny(loops).ConfigureAwait(false);
        session.Interrupt();
        await stop.CancelAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(ChannelReader<KernelRequest> requests)
    {
        try
        {
            await foreach (var request in requests.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                await SubscribedAsync(request.Message.Type).ConfigureAwait(false);
                Publish(request, "busy");
                var outcome = await GuardedAsync(request).ConfigureAwait(false);
                // Front ends take "idle" as the end of a request's outputs, so it comes after everything else.
                Publish(request, "idle");
                if (outcome == Outcome.Ended || (outcome == Outcome.Failed && await AbortQueuedAsync(requests).ConfigureAwait(false)))
                    return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The kernel ends.
        }
    }

    // A request that is not as the protocol says must not take the kernel, and the user's variables, with it.
    private async Task<Outcome> GuardedAsync(KernelRequest request)
    {
        try
        {
            return await AnswerAsync(request).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException or KeyNotFoundException
            or System.Text.Json.JsonException)
        {
            Refuse(request, failure.GetType().Name, "The request could not be understood.");
            return Outcome.Answered;
        }
    }

    private void Refuse(KernelRequest request, string name, string message)
    {
        if (!request.Message.Type.EndsWith("_request", StringComparison.Ordinal)) return;
        sockets.Reply(request, request.Message.Type[..^"request".Length] + "reply", new JsonObject
        {
            ["status"] = "error",
            ["ename"] = name,
            ["evalue"] = message,
            ["traceback"] = new JsonArray(),
        });
    }

    private async Task<Outcome> AnswerAsync(KernelRequest request)
    {
        var message = request.Message;
        switch (message.Type)
        {
            case "execute_request":
                var succeeded = await execution.RunAsync(request).ConfigureAwait(false);
                return succeeded || !message.Flag("stop_on_error", true) ? Outcome.Answered : Outcome.Failed;
            case "shutdown_request":
                var content = new JsonObject { ["status"] = "ok", ["restart"] = message.Flag("restart", false) };
                sockets.Reply(request, "shutdown_reply", content);
                sockets.Publish("shutdown_reply", message.Header, content.DeepClone().AsObject());
                return Outcome.Ended;
            case "interrupt_request":
                session.Interrupt();
                sockets.Reply(request, "interrupt_reply", new JsonObject { ["status"] = "ok" });
                break;
            case "kernel_info_request":
                sockets.Reply(request, "kernel_info_reply", KernelInfo.Content());
                break;
            case "complete_request":
                sockets.Reply(request, "complete_reply", assistance.Complete(message));
                break;
            case "inspect_request":
                sockets.Reply(request, "inspect_reply", assistance.Inspect(message));
                break;
            case "is_complete_request":
                sockets.Reply(request, "is_complete_reply", assistance.IsComplete(message));
                break;
            case "history_request":
                sockets.Reply(request, "history_reply", new JsonObject { ["status"] = "ok", ["history"] = execution.History(message) });
                break;
            case "comm_info_request":
                sockets.Reply(request, "comm_info_reply", new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() });
                break;
            case "comm_open":
                // No widget has its other half here; a front end that hears so stops waiting.
                sockets.Publish(
                    "comm_close", message.Header, new JsonObject { ["comm_id"] = message.Text("comm_id"), ["data"] = new JsonObject() });
                break;
            default:
                Refuse(request, "NotSupported", "The kernel does not know this request.");
                break;
        }
        return Outcome.Answered;
    }

    /// <summary>
    /// Turns down the cells that were sent along with the one that failed, as "Run all" does; true when the kernel is to end.
    /// </summary>
    private async Task<bool> AbortQueuedAsync(ChannelReader<KernelRequest> requests)
    {
        for (var waiting = execution.Waiting; waiting > 0 && requests.TryRead(out var queued); waiting--)
        {
            Publish(queued, "busy");
            var outcome = Outcome.Answered;
            if (queued.Message.Type == "execute_request")
                sockets.Reply(queued, "execute_reply", new JsonObject { ["status"] = "aborted", ["execution_count"] = execution.Count });
            else outcome = await GuardedAsync(queued).ConfigureAwait(false);
            Publish(queued, "idle");
            if (outcome == Outcome.Ended) return true;
        }
        return false;
    }

    private void Publish(KernelRequest request, string state) =>
        sockets.Publish("status", request.Message.Header, new JsonObject { ["execution_state"] = state });

    // What is published before anyone listens is lost, and a front end that misses the first "idle" waits for it in vain.
    private async Task SubscribedAsync(string type)
    {
        if (type is "interrupt_request" or "shutdown_request") return;
        subscribed ??= Task.WhenAny(sockets.FirstSubscriber, Task.Delay(options.SubscriberPatience, stop.Token));
        await subscribed.ConfigureAwait(false);
    }
}

/// <summary>Completion, inspection and the question whether a cell is complete, in the protocol's words.</summary>
internal sealed class Assistance(NotebookSession session)
{
    public JsonObject Complete(JupyterMessage request)
    {
        var code = request.Text("code");
        var found = Guarded(() => session.Complete(code, CodePoints.ToUnits(code, request.Number("cursor_pos"))))
            ?? new Completions(0, 0, []);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Matches.Select(match => JsonValue.Create(match))]),
            ["cursor_start"] = CodePoints.FromUnits(code, found.Start),
            ["cursor_end"] = CodePoints.FromUnits(code, found.End),
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = Typed(code, found) },
        };
    }

    // What each match is, for front ends that draw a sign before it.
    private static JsonArray Typed(string code, Completions found) =>
        [.. found.Matches.Zip(found.Kinds).Select(match => (JsonNode)new JsonObject
    {
        ["text"] = match.First,
        ["type"] = match.Second,
        ["start"] = CodePoints.FromUnits(code, found.Start),
        ["end"] = CodePoints.FromUnits(code, found.End),
    })];

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

/// <summary>Jupyter counts positions in code points, .NET in UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToUnits(string text, int codePoints)
    {
        var units = 0;
        for (; codePoints > 0 && units < text.Length; codePoints--) units += IsPair(text, units) ? 2 : 1;
        return units;
    }

    public static int FromUnits(string text, int units)
    {
        var codePoints = 0;
        for (var i = 0; i < units && i < text.Length; codePoints++) i += IsPair(text, i) ? 2 : 1;
        return codePoints;
    }

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}

using System.Text.Json.Nodes;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Jupyter;

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

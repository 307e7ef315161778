using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Analys.Notebooks.Jupyter;

/// <summary>A request and where it came from.</summary>
internal sealed record KernelRequest(ZmtpConnection Connection, JupyterMessage Message);

/// <summary>The kernel's five sockets.</summary>
internal sealed class KernelSockets : IAsyncDisposable
{
    private readonly Channel<KernelRequest> shell = Channel.CreateUnbounded<KernelRequest>();
    private readonly Channel<KernelRequest> control = Channel.CreateUnbounded<KernelRequest>();
    private readonly List<ZmtpServer> servers = [];
    private readonly ZmtpServer stdin;
    private readonly MessageCodec codec;
    private readonly Publisher iopub;

    public KernelSockets(ConnectionFile file, TimeProvider time)
    {
        codec = new MessageCodec(file.Key, time);
        iopub = new Publisher(file.EndPoint(file.IopubPort));
        servers.Add(new ZmtpServer(file.EndPoint(file.ShellPort), "ROUTER", (connection, frames) => Queue(shell, connection, frames)));
        servers.Add(new ZmtpServer(file.EndPoint(file.ControlPort), "ROUTER", (connection, frames) => Queue(control, connection, frames)));
        // The heartbeat is answered by the task that reads it, whatever else goes on.
        servers.Add(new ZmtpServer(file.EndPoint(file.HeartbeatPort), "REP", (connection, frames) => connection.Send(frames)));
        stdin = new ZmtpServer(file.EndPoint(file.StdinPort), "ROUTER", ReceiveInput);
        servers.Add(stdin);
    }

    public event Action<JupyterMessage>? InputReceived;

    public ChannelReader<KernelRequest> Shell => shell.Reader;

    public ChannelReader<KernelRequest> Control => control.Reader;

    public Task FirstSubscriber => iopub.FirstSubscriber;

    public void Reply(KernelRequest request, string type, JsonObject content) =>
        request.Connection.Send(codec.Write(request.Message.Routing, type, Copy(request.Message.Header), content));

    /// <summary>Tells all who listen.</summary>
    public void Publish(string type, JsonObject parent, JsonObject content) =>
        iopub.Send(codec.Write([Encoding.ASCII.GetBytes(type)], type, Copy(parent), content));

    /// <summary>Asks the front end that sent a request; false if it has no stdin socket.</summary>
    public bool AskFrontEnd(KernelRequest request, JsonObject content)
    {
        var asked = stdin.Connections.FirstOrDefault(connection => connection.Identity == request.Connection.Identity)
            ?? (stdin.Connections.Count == 1 ? stdin.Connections.First() : null);
        asked?.Send(codec.Write(request.Message.Routing, "input_request", Copy(request.Message.Header), content));
        return asked is not null;
    }

    public async ValueTask DisposeAsync()
    {
        var closing = servers.Select(server => server.DisposeAsync().AsTask()).Append(iopub.DisposeAsync().AsTask());
        await Task.WhenAll(closing).ConfigureAwait(false);
    }

    // A node of JSON has one parent; a header is quoted many times.
    private static JsonObject Copy(JsonObject header) => header.DeepClone().AsObject();

    private void Queue(Channel<KernelRequest> channel, ZmtpConnection connection, byte[][] frames)
    {
        if (codec.Read(frames) is { } message) channel.Writer.TryWrite(new KernelRequest(connection, message));
    }

    private void ReceiveInput(ZmtpConnection connection, byte[][] frames)
    {
        if (codec.Read(frames) is { } message) InputReceived?.Invoke(message);
    }
}

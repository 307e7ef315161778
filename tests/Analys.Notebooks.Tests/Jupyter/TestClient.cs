using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Analys.Notebooks.Jupyter;

namespace Analys.Notebooks.Tests.Jupyter;

/// <summary>A front end: it speaks to a kernel as Jupyter's clients do, over ZMTP.</summary>
internal sealed class TestClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly MessageCodec codec;
    private readonly List<ZmtpConnection> connections = [];
    private readonly ConnectionFile file;

    private TestClient(ConnectionFile file, string? key)
    {
        this.file = file;
        codec = new MessageCodec(key ?? file.Key, TimeProvider.System);
    }

    public Channel<JupyterMessage> Shell { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<JupyterMessage> Control { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<JupyterMessage> Iopub { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<JupyterMessage> Stdin { get; } = Channel.CreateUnbounded<JupyterMessage>();

    public Channel<byte[][]> Heartbeat { get; } = Channel.CreateUnbounded<byte[][]>();

    private ZmtpConnection shell = null!, control = null!, stdin = null!, heartbeat = null!;

    public static async Task<TestClient> ConnectAsync(string connectionFile, string? key = null, bool subscribe = true)
    {
        var client = new TestClient(ConnectionFile.Read(connectionFile), key);
        var identity = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
        client.shell = await client.OpenAsync(client.file.ShellPort, "DEALER", identity, client.Shell);
        client.control = await client.OpenAsync(client.file.ControlPort, "DEALER", identity, client.Control);
        client.stdin = await client.OpenAsync(client.file.StdinPort, "DEALER", identity, client.Stdin);
        client.heartbeat = await client.OpenAsync(client.file.HeartbeatPort, "REQ", null, null);
        if (subscribe) await client.SubscribeAsync();
        return client;
    }

    public async Task SubscribeAsync()
    {
        var iopub = await OpenAsync(file.IopubPort, "SUB", null, Iopub);
        iopub.Send([[1]]);
    }

    public string Send(string type, JsonObject content, bool onControl = false)
    {
        var frames = codec.Write([], type, [], content);
        (onControl ? control : shell).Send(frames);
        return (string)JsonNode.Parse(frames[2])!["msg_id"]!;
    }

    public void Answer(JsonObject content) => stdin.Send(codec.Write([], "input_reply", [], content));

    public void Beat(params byte[][] frames) => heartbeat.Send(frames);

    public string Execute(string code, bool stopOnError = true, bool allowStdin = false) => Send("execute_request", new JsonObject
    {
        ["code"] = code,
        ["silent"] = false,
        ["store_history"] = true,
        ["user_expressions"] = new JsonObject(),
        ["allow_stdin"] = allowStdin,
        ["stop_on_error"] = stopOnError,
    });

    /// <summary>A request's reply, and what was published for it up to and including "idle".</summary>
    public async Task<(JupyterMessage Reply, List<JupyterMessage> Published)> FinishAsync(string id, bool onControl = false)
    {
        var published = await UntilIdleAsync(id);
        var reply = await ReadAsync(onControl ? Control : Shell);
        Assert.Equal(id, (string?)reply.Parent["msg_id"]);
        return (reply, published);
    }

    public async Task<List<JupyterMessage>> UntilIdleAsync(string id)
    {
        var published = new List<JupyterMessage>();
        while (true)
        {
            var message = await ReadAsync(Iopub);
            if ((string?)message.Parent["msg_id"] != id) continue;
            published.Add(message);
            if (message.Type == "status" && message.Text("execution_state") == "idle") return published;
        }
    }

    public static async Task<T> ReadAsync<T>(Channel<T> channel)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await channel.Reader.ReadAsync(patience.Token);
    }

    public void Dispose()
    {
        foreach (var connection in connections) connection.Dispose();
    }

    private async Task<ZmtpConnection> OpenAsync(int port, string type, byte[]? identity, Channel<JupyterMessage>? into)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                var connection = await ZmtpConnection.GreetAsync(socket, type, identity, CancellationToken.None);
                connections.Add(connection);
                _ = PumpAsync(connection, into);
                return connection;
            }
            catch (SocketException) when (clock.Elapsed < Patience)
            {
                // The kernel's process is still starting.
                socket.Dispose();
                await Task.Delay(15);
            }
        }
    }

    private async Task PumpAsync(ZmtpConnection connection, Channel<JupyterMessage>? into)
    {
        try
        {
            while (true)
            {
                var frames = await connection.ReceiveAsync(CancellationToken.None);
                if (into is null) Heartbeat.Writer.TryWrite(frames);
                else if (codec.Read(frames) is { } message) into.Writer.TryWrite(message);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            into?.Writer.TryComplete();
        }
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Analys.Notebooks.Jupyter;

/// <summary>
/// One peer, spoken to in ZMTP 3.0 with the NULL mechanism: greeting, READY, then messages of one or more frames.
/// </summary>
/// <remarks>
/// Why by hand: NetMQ is not in every package registry that this project must build from, and what a kernel needs of the protocol is
/// little. Version 3.0 is announced, not 3.1, so that subscriptions arrive as ordinary messages and no pings need an answer.
/// </remarks>
internal sealed class ZmtpConnection : IDisposable
{
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;
    private const int LargestFrame = 1 << 30;

    private readonly Socket socket;
    private readonly BufferedStream reader;
    private readonly BufferedStream writer;
    private readonly Channel<byte[][]> outgoing = Channel.CreateUnbounded<byte[][]>(new UnboundedChannelOptions { SingleReader = true });
    private Task writing = Task.CompletedTask;

    private ZmtpConnection(Socket socket)
    {
        this.socket = socket;
        var stream = new NetworkStream(socket, ownsSocket: false);
        // One buffer each way: a buffered stream that both reads and writes is not safe for two tasks.
        reader = new BufferedStream(stream, 64 * 1024);
        writer = new BufferedStream(stream, 64 * 1024);
    }

    /// <summary>The name that the peer gave its socket: a client uses the same one on shell and on stdin.</summary>
    public string Identity { get; private set; } = "";

    /// <summary>Greets a peer. Throws when it is none, as an editor's port probe that connects and closes.</summary>
    public static async Task<ZmtpConnection> GreetAsync(Socket socket, string socketType, byte[]? identity, CancellationToken cancellation)
    {
        if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = true;
        var connection = new ZmtpConnection(socket);
        try
        {
            await connection.ShakeHandsAsync(socketType, identity, cancellation).ConfigureAwait(false);
            connection.writing = Task.Run(connection.WriteAllAsync, CancellationToken.None);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Puts a message in line to be sent.</summary>
    public void Send(byte[][] message) => outgoing.Writer.TryWrite(message);

    /// <summary>The next message.</summary>
    public async Task<byte[][]> ReceiveAsync(CancellationToken cancellation)
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var (flags, body) = await ReadFrameAsync(cancellation).ConfigureAwait(false);
            if ((flags & Command) != 0) continue;
            frames.Add(body);
            if ((flags & More) == 0) return [.. frames];
        }
    }

    /// <summary>Waits until everything in line has been sent.</summary>
    public async Task DrainAsync()
    {
        outgoing.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    /// <summary>Closes the socket, and nothing else: whoever reads or writes just then ends by the exception of a closed socket. A buffered
    /// stream that is closed while another task flushes it loses its buffer under that task's hands.</summary>
    public void Dispose()
    {
        outgoing.Writer.TryComplete();
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer, or whoever disposed first, has closed it.
        }

        socket.Dispose();
    }

    private async Task ShakeHandsAsync(string socketType, byte[]? identity, CancellationToken cancellation)
    {
        var greeting = new byte[64];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        Encoding.ASCII.GetBytes("NULL").CopyTo(greeting, 12);
        await writer.WriteAsync(greeting, cancellation).ConfigureAwait(false);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);

        var theirs = new byte[64];
        await reader.ReadExactlyAsync(theirs, cancellation).ConfigureAwait(false);
        if (theirs[0] != 0xFF || (theirs[9] & 1) == 0 || theirs[10] < 3) throw new IOException("The peer does not speak ZMTP 3.");
        if (Encoding.ASCII.GetString(theirs, 12, 20).TrimEnd('\0') != "NULL")
            throw new IOException("The peer wants a mechanism other than NULL.");

        await WriteFrameAsync(Command, ZmtpReady.Write(socketType, identity), cancellation).ConfigureAwait(false);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);
        var (flags, body) = await ReadFrameAsync(cancellation).ConfigureAwait(false);
        if ((flags & Command) == 0) throw new IOException("The peer did not say READY.");
        Identity = ZmtpReady.Identity(body);
    }

    private async Task<(byte Flags, byte[] Body)> ReadFrameAsync(CancellationToken cancellation)
    {
        var head = new byte[9];
        await reader.ReadExactlyAsync(head.AsMemory(0, 2), cancellation).ConfigureAwait(false);
        long length = head[1];
        if ((head[0] & Long) != 0)
        {
            await reader.ReadExactlyAsync(head.AsMemory(2, 7), cancellation).ConfigureAwait(false);
            length = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(1));
        }
        if (length is < 0 or > LargestFrame) throw new IOException("The peer sent a frame of an impossible length.");
        var body = new byte[length];
        await reader.ReadExactlyAsync(body, cancellation).ConfigureAwait(false);
        return (head[0], body);
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (await outgoing.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (outgoing.Reader.TryRead(out var message))
                {
                    for (var i = 0; i < message.Length; i++)
                    {
                        var flags = i < message.Length - 1 ? More : (byte)0;
                        await WriteFrameAsync(flags, message[i], CancellationToken.None).ConfigureAwait(false);
                    }
                }
                await writer.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
        {
            // The peer has left; what it did not wait for is dropped.
            outgoing.Writer.TryComplete();
        }
    }

    private async Task WriteFrameAsync(byte flags, byte[] body, CancellationToken cancellation)
    {
        var head = new byte[9];
        if (body.Length < 256)
        {
            head[0] = flags;
            head[1] = (byte)body.Length;
            await writer.WriteAsync(head.AsMemory(0, 2), cancellation).ConfigureAwait(false);
        }
        else
        {
            head[0] = (byte)(flags | Long);
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(1), body.Length);
            await writer.WriteAsync(head, cancellation).ConfigureAwait(false);
        }
        await writer.WriteAsync(body, cancellation).ConfigureAwait(false);
    }
}

/// <summary>The READY command: what kind of socket each end has, and perhaps its name.</summary>
internal static class ZmtpReady
{
    public static byte[] Write(string socketType, byte[]? identity)
    {
        var command = new MemoryStream();
        Short(command, "READY");
        Property(command, "Socket-Type", Encoding.ASCII.GetBytes(socketType));
        if (identity is not null) Property(command, "Identity", identity);
        return command.ToArray();
    }

    /// <summary>The peer's name; Latin-1, so that every byte survives.</summary>
    public static string Identity(ReadOnlySpan<byte> command)
    {
        var rest = command[(1 + command[0])..];
        while (rest.Length > 0)
        {
            var name = Encoding.ASCII.GetString(rest.Slice(1, rest[0]));
            rest = rest[(1 + rest[0])..];
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase)) return Encoding.Latin1.GetString(rest.Slice(4, length));
            rest = rest[(4 + length)..];
        }
        return "";
    }

    private static void Property(MemoryStream command, string name, byte[] value)
    {
        Short(command, name);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        command.Write(length);
        command.Write(value);
    }

    private static void Short(MemoryStream command, string text)
    {
        command.WriteByte((byte)text.Length);
        command.Write(Encoding.ASCII.GetBytes(text));
    }
}

/// <summary>One bound socket: it takes peers in and hands on their messages together with the connection to answer on.</summary>
internal sealed class ZmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Socket listener;
    private readonly string socketType;
    private readonly Action<ZmtpConnection, byte[][]> received;
    private readonly Action<ZmtpConnection> left;
    private readonly ConcurrentDictionary<ZmtpConnection, bool> connections = new();
    private readonly CancellationTokenSource stop = new();

    public ZmtpServer(EndPoint endPoint, string socketType, Action<ZmtpConnection, byte[][]> received, Action<ZmtpConnection>? left = null)
    {
        this.socketType = socketType;
        this.received = received;
        this.left = left ?? (_ => { });
        listener = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(endPoint);
        listener.Listen();
        _ = AcceptAsync();
    }

    public ICollection<ZmtpConnection> Connections => connections.Keys;

    /// <summary>Sends what is in line, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        var drained = Task.WhenAll(connections.Keys.Select(connection => connection.DrainAsync()));
        await Task.WhenAny(drained, Task.Delay(LastWords)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        foreach (var connection in connections.Keys) connection.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stop.Token).ConfigureAwait(false);
                _ = ServeAsync(socket, stop.Token);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server is being disposed.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellation)
    {
        ZmtpConnection? connection = null;
        try
        {
            connection = await ZmtpConnection.GreetAsync(socket, socketType, null, cancellation).ConfigureAwait(false);
            connections[connection] = true;
            while (true) received(connection, await connection.ReceiveAsync(cancellation).ConfigureAwait(false));
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or IndexOutOfRangeException or ArgumentException)
        {
            // Peers come and go; an editor also tries the ports by connecting and closing. None of that concerns the others.
        }
        finally
        {
            if (connection is not null)
            {
                connections.TryRemove(connection, out _);
                connection.Dispose();
                left(connection);
            }
        }
    }
}

/// <summary>The socket that speaks to all who have subscribed.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ZmtpConnection, List<byte[]>> topics = new();
    private readonly TaskCompletionSource firstSubscriber = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ZmtpServer server;

    public Publisher(EndPoint endPoint) =>
        server = new ZmtpServer(endPoint, "PUB", Subscribe, connection => topics.TryRemove(connection, out _));

    /// <summary>Ends when someone listens. What is sent before that, no one hears.</summary>
    public Task FirstSubscriber => firstSubscriber.Task;

    public void Send(byte[][] message)
    {
        foreach (var (connection, wanted) in topics)
        {
            bool wants;
            lock (wanted) wants = wanted.Exists(topic => message[0].AsSpan().StartsWith(topic));
            if (wants) connection.Send(message);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private void Subscribe(ZmtpConnection connection, byte[][] message)
    {
        if (message is not [[var verb, .. var topic]]) return;
        var wanted = topics.GetOrAdd(connection, _ => []);
        lock (wanted)
        {
            if (verb == 1) wanted.Add(topic);
            else if (wanted.FindIndex(known => known.AsSpan().SequenceEqual(topic)) is >= 0 and var index) wanted.RemoveAt(index);
        }
        firstSubscriber.TrySetResult();
    }
}

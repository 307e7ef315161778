using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Analys.Notebooks.Jupyter.Zmtp;

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

    private readonly BufferedStream reader;
    private readonly BufferedStream writer;
    private readonly Channel<byte[][]> outgoing = Channel.CreateUnbounded<byte[][]>(new UnboundedChannelOptions { SingleReader = true });
    private Task writing = Task.CompletedTask;

    private ZmtpConnection(NetworkStream stream)
    {
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
        var connection = new ZmtpConnection(new NetworkStream(socket, ownsSocket: true));
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

    public void Dispose()
    {
        outgoing.Writer.TryComplete();
        reader.Dispose();
        try
        {
            writer.Dispose();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // What could not be sent any more is dropped.
        }
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
        if (Encoding.ASCII.GetString(theirs, 12, 20).TrimEnd('\0') != "NULL") throw new IOException("The peer wants a mechanism other than NULL.");

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
                        await WriteFrameAsync(i < message.Length - 1 ? More : (byte)0, message[i], CancellationToken.None).ConfigureAwait(false);
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

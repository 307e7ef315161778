using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Analys.Notebooks.Jupyter.Zmtp;

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
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or IndexOutOfRangeException or ArgumentException)
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

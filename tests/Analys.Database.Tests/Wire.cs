using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Analys.Tests.Database;

/// <summary>Stands between a client and a PostgreSQL server and counts what the server sends: bytes, and rows (messages of the type
/// D).</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int server;
    private long bytes;
    private long rows;

    public Wire(int server)
    {
        this.server = server;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Task.Run(Accept);
    }

    public int Port { get; }

    public long Bytes => Interlocked.Read(ref bytes);

    public long Rows => Interlocked.Read(ref rows);

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            using (var upstream = new TcpClient())
            {
                client.NoDelay = upstream.NoDelay = true;
                await upstream.ConnectAsync(IPAddress.Loopback, server);
                var up = client.GetStream().CopyToAsync(upstream.GetStream());
                var down = Down(upstream.GetStream(), client.GetStream());
                await Task.WhenAny(up, down);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
        }
    }

    // Forwarded in blocks: the counting must not slow what is measured.
    private async Task Down(NetworkStream from, NetworkStream to)
    {
        var block = new byte[1 << 16];
        var header = new byte[5];
        var (known, left) = (0, 0);
        while (await from.ReadAsync(block) is > 0 and var read)
        {
            var messages = 0L;
            for (var at = 0; at < read;)
            {
                if (left > 0)
                {
                    var some = Math.Min(left, read - at);
                    (at, left) = (at + some, left - some);
                    continue;
                }

                header[known++] = block[at++];
                if (known < 5) continue;
                (known, left) = (0, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4);
                if (header[0] == (byte)'D') messages++;
            }

            Interlocked.Add(ref bytes, read);
            Interlocked.Add(ref rows, messages);
            // Counted before it is known there: whoever has an answer sees its rows counted.
            await to.WriteAsync(block.AsMemory(0, read));
        }
    }
}

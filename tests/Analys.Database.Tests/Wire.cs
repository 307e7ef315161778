using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Analys.Tests.Database;

/// <summary>Stands between a client and a PostgreSQL server and counts what the server sends: bytes, and rows (messages of the type D).</summary>
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

    private async Task Down(NetworkStream from, NetworkStream to)
    {
        var header = new byte[5];
        var body = new byte[1 << 16];
        while (true)
        {
            await from.ReadExactlyAsync(header);
            var left = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4;
            Interlocked.Add(ref bytes, 5 + left);
            if (header[0] == (byte)'D') Interlocked.Increment(ref rows);
            await to.WriteAsync(header);
            while (left > 0)
            {
                var read = await from.ReadAsync(body.AsMemory(0, Math.Min(left, body.Length)));
                if (read == 0) return;
                await to.WriteAsync(body.AsMemory(0, read));
                left -= read;
            }
        }
    }
}

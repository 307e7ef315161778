using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Analys.Notebooks.Jupyter;

namespace Analys.Notebooks.Tests.Jupyter;

/// <summary>A kernel inside the test's own process, and the connection file that leads to it.</summary>
internal sealed class TestKernel : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("analys-kernel");
    private readonly CancellationTokenSource stop = new();

    public TestKernel(bool start = true, TimeSpan? patience = null)
    {
        File = Path.Combine(directory.FullName, "connection.json");
        var ports = FreePorts(5);
        System.IO.File.WriteAllText(File, new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["shell_port"] = ports[0],
            ["iopub_port"] = ports[1],
            ["stdin_port"] = ports[2],
            ["control_port"] = ports[3],
            ["hb_port"] = ports[4],
            ["key"] = "a-key-of-the-test",
            ["signature_scheme"] = "hmac-sha256",
            ["kernel_name"] = "",
        }.ToJsonString());
        ShellPort = ports[0];
        // A loaded machine may be long in subscribing: only the test of nobody listening is short of patience.
        var options = new JupyterKernelOptions
        {
            WatchParent = false,
            WarmUp = false,
            SubscriberPatience = patience ?? TestClient.Patience,
        };
        Running = start ? JupyterKernel.RunAsync(File, options, stop.Token) : Task.CompletedTask;
    }

    public string File { get; }

    public int ShellPort { get; }

    public Task Running { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Running;
        stop.Dispose();
        directory.Delete(recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        // All are held at once, so that no two are the same.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        listeners.ForEach(listener => listener.Stop());
        return [.. ports];
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Tests.Jupyter;

public sealed class KernelProcessTests
{
    [Fact]
    public async Task It_starts_restarts_on_the_same_ports_and_ends_when_asked()
    {
        await using var place = new TestKernel(start: false);
        for (var run = 0; run < 2; run++)
        {
            using var kernel = new KernelProcess(place.File);
            using var client = await TestClient.ConnectAsync(place.File);
            await client.FinishAsync(client.Send("kernel_info_request", []));
            var (reply, _) = await client.FinishAsync(client.Execute("var x = 20; x * 2 + 2"));
            Assert.Equal("ok", reply.Text("status"));
            Assert.Equal(1, reply.Number("execution_count"));
            client.Send("shutdown_request", new JsonObject { ["restart"] = run == 0 }, onControl: true);
            await kernel.Process.WaitForExitAsync().WaitAsync(TestClient.Patience);
            Assert.Equal(0, kernel.Process.ExitCode);
        }
    }

    [Fact]
    public async Task It_ends_when_the_process_that_started_it_is_killed()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var place = new TestKernel(start: false);
        using var launcher = new KernelProcess(place.File, launcher: "sh");
        var id = int.Parse((await launcher.Process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using var kernel = Process.GetProcessById(id);
        using (var client = await TestClient.ConnectAsync(place.File)) await client.FinishAsync(client.Send("kernel_info_request", []));
        launcher.Process.Kill();
        // A dead orphan may stay in a container's list of processes, so its port is asked and not the list.
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (await ListensAsync(place.ShellPort)) await Task.Delay(50, patience.Token);
        if (!kernel.HasExited) kernel.Kill();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [Fact]
    public async Task A_long_row_of_cells_is_answered_cell_by_cell()
    {
        await using var place = new TestKernel();
        using var client = await TestClient.ConnectAsync(place.File);
        for (var i = 0; i < 60; i++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"var v{i} = {i}; Console.WriteLine(v{i}); v{i} + 1");
            var (reply, published) = await client.FinishAsync(client.Execute(code));
            Assert.Equal("ok", reply.Text("status"));
            var value = published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"];
            Assert.Equal((i + 1).ToString(CultureInfo.InvariantCulture), (string?)value);
        }
    }
}

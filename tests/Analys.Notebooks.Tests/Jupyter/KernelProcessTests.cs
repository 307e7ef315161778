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
            await kernel.Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
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
        var clock = Stopwatch.StartNew();
        while (await ListensAsync(place.ShellPort) && clock.ElapsedMilliseconds < 20_000) await Task.Delay(50);
        Assert.False(await ListensAsync(place.ShellPort));
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
    public async Task Cells_stay_quick_and_memory_level_over_hundreds_of_them()
    {
        await using var place = new TestKernel();
        using var client = await TestClient.ConnectAsync(place.File);
        var times = new List<double>();
        for (var i = 0; i < 150; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var code = string.Create(CultureInfo.InvariantCulture, $"var v{i} = {i}; Console.WriteLine(v{i}); v{i} + 1");
            await client.FinishAsync(client.Execute(code));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var median = Median(times[20..]);
        // The aim is 50 ms on an idle machine. A busy one takes longer, but the last cells no longer than the first.
        Assert.True(median < 50 || Median(times[^50..]) < 3 * Median(times[20..70]), median.ToString(CultureInfo.InvariantCulture));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}

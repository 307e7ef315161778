using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Analys.Notebooks.Tests.Jupyter;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync.")]
public sealed class WireTests : IAsyncLifetime
{
    private readonly TestKernel kernel = new();
    private TestClient client = null!;

    public async Task InitializeAsync() => client = await TestClient.ConnectAsync(kernel.File);

    public async Task DisposeAsync()
    {
        client.Dispose();
        await kernel.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_tells_what_it_is_on_shell_and_on_control(bool onControl)
    {
        var (reply, _) = await client.FinishAsync(client.Send("kernel_info_request", [], onControl), onControl);
        Assert.Equal("kernel_info_reply", reply.Type);
        Assert.Equal("C#", (string?)reply.Content["language_info"]!["name"]);
    }

    [Fact]
    public async Task Messages_come_in_the_order_that_front_ends_rely_on()
    {
        var (reply, published) =
            await client.FinishAsync(client.Execute("Console.WriteLine(\"a\"); display(1); Console.Error.Write(\"b\"); 2"));
        Assert.Equal(
            ["status", "execute_input", "stream", "display_data", "stream", "execute_result", "status"],
            published.Select(message => message.Type));
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(1, reply.Number("execution_count"));
        Assert.Equal("2", (string?)published[5].Content["data"]!["text/plain"]);
    }

    [Fact]
    public async Task An_error_names_the_line_in_the_reply_and_on_iopub()
    {
        var (reply, published) = await client.FinishAsync(client.Execute("var a = 1;\nnope"));
        Assert.Equal("error", reply.Text("status"));
        Assert.StartsWith("cell 1(2,1): error CS0103", reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains(published, message => message.Type == "error" && message.Text("ename") == "CompilationError");
    }

    [Fact]
    public async Task Five_megabytes_come_through_whole()
    {
        var (_, published) = await client.FinishAsync(client.Execute("new string('å', 5_000_000)"));
        var text = (string?)published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"];
        Assert.Equal(5_000_000, text!.Length);
    }

    [Fact]
    public async Task Twenty_thousand_lines_come_through_in_order_and_in_few_messages()
    {
        var (_, published) = await client.FinishAsync(client.Execute("for (var i = 0; i < 20_000; i++) Console.WriteLine(i);"));
        var streams = published.Where(message => message.Type == "stream").ToList();
        var lines = string.Concat(streams.Select(message => message.Text("text"))).TrimEnd('\n').Split('\n');
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), lines);
        Assert.InRange(streams.Count, 1, 200);
    }

    [Fact]
    public async Task Positions_are_counted_in_code_points()
    {
        const string Code = "var s = \"😀😀\"; s.Leng";
        var position = Code.EnumerateRunes().Count();
        var (reply, _) =
            await client.FinishAsync(client.Send("complete_request", new JsonObject { ["code"] = Code, ["cursor_pos"] = position }));
        Assert.Contains("Length", reply.Content["matches"]!.AsArray().Select(match => (string?)match));
        Assert.Equal(position - 4, reply.Number("cursor_start"));
        Assert.Equal(position, reply.Number("cursor_end"));
    }

    [Fact]
    public async Task Cells_sent_along_with_one_that_fails_are_turned_down()
    {
        var first = client.Execute("System.Threading.Thread.Sleep(300); throw new Exception(\"stop\");");
        var second = client.Execute("1");
        Assert.Equal("error", (await client.FinishAsync(first)).Reply.Text("status"));
        var (reply, published) = await client.FinishAsync(second);
        Assert.Equal("aborted", reply.Text("status"));
        Assert.Equal(["status", "status"], published.Select(message => message.Type));
        Assert.Equal("ok", (await client.FinishAsync(client.Execute("1"))).Reply.Text("status"));
    }

    [Fact]
    public async Task Without_stop_on_error_they_run()
    {
        var first = client.Execute("System.Threading.Thread.Sleep(200); throw new Exception(\"stop\");", stopOnError: false);
        var second = client.Execute("1");
        await client.FinishAsync(first);
        Assert.Equal("ok", (await client.FinishAsync(second)).Reply.Text("status"));
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("System.Threading.Thread.Sleep(60_000);")]
    public async Task A_running_cell_is_interrupted_over_control(string code)
    {
        // On a loaded machine a cell may be long in coming: it says itself that it runs.
        var id = client.Execute("Console.WriteLine(\"runs\"); Console.Out.Flush();\n" + code);
        while ((await TestClient.ReadAsync(client.Iopub)).Type != "stream") continue;
        var interrupt = client.Send("interrupt_request", [], onControl: true);
        Assert.Equal("interrupt_reply", (await TestClient.ReadAsync(client.Control)).Type);
        var reply = await TestClient.ReadAsync(client.Shell);
        Assert.Equal(id, (string?)reply.Parent["msg_id"]);
        Assert.Equal("Interrupted", reply.Text("ename"));
        Assert.NotEqual(id, interrupt);
        Assert.Equal("ok", (await client.FinishAsync(client.Execute("1"))).Reply.Text("status"));
    }

    [Fact]
    public async Task A_message_signed_with_another_key_is_not_heard()
    {
        using var stranger = await TestClient.ConnectAsync(kernel.File, key: "another-key");
        stranger.Execute("Environment.Exit(3)");
        var (reply, _) = await client.FinishAsync(client.Execute("1"));
        Assert.Equal(1, reply.Number("execution_count"));
        Assert.False(stranger.Shell.Reader.TryRead(out _));
    }

    [Fact]
    public async Task The_heart_beats_while_a_cell_runs()
    {
        var id = client.Execute("System.Threading.Thread.Sleep(500);");
        client.Beat([], Encoding.ASCII.GetBytes("ping"));
        var echo = await TestClient.ReadAsync(client.Heartbeat);
        Assert.Equal("ping", Encoding.ASCII.GetString(echo[^1]));
        Assert.False(client.Shell.Reader.TryRead(out _));
        await client.FinishAsync(id);
    }

    [Fact]
    public async Task Ports_may_be_probed_and_strangers_may_babble()
    {
        for (var i = 0; i < 5; i++)
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, kernel.ShellPort);
            if (i > 2) await probe.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n" + new string('x', 100)));
        }
        Assert.Equal("ok", (await client.FinishAsync(client.Execute("1"))).Reply.Text("status"));
    }

    [Fact]
    public async Task The_first_request_waits_for_someone_to_listen()
    {
        await using var other = new TestKernel();
        using var late = await TestClient.ConnectAsync(other.File, subscribe: false);
        var id = late.Send("kernel_info_request", []);
        await Task.Delay(200);
        Assert.False(late.Shell.Reader.TryRead(out _));
        await late.SubscribeAsync();
        var (_, published) = await late.FinishAsync(id);
        Assert.Equal("busy", published[0].Text("execution_state"));
    }

    [Fact]
    public async Task It_answers_also_when_no_one_listens()
    {
        await using var other = new TestKernel(patience: TimeSpan.FromMilliseconds(700));
        using var deaf = await TestClient.ConnectAsync(other.File, subscribe: false);
        deaf.Send("kernel_info_request", []);
        Assert.Equal("kernel_info_reply", (await TestClient.ReadAsync(deaf.Shell)).Type);
    }

    [Fact]
    public async Task A_cell_may_ask_the_user()
    {
        var id = client.Execute("var name = Input(\"Namn?\"); name + Console.ReadLine()", allowStdin: true);
        Assert.Equal("Namn?", (await TestClient.ReadAsync(client.Stdin)).Text("prompt"));
        client.Answer(new JsonObject { ["value"] = "Åsa" });
        await TestClient.ReadAsync(client.Stdin);
        client.Answer(new JsonObject { ["value"] = "!" });
        var (_, published) = await client.FinishAsync(id);
        Assert.Equal("Åsa!", (string?)published[^2].Content["data"]!["text/plain"]);
        Assert.Equal("InputError", (await client.FinishAsync(client.Execute("Input()"))).Reply.Text("ename"));
    }

    [Fact]
    public async Task Small_requests_are_answered()
    {
        async Task<JsonObject> Ask(string type, JsonObject content) =>
            (await client.FinishAsync(client.Send(type + "_request", content))).Reply.Content;
        await client.FinishAsync(client.Execute("var years = new[] { 2017 };"));
        Assert.Equal("incomplete", (string?)(await Ask("is_complete", new JsonObject { ["code"] = "if (true) {" }))["status"]);
        Assert.Equal("complete", (string?)(await Ask("is_complete", new JsonObject { ["code"] = "1 + 1" }))["status"]);
        Assert.Equal("invalid", (string?)(await Ask("is_complete", new JsonObject { ["code"] = "1 + ) 1" }))["status"]);
        var inspected = await Ask("inspect", new JsonObject { ["code"] = "years", ["cursor_pos"] = 5 });
        Assert.Contains("int[] years", (string?)inspected["data"]!["text/plain"], StringComparison.Ordinal);
        Assert.Single((await Ask("history", new JsonObject { ["hist_access_type"] = "tail", ["n"] = 10 }))["history"]!.AsArray());
        Assert.NotNull((await Ask("comm_info", []))["comms"]);
        Assert.Equal("error", (string?)(await Ask("debug", []))["status"]);
        Assert.Equal("error", (string?)(await Ask("complete", new JsonObject { ["code"] = 5 }))["status"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_shuts_down_when_asked_also_during_a_cell(bool restart)
    {
        client.Execute("while (true) { }");
        await Task.Delay(200);
        var id = client.Send("shutdown_request", new JsonObject { ["restart"] = restart }, onControl: true);
        var (reply, _) = await client.FinishAsync(id, onControl: true);
        Assert.Equal(restart, reply.Flag("restart", !restart));
        await kernel.Running.WaitAsync(TestClient.Patience);
    }
}

using Analys.Notebooks.Engine;
using Analys.Notebooks.Tests.Jupyter;

namespace Analys.Notebooks.Tests.Engine;

public sealed class InterruptTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("analys-interrupt");
    private readonly CellRunner cells = new(new SessionOptions { InterruptPatience = TimeSpan.FromMilliseconds(400) });

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true);")]
    [InlineData("for (;;) { try { for (;;) ; } catch (InvalidOperationException) { } }")]
    [InlineData("do { } while (true);")]
    [InlineData("int F(int x) { return x; }\nforeach (var i in Enumerable.Repeat(1, int.MaxValue)) F(i);")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Sum(i => { return 0L; })")]
    [InlineData("class C { public static void Run() { while (true) { } } }\nC.Run();")]
    [InlineData("Thread.Sleep(60_000);")]
    [InlineData("await Task.Delay(60_000);")]
    [InlineData("await Task.Yield(); System.Threading.Thread.Sleep(3_000);")]
    [InlineData("new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, int.MaxValue, i => { });")]
    [InlineData("#!sql\nWITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")]
    public async Task A_cell_stops_and_the_next_one_runs(string code)
    {
        var prelude = code.Contains("Thread.Sleep(60", StringComparison.Ordinal) ? "using System.Threading;\n" : "";
        await cells.ValueAsync("var before = 5;");
        var run = cells.RunAsync("#!time\n" + prelude + code);
        await Task.Delay(150);
        Assert.False(run.IsCompleted);
        cells.Session.Interrupt();
        var result = await run.WaitAsync(TestClient.Patience);
        Assert.Equal("Interrupted", result.Error?.Name);
        Assert.Equal("5", await cells.ValueAsync("before"));
    }

    [Fact]
    public async Task A_cell_that_does_not_stop_is_left_and_that_is_said()
    {
        await cells.ValueAsync($"var directory = @\"{directory.FullName}\";");
        const string Endless = "Console.WriteLine(\"go\"); Console.Out.Flush();\n"
            + "Enumerable.Range(0, int.MaxValue).TakeWhile(i => System.IO.Directory.Exists(directory)).Count()";
        var run = cells.RunAsync(Endless);
        while (cells.StdOut.Length == 0) await Task.Delay(10);
        cells.Session.Interrupt();
        var result = await run.WaitAsync(TestClient.Patience);
        Assert.Contains("did not stop", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("2", await cells.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task FSharp_is_woken_from_sleep_and_left_behind_in_a_loop()
    {
        await cells.ValueAsync($"#!fsharp\nlet directory = @\"{directory.FullName}\"");
        var sleep = cells.RunAsync("#!fsharp\nprintfn \"go\"\nSystem.Threading.Thread.Sleep 60000");
        while (cells.StdOut.Length == 0) await Task.Delay(20);
        cells.Session.Interrupt();
        Assert.Equal("Interrupted", (await sleep.WaitAsync(TestClient.Patience)).Error!.Name);
        var run = cells.RunAsync("#!fsharp\nprintfn \"go\"\nwhile System.IO.Directory.Exists directory do ()");
        while (cells.StdOut.Length == 0) await Task.Delay(20);
        cells.Session.Interrupt();
        Assert.Contains("did not stop", (await run.WaitAsync(TestClient.Patience)).Error!.Message, StringComparison.Ordinal);
        Assert.Equal("2", await cells.ValueAsync("#!fsharp\n1 + 1"));
    }

    [Fact]
    public async Task An_interrupt_between_cells_does_nothing()
    {
        await cells.ValueAsync("1");
        cells.Session.Interrupt();
        Assert.Equal("2", await cells.ValueAsync("2"));
    }

    public void Dispose()
    {
        // What was left in the background goes on for as long as the directory stands.
        directory.Delete();
        cells.Dispose();
    }
}

using Analys.Notebooks.Engine;

namespace Analys.Notebooks.CSharp;

/// <summary>
/// Runs the code of one cell on a thread of its own, so that a thread that sleeps or waits can be woken, and one that never stops can be
/// left behind.
/// </summary>
internal static class CellThread
{
    private const int StackSize = 16 * 1024 * 1024;
    private static readonly TimeSpan Knock = TimeSpan.FromMilliseconds(100);

    public static async Task<object?> RunAsync(Func<Task<object?>> code, CellContext context)
    {
        var begun = new TaskCompletionSource<Task<object?>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Begin(code, context, begun), StackSize) { IsBackground = true, Name = context.Source };
        thread.Start();
        var running = begun.Task.Unwrap();

        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = context.Interrupted.Register(interrupted.SetResult);
        if (await Task.WhenAny(running, interrupted.Task).ConfigureAwait(false) == running)
        {
            try
            {
                return await running.ConfigureAwait(false);
            }
            catch (ThreadInterruptedException) when (context.IsInterrupted)
            {
                throw new CellInterruptedException();
            }
        }
        await StopAsync(begun.Task, running, thread, context).ConfigureAwait(false);
        throw new CellInterruptedException();
    }

    private static void Begin(Func<Task<object?>> code, CellContext context, TaskCompletionSource<Task<object?>> begun)
    {
        CellContext.Current = context;
        try
        {
            begun.SetResult(code());
        }
        catch (Exception failure)
        {
            begun.SetException(failure);
        }
    }

    private static async Task StopAsync(Task begun, Task running, Thread thread, CellContext context)
    {
        var time = context.Session.Options.Time;
        var start = time.GetTimestamp();
        // Code that awaits is simply left; code that runs is woken again and again, since it may catch the first interruption.
        while (!begun.IsCompleted && time.GetElapsedTime(start) < context.Session.Options.InterruptPatience)
        {
            thread.Interrupt();
            await Task.WhenAny(running, Task.Delay(Knock)).ConfigureAwait(false);
        }
        if (running.IsCompleted) return;
        context.IsLeftRunning = true;
        _ = running.ContinueWith(
            task =>
            {
                _ = task.Exception;
                context.Stopped();
            },
            TaskScheduler.Default);
        if (begun.IsCompleted) return;
        throw new CellException("Interrupted", "The cell did not stop when interrupted. It goes on in the background until the kernel is restarted; its output is dropped.");
    }
}

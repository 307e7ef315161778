using System.Runtime.ExceptionServices;

namespace Analys.Database.Contract;

/// <summary>Work on all parts of a source at the same time.</summary>
internal static class Parts
{
    /// <summary>Runs work on each part. Where one fails the others are stopped; all have ended when this returns, so that none goes on working on its server.</summary>
    public static void Each(int count, Action<int, CancellationToken> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ExceptionDispatchInfo? first = null;
        // A thread for each server: they work while we wait.
        Task.WaitAll([.. Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() => Run(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
        cancel.ThrowIfCancellationRequested();
        first?.Throw();

        void Run(int part)
        {
            try
            {
                work(part, stop.Token);
            }
#pragma warning disable CA1031 // It is thrown again, once all parts have ended.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }
    }
}

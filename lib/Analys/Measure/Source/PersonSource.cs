using System.Runtime.ExceptionServices;

namespace Analys.Measure.Source;

/// <summary>Weighted persons who are never seen: a source answers with aggregates of domains only. An edge of the outside world.</summary>
/// <remarks>
/// Implementations: rows in memory, rows streamed from a file larger than memory, a SQL engine, and several sources side by side that share
/// no household. Everything but <see cref="MaximaQuery"/> adds up over such parts.
/// </remarks>
internal interface IAggregateSource : IDisposable
{
    /// <summary>The columns, and whether individuals stand behind the rows.</summary>
    SourceDescription Description { get; }

    /// <summary>How many pivots of one domain a round of counting can have.</summary>
    /// <param name="domains">How many domains are counted at once.</param>
    int Fineness(int domains);

    /// <summary>Which values the columns of periods and breakdowns have, and what is missing.</summary>
    /// <param name="layout">Which columns are read.</param>
    /// <param name="cancel">Stops the work.</param>
    Census Count(PersonLayout layout, CancellationToken cancel);

    /// <summary>Answers several queries together: in one pass over a file, or one statement each.</summary>
    /// <param name="frame">The values that domains are numbered by.</param>
    /// <param name="queries">What is asked.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>For each query and each domain a row of numbers; null for a domain that nobody is in.</returns>
    IReadOnlyList<double[]?[]> Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CancellationToken cancel);
}

/// <summary>Work on all parts of a source at the same time.</summary>
internal static class Parts
{
    /// <summary>Runs work on each part. Where one fails the others are stopped; all have ended when this returns, so that none goes on
    /// working on its server.</summary>
    public static void Each(int count, Action<int, CancellationToken> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ExceptionDispatchInfo? first = null;
        // A thread for each server: they work while we wait.
        Task.WaitAll([.. Enumerable.Range(0, count)
            .Select(i =>
                Task.Factory.StartNew(() => Run(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
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

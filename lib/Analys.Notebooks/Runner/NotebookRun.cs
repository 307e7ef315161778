using System.Globalization;
using Analys.Notebooks.Engine;
using Analys.Notebooks.Nbformat;

namespace Analys.Notebooks.Runner;

/// <summary>One run of one notebook.</summary>
internal sealed class NotebookRun : IDisposable
{
    private readonly string name;
    private readonly Notebook notebook;
    private readonly string directory;
    private readonly RunOptions options;
    private readonly NotebookSession session;
    private readonly CancellationToken cancellation;

    public NotebookRun(string name, Notebook notebook, string directory, RunOptions options, CancellationToken cancellation)
    {
        this.name = name;
        this.notebook = notebook;
        this.directory = directory;
        this.options = options;
        this.cancellation = cancellation;
        session = new NotebookSession(new SessionOptions { Directory = directory, RowLimit = options.RowLimit, Time = options.Time });
    }

    /// <summary>How many cells have been run.</summary>
    public int Count { get; private set; }

    public async Task<RunFailure?> RunAsync()
    {
        ParameterCell.Remove(notebook);
        var parameters = ParameterCell.Find(notebook, options.Parameters);
        foreach (var cell in notebook.CodeCells.Where(IsRun)) Clear(cell);
        RunFailure? failure = null;
        // The list grows by the cell with the given parameters while it is walked.
        for (var i = 0; i < notebook.Cells.Count && failure is null; i++)
        {
            var cell = notebook.Cells[i];
            if (!cell.IsCode || !IsRun(cell)) continue;
            failure = await RunAsync(cell, i + 1).ConfigureAwait(false);
            if (failure is null && cell == parameters && options.Parameters.Count > 0)
                notebook.Cells.Insert(i + 1, ParameterCell.Make(options.Parameters, session.Language("csharp").Variables));
        }
        Provenance.Write(notebook, directory, options);
        return failure;
    }

    public void Dispose() => session.Dispose();

    private static bool IsRun(NotebookCell cell) => !cell.Tags.Contains("skip-execution") && !string.IsNullOrWhiteSpace(cell.Source);

    private static void Clear(NotebookCell cell)
    {
        cell.Outputs = [];
        cell.ExecutionCount = null;
        cell.Metadata.Remove(Provenance.Key);
    }

    private async Task<RunFailure?> RunAsync(NotebookCell cell, int position)
    {
        var number = ++Count;
        options.Progress?.Invoke(new RunProgress(number, notebook.CodeCells.Count(IsRun), cell.Id));
        var output = new NotebookOutput(number);
        using var timeout = new CancellationTokenSource(options.CellTimeout ?? Timeout.InfiniteTimeSpan, options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        CellError? error = null;
        void Take(CellOutput value)
        {
            if (value is ErrorOutput failed)
            {
                error = timeout.IsCancellationRequested ? TimedOut(failed.Error) : failed.Error;
                value = new ErrorOutput(error);
            }
            lock (output) output.Add(value);
        }
        await session.ExecuteAsync(cell.Source, number, Take, stop.Token).ConfigureAwait(false);
        lock (output) cell.Outputs = output.Done();
        cell.ExecutionCount = number;
        if (error is null || (cell.Tags.Contains("raises-exception") && !cancellation.IsCancellationRequested)) return null;
        return new RunFailure(name, number, position, cell.Id, error);
    }

    private CellError TimedOut(CellError interrupted)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"The cell took longer than {options.CellTimeout!.Value.TotalSeconds:0.###} s.");
        return interrupted with { Name = "Timeout", Message = message, Traceback = ["Timeout: " + message, .. interrupted.Traceback] };
    }
}

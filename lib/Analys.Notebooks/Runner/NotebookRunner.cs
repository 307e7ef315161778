using System.Globalization;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Runner;

/// <summary>Runs notebooks without a front end.</summary>
public static class NotebookRunner
{
    // The current directory belongs to the process, and a notebook's relative paths start from its own: one notebook at a time.
    private static readonly SemaphoreSlim Turn = new(1, 1);

    /// <summary>
    /// Runs a notebook cell by cell, in its own directory, and writes it with its outputs, whole or not at all, also when a cell fails.
    /// The tags <c>parameters</c>, <c>skip-execution</c> and <c>raises-exception</c> mean what they mean in papermill and nbclient.
    /// </summary>
    /// <param name="path">The notebook.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellation">Interrupts the cell that runs; the run then ends as failed.</param>
    /// <exception cref="InvalidDataException">The file is no notebook.</exception>
    /// <exception cref="ArgumentException">
    /// A parameter is unknown to the notebook, or its value does not fit the variable's type.
    /// </exception>
    public static async Task<RunResult> RunAsync(string path, RunOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new RunOptions();
        var full = Path.GetFullPath(path);
        var output = Path.GetFullPath(options.Output ?? path);
        await Turn.WaitAsync(cancellation).ConfigureAwait(false);
        var before = Environment.CurrentDirectory;
        try
        {
            var notebook = Notebook.Load(full);
            Environment.CurrentDirectory = Path.GetDirectoryName(full)!;
            var start = options.Time.GetTimestamp();
            using var run = new NotebookRun(Path.GetFileName(full), notebook, Path.GetDirectoryName(full)!, options, cancellation);
            var failure = await run.RunAsync().ConfigureAwait(false);
            notebook.Save(output);
            return new RunResult(Path.GetFileName(full), output, run.Count, options.Time.GetElapsedTime(start), failure);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Turn.Release();
        }
    }
}

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
        session = new NotebookSession(new SessionOptions
        {
            Directory = directory,
            RowLimit = options.RowLimit,
            Time = options.Time,
            Secure = options.Secure,
        });
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
        var seconds = options.CellTimeout!.Value.TotalSeconds;
        var message = string.Create(CultureInfo.InvariantCulture, $"The cell took longer than {seconds:0.###} s.");
        return interrupted with { Name = "Timeout", Message = message, Traceback = ["Timeout: " + message, .. interrupted.Traceback] };
    }
}

/// <summary>How a notebook is run.</summary>
public sealed record RunOptions
{
    /// <summary>Where the notebook with its outputs is written; over the notebook itself if null.</summary>
    public string? Output { get; init; }

    /// <summary>Values for variables of the cell tagged <c>parameters</c>, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a cell may take; null for any time.</summary>
    public TimeSpan? CellTimeout { get; init; }

    /// <summary>How many rows of a table are shown.</summary>
    public int RowLimit { get; init; } = 100;

    /// <summary>Whether confidential data may be shown, as <c>#!secure</c> in a cell lets them.</summary>
    public bool Secure { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told before each cell.</summary>
    public Action<RunProgress>? Progress { get; init; }
}

/// <summary>How far a run has come.</summary>
/// <param name="Cell">The code cell that begins, from 1.</param>
/// <param name="Cells">How many code cells there are.</param>
/// <param name="Id">The cell's id.</param>
public sealed record RunProgress(int Cell, int Cells, string Id);

/// <summary>How a run ended.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Output">The file that was written.</param>
/// <param name="Cells">How many cells were run.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">The first cell that failed; null when none did.</param>
public sealed record RunResult(string Notebook, string Output, int Cells, TimeSpan Elapsed, RunFailure? Failure)
{
    /// <summary>Whether all cells ran as they should.</summary>
    public bool Succeeded => Failure is null;
}

/// <summary>The cell at which a run stopped.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Cell">The number by which messages name the cell: <c>cell 12</c> is <c>In [12]</c>.</param>
/// <param name="Position">The cell's place among all cells, from 1.</param>
/// <param name="Id">The cell's id.</param>
/// <param name="Error">What went wrong, and on which line of the cell.</param>
public sealed record RunFailure(string Notebook, int Cell, int Position, string Id, CellError Error)
{
    /// <summary>One line: notebook, cell, line, and the first line of the message.</summary>
    public override string ToString()
    {
        var line = Error.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Notebook}: cell {Cell}{line}: {Error.Name}: {Error.Message.Split('\n')[0]}");
    }
}

using Analys.Notebooks.Nbformat;

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
    /// <exception cref="ArgumentException">A parameter is unknown to the notebook, or its value does not fit the variable's type.</exception>
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

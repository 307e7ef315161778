namespace Analys.Notebooks.Runner;

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

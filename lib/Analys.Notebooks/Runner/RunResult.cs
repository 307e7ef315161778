using System.Globalization;
using Analys.Notebooks.Engine;

namespace Analys.Notebooks.Runner;

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

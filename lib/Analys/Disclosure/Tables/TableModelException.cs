namespace Analys.Disclosure;

/// <summary>The table does not fit its own description: a total that is not the sum of its parts, a cell that is named but missing.</summary>
/// <remarks>The message names cells, never values.</remarks>
public sealed class TableModelException : Exception
{
    /// <summary>Says what is wrong and with which cells.</summary>
    public TableModelException(string message, params IReadOnlyList<string> cells)
        : base(cells.Count == 0 ? message : $"{message} Cells: {string.Join(", ", cells.Take(10))}{(cells.Count > 10 ? ", …" : "")}.")
    {
        Cells = cells;
    }

    /// <summary>The ids of the cells concerned.</summary>
    public IReadOnlyList<string> Cells { get; }
}

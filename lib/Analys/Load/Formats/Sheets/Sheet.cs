namespace Analys.Load.Formats.Sheets;

/// <summary>A workbook of any program: sheets, each read when it is asked for.</summary>
internal interface IWorkbook : IDisposable
{
    /// <summary>The sheets in their order.</summary>
    IReadOnlyList<(string Name, bool IsHidden)> Sheets { get; }

    /// <summary>Reads a sheet.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="Records.DamagedFileException">It is not whole.</exception>
    Sheet Read(int index);
}

/// <summary>The cells of a sheet that hold something, as the texts that a reader of the sheet would write down.</summary>
/// <param name="Rows">The rows with a filled cell, in order.</param>
/// <param name="Merged">The ranges of cells that are one.</param>
/// <param name="Doubts">Cells whose value is not there or is an error.</param>
/// <param name="HiddenRows">How many of the rows are hidden from sight.</param>
internal sealed record Sheet(List<SheetRow> Rows, List<MergedCells> Merged, List<CellDoubt> Doubts, int HiddenRows);

/// <summary>A row with a filled cell.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Cells">Its cells up to the last filled one; empty where nothing stands.</param>
internal readonly record struct SheetRow(int Number, string[] Cells)
{
    /// <summary>The cell in a column; empty behind the last.</summary>
    public string At(int column) => column < Cells.Length ? Cells[column] : "";

    /// <summary>How many cells are filled.</summary>
    public int Filled => Cells.Count(cell => cell.Length > 0);
}

/// <summary>Cells that are one, rows and columns from 0 in the sheet's own numbering (rows from 1).</summary>
internal readonly record struct MergedCells(int FromRow, int ToRow, int FromColumn, int ToColumn);

/// <summary>A cell that must not be read as blank.</summary>
/// <param name="Row">Its row, from 1.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Expected">What was expected there.</param>
internal readonly record struct CellDoubt(int Row, int Column, string Expected)
{
    public static CellDoubt Error(int row, int column) =>
        new(row, column, "a value: this cell shows an error (such as #N/A or #REF!); mend it or leave it empty");

    public static CellDoubt NotCalculated(int row, int column) =>
        new(row, column, "a value: the formula in this cell was never calculated; open the workbook in its program and save it");
}

/// <summary>Texts of a sheet, each kept once as long as there are not too many.</summary>
internal sealed class CellTexts
{
    private const int Most = 200_000;
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    public string Of(string text)
    {
        if (known.TryGetValue(text, out var same)) return same;
        if (known.Count < Most) known[text] = text;
        return text;
    }
}

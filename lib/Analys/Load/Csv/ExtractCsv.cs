using System.Globalization;
using Analys.Load.Cubes;
using Analys.Load.Undescribed;
using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>Writes the rows of an extract as tidy CSV: UTF-8, commas, full precision, marks as statistical tables print them.</summary>
/// <remarks>
/// These are the extract's own rows and as confidential as it is. Nothing is changed in them, not even a text that a spreadsheet would
/// run as a formula: what is to be opened in one goes through the gate and the writers of results.
/// </remarks>
internal static class ExtractCsv
{
    /// <summary>Writes the rows.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="extract">The extract.</param>
    public static void Write(Stream stream, Extract extract)
    {
        ArgumentNullException.ThrowIfNull(extract);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',' }, leaveOpen: true);
        foreach (var column in extract.Columns) csv.WriteField(column.Name);
        csv.EndRecord();
        for (var row = 0; row < extract.RowCount; row++)
        {
            foreach (var column in extract.Columns) csv.WriteField(Cell(column, row));
            csv.EndRecord();
        }
    }

    private static string Cell(Column column, int row) => column.MarkAt(row) is var mark && mark != Mark.None
        ? MarkText.Of(mark)
        : column.ValueAt(row) switch
        {
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value?.ToString() ?? "",
        };
}

/// <summary>Writes a cube as tidy CSV: a row for each cell, labels and codes of each dimension, and the value or its mark.</summary>
internal static class CubeCsv
{
    /// <summary>Writes the cells.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="cube">The cube.</param>
    public static void Write(Stream stream, Cube cube)
    {
        ArgumentNullException.ThrowIfNull(cube);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',' }, leaveOpen: true);
        foreach (var row in CubeExtract.Rows(cube))
        {
            foreach (var cell in row) csv.WriteField(cell ?? "");
            csv.EndRecord();
        }
    }
}

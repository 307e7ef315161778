using System.Globalization;
using Analys.Load.Cubes;
using Analys.Load.Undescribed;
using CsvHelper;

namespace Analys.Load.Csv;

/// <summary>Writes the rows of an extract as tidy CSV: UTF-8, commas, full precision, marks as statistical tables print them.</summary>
/// <remarks>
/// These are the extract's own rows and as confidential as it is. A text that a spreadsheet would run as a formula gets an apostrophe
/// before it, unless the caller wants it as it is.
/// </remarks>
internal static class ExtractCsv
{
    /// <summary>Writes the rows.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="keep">Whether texts that look like formulas stay as they are.</param>
    /// <returns>How many such texts there are.</returns>
    public static long Write(Stream stream, Extract extract, bool keep = false)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var formulas = new FormulaTexts(keep);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',' }, leaveOpen: true);
        foreach (var column in extract.Columns) csv.WriteField(formulas.Of(column.Name));
        csv.EndRecord();
        for (var row = 0; row < extract.RowCount; row++)
        {
            foreach (var column in extract.Columns)
                csv.WriteField(column is TextColumn && column.MarkAt(row) == Mark.None ? formulas.Of(Cell(column, row)) : Cell(column,
                    row));
            csv.EndRecord();
        }

        return formulas.Count;
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
    /// <param name="keep">Whether texts that look like formulas stay as they are.</param>
    /// <returns>How many such texts there are.</returns>
    public static long Write(Stream stream, Cube cube, bool keep = false)
    {
        ArgumentNullException.ThrowIfNull(cube);
        var formulas = new FormulaTexts(keep);
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Separator = ',' }, leaveOpen: true);
        foreach (var row in CubeExtract.Rows(cube))
        {
            foreach (var cell in row) csv.WriteField(formulas.Of(cell ?? ""));
            csv.EndRecord();
        }

        return formulas.Count;
    }
}

/// <summary>Texts that a spreadsheet would run: they begin with =, @, a tab, or with a sign and no number behind it.</summary>
/// <param name="keep">Whether they stay as they are.</param>
internal sealed class FormulaTexts(bool keep)
{
    /// <summary>How many there were.</summary>
    public long Count { get; private set; }

    /// <summary>The text as it is written.</summary>
    /// <param name="text">A text.</param>
    public string Of(string text)
    {
        if (text.Length < 2 || !(text[0] is '=' or '@' or '\t' or '\r' || (text[0] is '+' or '-' && !IsNumber(text[1..])))) return text;
        Count++;
        return keep ? text : $"'{text}";
    }

    private static bool IsNumber(string text) => text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or ':' or ' ' or '-');
}

using System.Globalization;
using CsvHelper;

namespace Analys.Present.Figures;

/// <summary>A cell of a figure's table.</summary>
/// <param name="Text">As it is read.</param>
/// <param name="Number">The number in the unit of the column's heading (percentages, not fractions); null where there is none.</param>
public readonly record struct DataCell(string Text, double? Number = null)
{
    /// <summary>A text.</summary>
    public static implicit operator DataCell(string text) => new(text);

    /// <summary>A text.</summary>
    public static DataCell FromString(string text) => new(text);
}

/// <summary>The table beside a figure: the same numbers for those who do not see the picture, and for those who want to reckon.</summary>
/// <param name="Caption">What the table holds.</param>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">The rows; the first cell is the row's heading.</param>
/// <param name="Notes">What the marks mean.</param>
public sealed record DataTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<DataCell>> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>Writes the table as a Swedish or English spreadsheet opens it: UTF-8 with a byte order mark, semicolon and decimal comma, or comma and point.</summary>
    /// <remarks>Text that a spreadsheet would run as a formula is neutralised. Numbers have full precision. The tidy record for programs is written by the record writer.</remarks>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="language">The language.</param>
    public void WriteCsv(Stream stream, Language language = Language.Swedish)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var numbers = new NumberFormatInfo { NumberDecimalSeparator = language == Language.Swedish ? "," : "." };
        var options = new CsvWriterOptions
        {
            NewLine = "\n",
            Separator = language == Language.Swedish ? ';' : ',',
            Injection = CsvInjection.Escape,
            FormatProvider = numbers,
            WriteByteOrderMark = true,
        };
        using var csv = CsvWriter.Create(stream, options, leaveOpen: true);
        foreach (var column in Columns) csv.WriteField(column);
        csv.EndRecord();
        foreach (var row in Rows)
        {
            foreach (var cell in row)
            {
                if (cell.Number is { } number) csv.WriteField(number);
                else csv.WriteField(cell.Text);
            }

            csv.EndRecord();
        }
    }
}

using System.Text;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>A figure in plain text, for a terminal.</summary>
internal static class FigureText
{
    public static string Write(Figure figure)
    {
        var text = new StringBuilder();
        if (figure.Notice is { } notice) text.Append(notice).Append('\n');
        text.Append(figure.Title).Append('\n').Append(figure.Subtitle).Append("\n\n");
        Table(text, figure.Table);
        text.Append('\n').Append(figure.Source);
        if (figure.Note.Length > 0) text.Append('\n').Append(figure.Note);
        return Drawing.Clean(text.ToString());
    }

    public static void Table(StringBuilder text, DataTable table)
    {
        var widths = table.Columns.Select((column, i) => table.Rows.Select(row => row[i].Text.Length).Append(column.Length).Max()).ToArray();
        var numbers = widths.Select((_, i) => table.Rows.Any(row => row[i].Number is not null)).ToArray();
        Row(table.Columns);
        foreach (var row in table.Rows) Row([.. row.Select(cell => cell.Text)]);
        foreach (var note in table.Notes) text.Append(note).Append('\n');

        void Row(IReadOnlyList<string> cells)
        {
            var line = string.Join("  ", cells.Select((cell, i) => numbers[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }
}

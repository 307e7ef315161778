using System.Text;

namespace Analys.Notebooks.Display;

/// <summary>A table as plain text in columns.</summary>
internal static class TextTable
{
    private const int WidestColumn = 40;

    public static string Write(TableData table)
    {
        var widths = new int[table.Columns.Count];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Min(WidestColumn, table.Rows.Select(row => row[i].Length).Append(table.Columns[i].Length).Max());
        }
        var text = new StringBuilder();
        Line(text, [.. table.Columns], widths, table.IsNumber);
        text.AppendJoin("  ", widths.Select(width => new string('-', width))).Append('\n');
        foreach (var row in table.Rows) Line(text, row, widths, table.IsNumber);
        if (table.IsCut) text.Append('(').Append(HtmlTable.Cut(table)).Append(")\n");
        return text.ToString().TrimEnd('\n');
    }

    public static string List(TableData table)
    {
        var items = table.Rows.Select(row => row[0]);
        return table.Rows.Count == 0 ? "[ ]" : $"[ {string.Join(", ", items)}{(table.IsCut ? ", … " : " ")}]";
    }

    private static void Line(StringBuilder text, string[] row, int[] widths, bool[] isNumber)
    {
        var cells = row.Select((cell, i) => isNumber[i] ? Fit(cell, widths[i]).PadLeft(widths[i]) : Fit(cell, widths[i]).PadRight(widths[i]));
        text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
    }

    private static string Fit(string cell, int width)
    {
        var line = cell.ReplaceLineEndings(" ");
        return line.Length <= width ? line : string.Concat(line.AsSpan(0, width - 1), "…");
    }
}

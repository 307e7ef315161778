using System.Globalization;
using System.Net;
using System.Text;

namespace Analys.Notebooks.Display;

/// <summary>A table as HTML. Every text is escaped: names and values come from data.</summary>
internal static class HtmlTable
{
    public static string Write(TableData table)
    {
        var html = new StringBuilder("<table><thead><tr>");
        foreach (var column in table.Columns) html.Append("<th>").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
            {
                html.Append(table.IsNumber[i] ? "<td style=\"text-align:right\">" : "<td>").Append(WebUtility.HtmlEncode(row[i])).Append("</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (table.IsCut) html.Append("<p>").Append(WebUtility.HtmlEncode(Cut(table))).Append("</p>");
        return html.ToString();
    }

    public static string List(TableData table)
    {
        var items = table.Rows.Select(row => WebUtility.HtmlEncode(row[0]));
        return $"<pre>[ {string.Join(", ", items)}{(table.IsCut ? ", … " : " ")}]</pre>";
    }

    /// <summary>The line under a table that is longer than what is shown.</summary>
    internal static string Cut(TableData table) => table.Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{table.Rows.Count} of {total} rows")
        : string.Create(CultureInfo.InvariantCulture, $"the first {table.Rows.Count} rows");
}

using System.Xml.Linq;
using Analys.Present.Svg;

namespace Analys.Present.Figures;

/// <summary>A figure as a part of a page.</summary>
internal static class FigureHtml
{
    public static string Write(Figure figure, string? csvLink)
    {
        var texts = Texts.Of(figure.Language);
        var html = new XElement(
            "figure",
            new XAttribute("class", "figure"),
            new XAttribute("id", figure.Id),
            new XAttribute("lang", figure.Language.Code()),
            new XElement(
                "figcaption",
                figure.Notice is { } notice ? Words("p", "figure-notice", notice) : null,
                Words("p", "figure-title", figure.Title),
                Words("p", "figure-subtitle", figure.Subtitle)),
            FigureSvg.Inline(figure, Frame.Wide),
            FigureSvg.Inline(figure, Frame.Narrow),
            Words("p", "figure-source", figure.Source),
            figure.Note.Length > 0 ? Words("p", "figure-note", figure.Note) : null,
            new XElement(
                "details",
                new XAttribute("class", "figure-data"),
                new XElement("summary", texts["figure.table.summary"]),
                new XElement("div", new XAttribute("class", "figure-scroll"), new XAttribute("tabindex", "0"), new XAttribute("role", "region"), new XAttribute("aria-label", Drawing.Clean(figure.Table.Caption)), Table(figure.Table)),
                figure.Table.Notes.Select(note => Words("p", "figure-mark", note))),
            csvLink is null ? null : new XElement("p", new XAttribute("class", "figure-link"), new XElement("a", new XAttribute("href", Drawing.Clean(csvLink)), new XAttribute("download", ""), texts["figure.table.csv"])));
        return html.ToString(SaveOptions.DisableFormatting);
    }

    internal static XElement Table(DataTable table) => new(
        "table",
        Words("caption", null, table.Caption),
        new XElement("thead", new XElement("tr", table.Columns.Select((column, i) => Heading("col", column, i > 0 && IsNumber(table, i))))),
        new XElement("tbody", table.Rows.Select(row => new XElement("tr", row.Select((cell, i) => i == 0
            ? Heading("row", cell.Text, false)
            : Words("td", IsNumber(table, i) ? "number" : null, cell.Text))))));

    private static bool IsNumber(DataTable table, int column) => table.Rows.Any(row => column < row.Count && row[column].Number is not null);

    private static XElement Heading(string scope, string text, bool number)
    {
        var heading = Words("th", number ? "number" : null, text);
        heading.Add(new XAttribute("scope", scope));
        return heading;
    }

    // The empty text keeps <td></td> from being written <td/>, which HTML would leave open.
    private static XElement Words(string name, string? style, string text) =>
        new(name, style is null ? null : new XAttribute("class", style), new XText(Drawing.Clean(text)));
}

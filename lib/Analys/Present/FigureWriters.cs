using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Analys.Present;
using Analys.Present.Svg;

namespace Analys;

/// <summary>The SVG of a figure: inline in a page, or a file with its words inside.</summary>
internal static class FigureSvg
{

    private static readonly XNamespace Svg = Drawing.Namespace;

    /// <summary>The picture alone; the page says the rest.</summary>
    public static XElement Inline(Figure figure, Frame frame)
    {
        var drawing = figure.Draw(frame);
        var root = Root(figure, frame.Name, frame.Width, drawing.Height);
        root.Add(new XAttribute("class", $"figure-{frame.Name}"), drawing.Definitions, drawing.Shapes);
        return root;
    }

    /// <summary>Title, subtitle, picture, source and note in one file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="typeface">Whether the file carries its typeface; not where many stand in one document.</param>
    public static string Standalone(Figure figure, bool typeface = true)
    {
        var frame = Frame.Wide;
        const double Margin = 24;
        var drawing = figure.Draw(frame);
        var words = new Drawing(frame, figure.Id, figure.Language);
        var y = Margin;
        if (figure.Notice is { } notice) y = Block(words, notice, y, 14, Palette.Reference, true);
        y = Block(words, figure.Title, y, 20, Palette.Ink, true);
        y = Block(words, figure.Subtitle, y + 2, 14, Palette.MutedInk, false) + 12;
        var top = y;
        y = Block(words, figure.Source, y + drawing.Height + 12, 12, Palette.MutedInk, false);
        if (figure.Note.Length > 0) y = Block(words, figure.Note, y, 12, Palette.MutedInk, false);
        var root = Root(figure, "file", frame.Width + (2 * Margin), y + Margin);
        root.Add(
            new XAttribute("width", frame.Width + (2 * Margin)),
            // A file goes where the typeface may not be: it carries it.
            typeface ? new XElement(Svg + "style", Typeface.Css) : null,
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"),
                new XAttribute("fill", Palette.Paper)),
            drawing.Definitions,
            new XElement(Svg + "g", new XAttribute("transform", $"translate({Drawing.N(Margin)} 0)"), words.Shapes),
            new XElement(Svg + "g", new XAttribute("transform", $"translate({Drawing.N(Margin)} {Drawing.N(top)})"), drawing.Shapes));
        return new XDocument(root).ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static double Block(Drawing words, string text, double y, double size, string fill, bool bold)
    {
        var lines = TextWrap.Lines(text, words.Width, size, bold: bold);
        words.Lines(0, y + size, lines, size: size, fill: fill, bold: bold);
        return y + (lines.Count * size * 1.25) + 4;
    }

    internal static XElement Root(Figure figure, string variant, double width, double height)
    {
        var prefix = $"{figure.Id}-{variant}";
        return new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Drawing.N(width)} {Drawing.N(height)}"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{prefix}-title {prefix}-desc"),
            new XAttribute("lang", figure.Language.Code()),
            new XAttribute("font-family", Typeface.Families),
            new XElement(Svg + "title", new XAttribute("id", $"{prefix}-title"), Drawing.Clean(figure.Title)),
            new XElement(Svg + "desc", new XAttribute("id", $"{prefix}-desc"), Drawing.Clean(figure.Description)));
    }
}

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
                Words("p", "figure-subtitle", figure.Subtitle),
                figure.AreaNotes is null ? null : new XElement("p", new XAttribute("class", "figure-pick"), new XAttribute("hidden", ""),
                    new XText(""))),
            new XElement("div", new XAttribute("class", "figure-picture"), FigureSvg.Inline(figure, Frame.Wide),
                FigureSvg.Inline(figure, Frame.Narrow)),
            Dated("p", "figure-source", figure.Source),
            figure.Note.Length > 0 ? Dated("p", "figure-note", figure.Note) : null,
            new XElement(
                "details",
                new XAttribute("class", "figure-data"),
                new XElement("summary", texts["figure.table.summary"]),
                new XElement("div", new XAttribute("class", "figure-scroll"), new XAttribute("tabindex", "0"),
                    new XAttribute("role", "region"), new XAttribute("aria-label", Drawing.Clean(figure.Table.Caption)),
                        Table(figure.Table, figure)),
                figure.Table.Notes.Select(note => Words("p", "figure-mark", note))),
            csvLink is null
            ? null : new XElement("p", new XAttribute("class", "figure-link"),
                new XElement("a", new XAttribute("href", Drawing.Clean(csvLink)), new XAttribute("download", $"{figure.Id}.csv"),
                    texts["figure.table.csv"])));
        return html.ToString(SaveOptions.DisableFormatting);
    }

    internal static XElement Table(DataTable table, Figure? figure = null) => new(
        "table",
        Words("caption", null, table.Caption),
        new XElement("thead", new XElement("tr", table.Columns.Select((column, i) => Heading("col", column, i > 0 && IsNumber(table, i))))),
        new XElement("tbody", table.Rows.Select((row, at) => new XElement("tr", Area(figure, at), row.Select((cell, i) => i == 0
            ? Heading("row", cell.Text, false)
            : Number(Words("td", IsNumber(table, i) ? "number" : null, cell.Text), cell))))));

    // The area of a row and what is said of it, for the page's script.
    private static IEnumerable<XAttribute> Area(Figure? figure, int at)
    {
        if (figure?.RowOf?.FirstOrDefault(pair => pair.Value == at && pair.Key.Area is not null).Key?.Area is not { } area) yield break;
        yield return new XAttribute("data-a", AreaSlug.Of(area));
        if (figure.AreaNotes?.TryGetValue(area, out var note) == true) yield return new XAttribute("data-s", Drawing.Clean(note));
    }

    // Sorting goes by the number, not by its rounded text.
    private static XElement Number(XElement element, DataCell cell)
    {
        if (cell.Number is { } number) element.Add(new XAttribute("data-v",
            number.ToString("G6", System.Globalization.CultureInfo.InvariantCulture)));
        return element;
    }

    private static bool IsNumber(DataTable table, int column) =>
        table.Rows.Any(row => column < row.Count && row[column].Number is not null);

    private static XElement Heading(string scope, string text, bool number)
    {
        var heading = Words("th", number ? "number" : null, text);
        heading.Add(new XAttribute("scope", scope));
        return heading;
    }

    private static XElement Dated(string name, string style, string text) =>
        new(name, new XAttribute("class", style), DateText.Parts(Drawing.Clean(text)).Select(part => part.IsDate
            ? (XNode)new XElement("span", new XAttribute("class", "date"), part.Text) : new XText(part.Text)));

    // The empty text keeps <td></td> from being written <td/>, which HTML would leave open.
    private static XElement Words(string name, string? style, string text) =>
        new(name, style is null ? null : new XAttribute("class", style), new XText(Drawing.Clean(text)));
}

/// <summary>Dates, years and ages from one to another, which no line should break.</summary>
internal static partial class DateText
{
    /// <summary>A text of HTML with its dates held together.</summary>
    public static string Of(string encoded) => Dates().Replace(encoded, "<span class=\"date\">$0</span>");

    /// <summary>The parts of a text.</summary>
    public static IEnumerable<(string Text, bool IsDate)> Parts(string text)
    {
        var from = 0;
        foreach (Match match in Dates().Matches(text))
        {
            if (match.Index > from) yield return (text[from..match.Index], false);
            yield return (match.Value, true);
            from = match.Index + match.Length;
        }

        if (from < text.Length || text.Length == 0) yield return (text[from..], false);
    }

    [GeneratedRegex(@"\b\d{4}-\d{2}(?:-\d{2})?\b|\b\d+\u2013\d+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Dates();
}

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
        var widths = table.Columns.Select((column, i) => table.Rows.Select(row => row[i].Text.Length).Append(column.Length).Max())
            .ToArray();
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

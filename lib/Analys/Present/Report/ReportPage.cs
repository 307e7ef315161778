using System.Net;
using System.Text;
using Analys.Domain;
using Analys.Present.Figures;
using Analys.Present.Numbers;

namespace Analys.Present.Report;

/// <summary>Writes the page: headings, paragraphs, tables and figures, everything escaped.</summary>
internal sealed class ReportPage(Language language)
{
    private const string ContentsMark = "<!--contents-->";
    private readonly StringBuilder body = new();
    private readonly List<(string Id, string Title)> headings = [];
    private readonly List<Figure> figures = [];

    public Language Language => language;

    public Texts Texts { get; } = Texts.Of(language);

    public NumberFormat Numbers { get; } = NumberFormat.For(language);

    /// <summary>The text of a key of the report, with its placeholders filled in.</summary>
    public string Text(string key, params ReadOnlySpan<(string Name, string Value)> values) => Texts.Get("report." + key, values);

    /// <summary>A heading that the contents list.</summary>
    public void Section(string key)
    {
        var number = key.Length == 1 ? key + " " : "";
        var id = "avsnitt-" + key;
        headings.Add((id, number + Text(key)));
        if (headings.Count > 1) body.Append("</section>\n");
        body.Append("<section aria-labelledby=\"").Append(id).Append("\">\n<h2 id=\"").Append(id).Append("\">").Append(Encode(number + Text(key))).Append("</h2>\n");
    }

    public void Subheading(string text) => Element("h3", text);

    public void Paragraph(string text, string? style = null) => Element("p", text, style);

    /// <summary>The title block of the page.</summary>
    public void Title(string title, string subtitle, IEnumerable<string> sentences, string? notice)
    {
        if (notice is not null) Element("p", notice, "notice");
        body.Append("<header>\n");
        Element("h1", title);
        Element("p", subtitle, "subtitle");
        foreach (var sentence in sentences) Element("p", sentence, "lead");
        body.Append("</header>\n");
    }

    /// <summary>Marks where the contents stand; they are known at the end.</summary>
    public void Contents() => body.Append(ContentsMark);

    /// <summary>Key figures: a large value and what it means.</summary>
    public void KeyFigures(IEnumerable<(string Value, string Meaning)> items)
    {
        body.Append("<ul class=\"key\">\n");
        foreach (var (value, meaning) in items)
        {
            body.Append("<li><strong>").Append(Encode(value)).Append("</strong> <span>").Append(Encode(meaning)).Append("</span></li>\n");
        }

        body.Append("</ul>\n");
    }

    /// <summary>A figure, with its files beside the page.</summary>
    public void Figure(Figure figure)
    {
        figures.Add(figure);
        body.Append(figure.ToHtml($"tabeller/{figure.Id}.csv")).Append('\n');
    }

    /// <summary>A table; numbers are set to the right.</summary>
    public void Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, IReadOnlyCollection<int>? numbers = null)
    {
        body.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Encode(caption)).Append("\"><table class=\"report\"><caption>").Append(Encode(caption)).Append("</caption><thead><tr>");
        for (var i = 0; i < columns.Count; i++) Cell("th", columns[i], numbers?.Contains(i) == true, "col");
        body.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            body.Append("<tr>");
            for (var i = 0; i < row.Count; i++) Cell(i == 0 ? "th" : "td", row[i], numbers?.Contains(i) == true, i == 0 ? "row" : null);
            body.Append("</tr>");
        }

        body.Append("</tbody></table></div>\n");
    }

    /// <summary>The finished document.</summary>
    public ReportDocument Finish()
    {
        if (headings.Count > 0) body.Append("</section>\n");
        var links = new StringBuilder($"<nav aria-label=\"{Encode(Text("contents"))}\"><ol>");
        foreach (var (id, title) in headings) links.Append("<li><a href=\"#").Append(id).Append("\">").Append(Encode(title)).Append("</a></li>");
        links.Append("</ol></nav>\n");
        body.Replace(ContentsMark, links.ToString());
        var html = $"""
            <!DOCTYPE html>
            <html lang="{language.Code()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(Text("title"))}</title>
            <style>
            {ReportStyle.Css}
            {FigureStyle.Css}
            </style>
            </head>
            <body>
            <main>
            {body}</main>
            <footer><p>{Encode(Text("footer", ("version", Product.Version)))}</p></footer>
            </body>
            </html>

            """;
        return new ReportDocument(html.Replace("\r\n", "\n", StringComparison.Ordinal), figures);
    }

    private void Element(string name, string text, string? style = null)
    {
        body.Append('<').Append(name);
        if (style is not null) body.Append(" class=\"").Append(style).Append('"');
        body.Append('>').Append(Encode(text)).Append("</").Append(name).Append(">\n");
    }

    private void Cell(string name, string text, bool number, string? scope)
    {
        body.Append('<').Append(name);
        if (scope is not null) body.Append(" scope=\"").Append(scope).Append('"');
        if (number) body.Append(" class=\"number\"");
        body.Append('>').Append(Encode(text)).Append("</").Append(name).Append('>');
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text).Replace("&#160;", "\u00A0", StringComparison.Ordinal);
}

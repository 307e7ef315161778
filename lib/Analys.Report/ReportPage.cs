using System.Net;
using System.Text;
using Analys.Domain;

namespace Analys.Report;

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
        body.Append("<section aria-labelledby=\"").Append(id).Append("\">\n<h2 id=\"").Append(id).Append("\">")
            .Append(Encode(number + Text(key))).Append("</h2>\n");
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
    public void Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows,
        IReadOnlyCollection<int>? numbers = null)
    {
        body.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Encode(caption))
            .Append("\"><table class=\"report\"><caption>").Append(Encode(caption)).Append("</caption><thead><tr>");
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
        foreach (var (id, title) in headings) links.Append("<li><a href=\"#").Append(id).Append("\">").Append(Encode(title))
            .Append("</a></li>");
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

/// <summary>The style sheet of the page: for a desk, a phone and paper.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light}
        *{box-sizing:border-box}
        body{margin:0;background:#fff;color:#16202a;font:1.0625rem/1.6 Arial,"Liberation Sans",Helvetica,sans-serif}
        main,footer{max-width:54rem;margin:0 auto;padding:0 1.25rem}
        header{border-bottom:3px solid #0b5687;padding:2.5rem 0 1rem;margin-bottom:1.5rem}
        h1{font-size:2.1rem;line-height:1.2;margin:0}
        h2{font-size:1.5rem;line-height:1.25;margin:3rem 0 .75rem;padding-top:.5rem;border-top:1px solid #c9d1d9}
        h3{font-size:1.15rem;margin:2rem 0 .25rem}
        p{margin:.6rem 0;max-width:44rem}
        .subtitle{color:#4a5663;font-size:1.15rem;margin:.3rem 0 1rem}
        .lead{font-size:1.125rem;margin:.3rem 0}
        .notice{background:#8a3b00;color:#fff;font-weight:bold;padding:.6rem .9rem;max-width:none}
        nav ol{list-style:none;padding:0;margin:0;columns:2;column-gap:2rem}
        nav li{break-inside:avoid;padding:.2rem 0}
        a{color:#0b5687}
        .key{list-style:none;margin:1rem 0;padding:0;display:grid;gap:1px;background:#c9d1d9;border:1px solid #c9d1d9}
        .key li{background:#fff;padding:.9rem 1rem;display:grid;grid-template-columns:11rem 1fr;gap:1rem;align-items:baseline}
        .key strong{font-size:1.5rem;line-height:1.2;color:#0b5687}
        .scroll{overflow-x:auto;margin:1rem 0}
        table.report{border-collapse:collapse;font-size:.95rem;line-height:1.4}
        table.report caption{text-align:left;font-weight:bold;padding:.3rem 0}
        table.report th,table.report td{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid #dfe3e8;font-weight:normal}
        table.report thead th{font-weight:bold;border-bottom:2px solid #6b7785}
        table.report tbody th{min-width:9rem}
        table.report .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        table.report thead .number{white-space:normal}
        footer{color:#4a5663;font-size:.875rem;border-top:1px solid #c9d1d9;margin-top:3rem;padding-bottom:2rem}
        @media (max-width:600px){
        body{font-size:1rem}
        h1{font-size:1.6rem}
        h2{font-size:1.3rem}
        nav ol{columns:1}
        .key li{grid-template-columns:1fr;gap:.2rem}
        table.report{font-size:.875rem}
        table.report th,table.report td{padding-right:.6rem}
        }
        @media print{
        @page{margin:18mm}
        body{font-size:10.5pt}
        main,footer{max-width:none;padding:0}
        nav{display:none}
        h2,h3{break-after:avoid}
        table.report tr,.key li{break-inside:avoid}
        .scroll{overflow:visible}
        a{color:inherit;text-decoration:none}
        }
        """;
}

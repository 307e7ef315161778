using System.Net;
using System.Text;
using System.Text.Json;
using Analys.Present.Svg;
using Analys.Report.Questions;

namespace Analys.Report.Page;

/// <summary>Writes the page: one file with its style, typeface, script and data; everything from outside is escaped.</summary>
internal sealed class PageWriter(Language language)
{
    private const string ContentsMark = "<!--contents-->";
    private readonly StringBuilder body = new();
    private readonly List<(string Id, string Title)> headings = [];
    private readonly List<Figure> figures = [];
    private readonly List<Pending> pending = [];
    private int sections;
    private bool open;
    private int listed;

    /// <summary>The figures in the order of the page.</summary>
    public IReadOnlyList<Figure> Figures => figures;

    private ReportWords Words { get; } = ReportWords.Of(language);

    /// <summary>The title block.</summary>
    public void Title(string title, string? subtitle, IEnumerable<string> sentences, string? notice)
    {
        if (notice is not null) Element("p", notice, "notice");
        body.Append("<header>\n");
        Element("h1", title);
        if (subtitle is not null) Element("p", subtitle, "subtitle");
        foreach (var sentence in sentences) Element("p", sentence, "lead");
        body.Append("</header>\n");
    }

    /// <summary>Marks where the contents stand; they are known at the end.</summary>
    public void Contents()
    {
        EndSection();
        listed = headings.Count;
        body.Append(ContentsMark);
    }

    /// <summary>Opens a section, which the contents list.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="title">Its title.</param>
    public void Section(string id, string title)
    {
        EndSection();
        sections++;
        headings.Add((id, title));
        body.Append("<section aria-labelledby=\"").Append(id).Append("\">\n<h2 id=\"").Append(id).Append("\">").Append(Encode(title))
            .Append("</h2>\n");
        open = true;
    }

    public void Subheading(string text) => Element("h3", text);

    public void Paragraph(string text, string? style = null) => Element("p", text, style);

    /// <summary>A list of sentences.</summary>
    public void List(IEnumerable<string> items, string style)
    {
        body.Append("<ul class=\"").Append(style).Append("\">\n");
        foreach (var item in items) Element("li", item);
        body.Append("</ul>\n");
    }

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

    /// <summary>A figure with its table, which downloads from the page itself.</summary>
    public void Figure(Figure figure)
    {
        figures.Add(figure);
        pending.Add(new Pending(body.Length, figure, sections, Task.Run(() => figure.ToHtml(CsvAddress(figure)))));
    }

    // A figure is drawn while the rest of the page is written; where it stands is known before how it looks.
    private sealed record Pending(int At, Figure Figure, int Section, Task<string> Html);

    private string WithFigures()
    {
        var whole = new StringBuilder();
        Dictionary<string, int> labels = [];
        HashSet<string> said = [];
        var (text, from, section) = (body.ToString(), 0, 0);
        foreach (var figure in pending)
        {
            if (figure.Section != section) said.Clear();
            section = figure.Section;
            whole.Append(text, from, figure.At - from);
            from = figure.At;
            var html = SlimMarkup.Of(figure.Html.GetAwaiter().GetResult(), said);
            // Two tables of one title are told apart by a listener too.
            var caption = figure.Figure.Table.Caption;
            var times = labels[caption] = labels.GetValueOrDefault(caption) + 1;
            const string Region = "role=\"region\" aria-label=\"";
            if (times > 1 && html.IndexOf(Region, StringComparison.Ordinal) is > 0 and var at)
                html = html.Insert(html.IndexOf('"', at + Region.Length), $" ({times})");
            whole.Append(html).Append('\n');
        }

        return whole.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>A table; numbers are set to the right.</summary>
    public void Table(PlainTable table)
    {
        body.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Encode(table.Caption))
            .Append("\"><table class=\"report").Append(table.Columns.Count > 5 ? " dense" : "").Append("\"><caption>")
            .Append(Encode(table.Caption)).Append("</caption><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++) Cell("th", table.Columns[i], table.Numbers.Contains(i), "col");
        body.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            body.Append("<tr>");
            for (var i = 0; i < row.Count; i++) Cell(i == 0 ? "th" : "td", row[i], table.Numbers.Contains(i), i == 0 ? "row" : null);
            body.Append("</tr>");
        }

        body.Append("</tbody></table></div>\n");
    }

    /// <summary>What was written by another: already HTML.</summary>
    public void Html(string html) => body.Append(html);

    /// <summary>The finished document.</summary>
    /// <param name="title">The title of the window.</param>
    /// <param name="areas">The areas that a reader can choose among.</param>
    /// <param name="version">Who made it.</param>
    public string Finish(string title, IReadOnlyList<string> areas, string version)
    {
        EndSection();
        var links = new StringBuilder();
        // What stands before the contents needs no link.
        var after = headings.Skip(listed).ToList();
        if (after.Count > 1)
        {
            links.Append("<nav aria-labelledby=\"contents\"><p id=\"contents\">").Append(Encode(Words["contents"])).Append("</p><ol>");
            foreach (var (id, heading) in after) links.Append("<li><a href=\"#").Append(id).Append("\">").Append(Encode(heading))
                .Append("</a></li>");
            links.Append("</ol></nav>\n");
        }

        var content = WithFigures().Replace(ContentsMark, links.ToString(), StringComparison.Ordinal);
        var html = $"""
            <!DOCTYPE html>
            <html lang="{language.Code()}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)}</title>
            <style id="faces">{Typeface.Css}</style>
            <style>
            {FigureStyle.Css}
            {Part("page.css")}</style>
            </head>
            <body>
            {Pick(areas)}<main>
            {content}</main>
            <footer><p>{Encode(Words.Get("footer", ("version", version)))}</p></footer>
            <script type="application/json" id="words">{ScriptWords()}</script>
            <script>
            {Part("page.js")}</script>
            </body>
            </html>

            """;
        return html.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>A page with one figure on it.</summary>
    /// <param name="figure">The figure.</param>
    public static string Alone(Figure figure)
    {
        var page = new PageWriter(figure.Language);
        page.Figure(figure);
        return page.Finish(figure.Title, [], Domain.Product.Version);
    }

    /// <summary>Text for HTML.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(Drawing.Clean(text))
        .Replace("&#160;", "\u00A0", StringComparison.Ordinal);

    private string Pick(IReadOnlyList<string> areas)
    {
        if (areas.Count < 2) return "";
        // The script points the link at the profile of the chosen area; until then it points at something that is there.
        var label = Encode(Words["pick.label"]);
        var first = headings.Count > 0 ? headings[0].Id : "";
        var options = string.Concat(areas.Select(area => $"<option value=\"{AreaSlug.Of(area)}\">{Encode(area)}</option>"));
        return $"""
            <form class="pick" id="pick" aria-label="{label}" hidden onsubmit="return false"><label for="area">{label}</label>
            <select id="area"><option value="">{Encode(Words["pick.none"])}</option>{options}</select>
            <button type="button" class="pick-clear" hidden>{Encode(Words["pick.clear"])}</button>
            <a class="pick-profile" hidden href="#{first}">{Encode(Words["pick.profile"])}</a> <span role="status"></span></form>

            """;
    }

    // Nothing in the words can end the script element: the writer escapes angle brackets.
    private static readonly string[] OfScript = ["chosen", "read", "picture"];

    private string ScriptWords() => JsonSerializer.Serialize(OfScript.ToDictionary(key => key, key =>
        Words["script." + key]));

    private string CsvAddress(Figure figure)
    {
        using var stream = new MemoryStream();
        figure.Table.WriteCsv(stream, language);
        return "data:text/csv;charset=utf-8;base64," + Convert.ToBase64String(stream.ToArray());
    }

    private void EndSection()
    {
        if (open) body.Append("</section>\n");
        open = false;
    }

    private void Element(string name, string text, string? style = null)
    {
        body.Append('<').Append(name);
        if (style is not null) body.Append(" class=\"").Append(style).Append('"');
        body.Append('>').Append(DateText.Of(Encode(text))).Append("</").Append(name).Append(">\n");
    }

    private void Cell(string name, string text, bool number, string? scope)
    {
        body.Append('<').Append(name);
        if (scope is not null) body.Append(" scope=\"").Append(scope).Append('"');
        if (number) body.Append(" class=\"number\"");
        body.Append('>').Append(DateText.Of(Encode(text))).Append("</").Append(name).Append('>');
    }

    private static string Part(string name)
    {
        using var reader = new StreamReader(typeof(PageWriter).Assembly.GetManifestResourceStream("page/" + name)!);
        return reader.ReadToEnd();
    }
}

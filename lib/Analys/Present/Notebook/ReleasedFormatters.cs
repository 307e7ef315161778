using System.Text;
using System.Xml.Linq;
using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Figures;

namespace Analys.Present.Notebook;

/// <summary>Shows <see cref="Released"/> results in a notebook as a table.</summary>
public sealed class ReleasedFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Released released ? Html(released) : null),
    new Formatter("text/plain", value => value is Released released ? Text(released) : null))
{
    // More rows than anyone reads in a notebook; the note says how many there are.
    private const int Most = 200;

    private static string Html(Released released) => new XElement(
        "div",
        new XAttribute("class", "figure"),
        new XElement("style", FigureStyle.Css),
        released.IsConfidential ? new XElement("p", new XAttribute("class", "figure-notice"), Texts.Of(Language.Swedish)["figure.confidential"]) : null,
        FigureHtml.Table(Table(released)),
        Table(released).Notes.Select(note => new XElement("p", new XAttribute("class", "figure-mark"), note))).ToString(SaveOptions.DisableFormatting);

    private static string Text(Released released)
    {
        var text = new StringBuilder();
        if (released.IsConfidential) text.Append(Product.ConfidentialNotice).Append('\n');
        FigureText.Table(text, Table(released));
        return text.ToString();
    }

    private static DataTable Table(Released released)
    {
        var table = TableMaker.Of([.. released.Take(Most)], new FigureOptions(), released.ToString());
        return released.Count > Most ? table with { Notes = [.. table.Notes, $"{Most} / {released.Count}"] } : table;
    }
}

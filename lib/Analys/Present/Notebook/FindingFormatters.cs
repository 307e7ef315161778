using System.Collections;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Analys.Present.Figures;

namespace Analys.Present.Notebook;

/// <summary>Shows findings in a notebook as a table: one finding, or an exception that carries several.</summary>
/// <remarks>Findings belong to Load, which Present does not know; they are read by the names of their properties.</remarks>
public sealed class FindingFormatters() : FormatterSource(
    new Formatter("text/html", Html),
    new Formatter("text/plain", Text))
{
    private static readonly string[] Columns = ["Code", "File", "Row", "Column", "Field", "Expected"];

    private static string Html(object value) => new XElement(
        "div", new XAttribute("class", "figure"), new XElement("style", FigureStyle.Css), FigureHtml.Table(Table(value))).ToString(SaveOptions.DisableFormatting);

    private static string Text(object value)
    {
        var text = new StringBuilder();
        FigureText.Table(text, Table(value));
        return text.ToString();
    }

    private static DataTable Table(object value)
    {
        var findings = Property(value, "Findings") is IEnumerable many ? many.Cast<object>().ToList() : [value];
        var texts = Texts.Of(Language.Swedish);
        return new DataTable(
            texts["figure.findings"],
            [.. Columns.Select(column => texts[$"figure.finding.{column}"])],
            [.. findings.Take(500).Select(finding => (IReadOnlyList<DataCell>)[.. Columns.Select(column =>
                new DataCell(Convert.ToString(Property(finding, column), CultureInfo.InvariantCulture) ?? ""))])],
            findings.Count > 500 ? [$"500 / {findings.Count}"] : []);
    }

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)?.GetValue(value);
}

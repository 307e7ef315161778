using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Analys.Domain;

namespace Analys.Present;

/// <summary>Shows a <see cref="Figure"/> in a notebook: page part with table, picture, plain text.</summary>
public sealed class FigureFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Figure figure ? $"<style>{FigureStyle.Css}</style>{figure.ToHtml()}" : null),
    new Formatter("image/svg+xml", value => (value as Figure)?.ToSvg()),
    new Formatter("text/plain", value => (value as Figure)?.ToString()));

/// <summary>Shows findings in a notebook as a table: one finding, or an exception that carries several.</summary>
/// <remarks>Findings belong to Load, which Present does not know; they are read by the names of their properties.</remarks>
public sealed class FindingFormatters() : FormatterSource(
    new Formatter("text/html", Html),
    new Formatter("text/plain", Text))
{
    private static readonly string[] Columns = ["Code", "File", "Row", "Column", "Field", "Expected"];

    private static string Html(object value) => new XElement(
        "div", new XAttribute("class", "figure"), new XElement("style", FigureStyle.Css),
        FigureHtml.Table(Table(value))).ToString(SaveOptions.DisableFormatting);

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

/// <summary>Writes a value in one form for a notebook.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="write">Gives the text, or null where the value is not of the type.</param>
public sealed class Formatter(string mimeType, Func<object, string?> write)
{
    /// <summary>The form, such as <c>text/html</c>.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the value; false where it is not of the type.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="writer">Where to.</param>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (instance is null || write(instance) is not { } text) return false;
        writer.Write(text);
        return true;
    }
}

/// <summary>The formatters of a type, as notebooks ask for them.</summary>
/// <param name="formatters">The formatters, the richest first.</param>
public abstract class FormatterSource(params IReadOnlyList<Formatter> formatters)
{
    /// <summary>The formatters, the richest first.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}

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
        released.IsConfidential
        ? new XElement("p", new XAttribute("class", "figure-notice"), Texts.Of(Language.Swedish)["figure.confidential"]) : null,
        FigureHtml.Table(Table(released)),
        Table(released).Notes.Select(note => new XElement("p", new XAttribute("class", "figure-mark"), note))).ToString(
        SaveOptions.DisableFormatting);

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

/// <summary>Shows unreleased <see cref="Results"/> in a notebook: never a figure, but the way to release them.</summary>
public sealed class ResultsFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Results results ? $"<p><em>{WebUtility.HtmlEncode(Refusal(results))}</em></p>" : null),
    new Formatter("text/plain", value => value is Results results ? Refusal(results) : null))
{
    private static string Refusal(Results results) => Texts.Of(Language.Swedish).Get(
        "figure.unreleased", ("count", NumberFormat.For(Language.Swedish).Number(results.Count)));
}

using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Analys.Domain;
using Analys.Load;
using Analys.Present;

// Types of earlier stages do not know how they are shown; the assembly says it for them.
[assembly: TypeFormatterSource(typeof(ExtractFormatters), ShownType = typeof(Analys.Extract))]
[assembly: TypeFormatterSource(typeof(ColumnFormatters), ShownType = typeof(Column))]
[assembly: TypeFormatterSource(typeof(FindingFormatters), ShownType = typeof(Finding))]
[assembly: TypeFormatterSource(typeof(FindingFormatters), ShownType = typeof(ExtractRejectedException))]
[assembly: TypeFormatterSource(typeof(ResultsFormatters), ShownType = typeof(Analys.Results))]
[assembly: TypeFormatterSource(typeof(ReleasedFormatters), ShownType = typeof(Analys.Released))]

namespace Analys.Present;

/// <summary>
/// Says which formatters show a type in a notebook: the type that it stands on, or, on an assembly, the one that it names. Notebooks find
/// the attribute by its name, so no notebook package is needed.
/// </summary>
/// <param name="source">A type with a parameterless constructor and <c>CreateTypeFormatters()</c>; each formatter has <c>MimeType</c> and
/// <c>Format(object, TextWriter)</c>.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class TypeFormatterSourceAttribute(Type source) : Attribute
{
    /// <summary>The formatters' source.</summary>
    public Type FormatterSourceType { get; } = source;

    /// <summary>The type that is shown, where the attribute stands on an assembly.</summary>
    public Type? ShownType { get; init; }
}

/// <summary>The style sheet of figures inside a notebook: sizes follow the text around them, since a front end may have set the page's
/// own to ten points.</summary>
internal static class NotebookStyle
{
    public static string Css { get; } = FigureStyle.Css.Replace("rem", "em", StringComparison.Ordinal);
}

/// <summary>Shows a <see cref="Figure"/> in a notebook: page part with table, picture, plain text.</summary>
internal sealed class FigureFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Figure figure ? $"<style>{NotebookStyle.Css}</style>{figure.ToHtml()}" : null),
    new Formatter("image/svg+xml", value => value is Figure figure ? FigureSvg.Standalone(figure, typeface: false) : null),
    new Formatter("text/plain", value => (value as Figure)?.ToString()));

/// <summary>Shows findings in a notebook as a table: one finding, or an exception that carries several.</summary>
/// <remarks>Findings belong to Load, which Present does not know; they are read by the names of their properties.</remarks>
internal sealed class FindingFormatters() : FormatterSource(
    new Formatter("text/html", Html),
    new Formatter("text/plain", Text))
{
    private static readonly string[] Columns = ["Code", "File", "Row", "Column", "Field", "Expected"];

    private static string Html(object value) => new XElement(
        "div", new XAttribute("class", "figure"), new XElement("style", NotebookStyle.Css),
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
            findings.Count > 500 ? [texts.Get("figure.cut", ("shown", "500"),
                ("count", NumberFormat.For(Language.Swedish).Number(findings.Count)))] : []);
    }

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)?.GetValue(value);
}

/// <summary>
/// Shows an extract: its columns, how many rows it has, what was found while it was read. Rows are shown of public ones, and of others
/// where the session has been set to it.
/// </summary>
/// <remarks>Extracts belong to Load, which Present does not know; they are read by the names of their properties.</remarks>
internal sealed class ExtractFormatters() : FormatterSource(
    new Formatter("text/html", Html),
    new Formatter("text/plain", Text))
{
    private const int MostRows = 10;

    private static string Html(object extract)
    {
        var notices = Notices(extract).Select(notice => new XElement("p", new XAttribute("class", "figure-mark"), notice));
        var tables = Tables(extract).Select(table => new XElement("div", new XAttribute("class", "figure-scroll"),
            FigureHtml.Table(table)));
        return new XElement(
            "div", new XAttribute("class", "figure"), new XElement("style", NotebookStyle.Css), tables, notices)
            .ToString(SaveOptions.DisableFormatting);
    }

    private static string Text(object extract)
    {
        var text = new StringBuilder();
        foreach (var table in Tables(extract))
        {
            if (text.Length > 0) text.Append('\n');
            FigureText.Table(text.Append(table.Caption).Append('\n'), table);
        }
        foreach (var notice in Notices(extract)) text.Append(notice).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<string> Notices(object extract) =>
        Property(extract, "Notices") is IEnumerable notices ? notices.Cast<object>().Select(notice => notice.ToString() ?? "") : [];

    private static IEnumerable<DataTable> Tables(object extract)
    {
        yield return Columns(extract);
        if (Property(extract, "Confidentiality") is Confidentiality.Public || NotebookHooks.IsSecure) yield return Rows(extract);
    }

    private static DataTable Columns(object extract)
    {
        var texts = Texts.Of(Language.Swedish);
        var isPublic = Property(extract, "Confidentiality") is Confidentiality.Public;
        var count = Convert.ToDouble(Property(extract, "RowCount"), CultureInfo.InvariantCulture);
        var caption = texts.Get(
            "figure.extract",
            ("name", Plain(Property(Property(extract, "Schema"), "Name"))),
            ("rows", NumberFormat.For(Language.Swedish).Number(count)),
            ("confidentiality", texts[$"figure.extract.{(isPublic ? "public" : NotebookHooks.IsSecure ? "secure" : "confidential")}"]));
        string[] shown = ["Name", "Role", "Type", "Unit", "Title"];
        var fields = ((IEnumerable)Property(extract, "Columns")!).Cast<object>().Select(column => Property(column, "Field"));
        return new DataTable(
            caption,
            [.. shown.Select(name => texts[$"figure.extract.{name}"])],
            [.. fields.Select(field => (IReadOnlyList<DataCell>)[.. shown.Select(name =>
                new DataCell(Said(name, Plain(Property(field, name)))))])],
            []);

        string Said(string name, string value) => $"figure.extract.{name.ToLowerInvariant()}.{value}" is var key && texts.Has(key)
            ? texts[key] : value;
    }

    private static DataTable Rows(object extract)
    {
        var texts = Texts.Of(Language.Swedish);
        using var reader = (DbDataReader)extract.GetType().GetMethod("CreateDataReader", [])!.Invoke(extract, null)!;
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var rows = new List<IReadOnlyList<DataCell>>();
        while (rows.Count < MostRows && reader.Read())
            rows.Add([.. names.Select((_, i) => reader.IsDBNull(i) ? "" : Shown(reader.GetValue(i)))]);
        return new DataTable(texts.Get("figure.extract.rows", ("count", Plain(rows.Count))), names, rows, []);

        // As the page writes numbers, but without groups of three: a column may hold years or codes.
        static DataCell Shown(object value) => value switch
        {
            double or decimal or float => new DataCell(
                Convert.ToString(value, CultureInfo.GetCultureInfo("sv-SE"))!.Replace('\u2212', '-').Replace('-', '\u2212'),
                Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            int or long => new DataCell(Plain(value).Replace('-', '\u2212'), Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => new DataCell(Plain(value)),
        };
    }

    private static string Plain(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static object? Property(object? value, string name) => value?.GetType().GetProperty(name)?.GetValue(value);
}

/// <summary>Shows a column of an extract by its name and size, never by its values: they may be persons'.</summary>
internal sealed class ColumnFormatters() : FormatterSource(new Formatter("text/plain", Text))
{
    private static string Text(object column) => Texts.Of(Language.Swedish).Get(
        "figure.column",
        ("name", Convert.ToString(Property(column, "Name"), CultureInfo.InvariantCulture) ?? ""),
        ("rows", NumberFormat.For(Language.Swedish).Number(Convert.ToDouble(Property(column, "Count"), CultureInfo.InvariantCulture))));

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)?.GetValue(value);
}

/// <summary>Writes a value in one form for a notebook.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="write">Gives the text, or null where the value is not of the type.</param>
internal sealed class Formatter(string mimeType, Func<object, string?> write)
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
internal abstract class FormatterSource(params IReadOnlyList<Formatter> formatters)
{
    /// <summary>The formatters, the richest first.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;
}

/// <summary>Shows <see cref="Released"/> results in a notebook as a table.</summary>
internal sealed class ReleasedFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Released released ? Html(released) : null),
    new Formatter("text/plain", value => value is Released released ? Text(released) : null))
{
    // More rows than anyone reads in a notebook; the note says how many there are.
    private const int Most = 200;

    private static string Html(Released released) => new XElement(
        "div",
        new XAttribute("class", "figure"),
        new XElement("style", NotebookStyle.Css),
        released.IsConfidential
        ? new XElement("p", new XAttribute("class", "figure-notice"), Texts.Of(Language.Swedish)["figure.confidential"]) : null,
        new XElement("div", new XAttribute("class", "figure-scroll"), FigureHtml.Table(Table(released))),
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
        var (texts, numbers) = (Texts.Of(Language.Swedish), NumberFormat.For(Language.Swedish));
        var caption = texts.Get("figure.released", ("count", numbers.Number(released.Count)), ("policy", released.Policy.Name),
            ("withheld", numbers.Number(released.SuppressedCount)));
        var table = TableMaker.Of([.. released.Take(Most)], new FigureOptions(), caption);
        if (released.Count <= Most) return table;
        return table with
        {
            Notes = [.. table.Notes,
                texts.Get("figure.cut", ("shown", numbers.Number(Most)), ("count", numbers.Number(released.Count)))],
        };
    }
}

/// <summary>Shows unreleased <see cref="Results"/> in a notebook: never a figure, but the way to release them.</summary>
internal sealed class ResultsFormatters() : FormatterSource(
    new Formatter("text/html", value => value is Results results ? $"<p><em>{WebUtility.HtmlEncode(Refusal(results))}</em></p>" : null),
    new Formatter("text/plain", value => value is Results results ? Refusal(results) : null))
{
    private static string Refusal(Results results) => Texts.Of(Language.Swedish).Get(
        "figure.unreleased", ("count", NumberFormat.For(Language.Swedish).Number(results.Count)));
}

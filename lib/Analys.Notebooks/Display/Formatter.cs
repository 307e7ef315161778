using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Analys.Notebooks.Display;

/// <summary>Turns any value into what a notebook can show.</summary>
/// <remarks>
/// A type that brings its own formatters (<see cref="FormatterConvention"/>) is shown by them and by nothing else: a result that refuses
/// to show its numbers must not be shown by a look at its properties.
/// </remarks>
public static class Formatter
{
    /// <summary>The value in each MIME type that it offers.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rowLimit">How many rows of a table are shown.</param>
    public static MimeBundle Format(object? value, int rowLimit = 100)
    {
        switch (value)
        {
            case null: return MimeBundle.OfText("null");
            case MimeBundle bundle: return bundle;
            case string text: return MimeBundle.OfText(text);
        }
        if (FormatterConvention.For(value.GetType()) is { } own) return own.Format(value);
        if (Confidential.Hides(value)) return MimeBundle.OfText(Confidential.Notice(value));
        if (Confidential.HoldsBack(value)) return MimeBundle.OfText(Confidential.HeldBack);
        if (ForeignTypes.Format(value, rowLimit) is { } foreign) return foreign;
        if (ValueText.IsPlain(value)) return MimeBundle.OfText(ValueText.Of(value));
        if (TableSource.ReaderOf(value) is { } reader)
        {
            // A reader that the cell made is the cell's own; one that was made here is closed here.
            try
            {
                return Table(TableData.Read(reader, rowLimit));
            }
            finally
            {
                if (!ReferenceEquals(reader, value)) reader.Dispose();
            }
        }
        if (value is IEnumerable sequence) return Table(TableData.Read(sequence, rowLimit));
        return Single(value);
    }

    private static MimeBundle Table(TableData table) => table.Columns.Count == 1 && table.Columns[0].Length == 0
        ? MimeBundle.Of(MimeBundle.Html, HtmlTable.List(table), TextTable.List(table))
        : MimeBundle.Of(MimeBundle.Html, HtmlTable.Write(table), TextTable.Write(table));

    private static MimeBundle Single(object value)
    {
        var columns = RecordColumns.Of(value.GetType());
        if (columns.Count == 0 || RecordColumns.HasOwnText(value.GetType())) return MimeBundle.OfText(ValueText.Of(value));
        var rows = columns.Select(column => new[] { column.Name, ValueText.Of(column.Read(value)) }).ToArray();
        var table = new TableData(["", "value"], rows, rows.Length, new bool[2]);
        var lines = rows.Select(row => $"{row[0]} = {row[1]}");
        return MimeBundle.Of(MimeBundle.Html, HtmlTable.Write(table), $"{value.GetType().Name} {{ {string.Join(", ", lines)} }}");
    }
}

/// <summary>
/// Finds the formatters that a type brings with it, by the convention of .NET Interactive: an attribute <i>named</i>
/// <c>TypeFormatterSourceAttribute</c> with a <c>Type FormatterSourceType</c>, whose <c>CreateTypeFormatters()</c> gives objects with
/// <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>. So a library is shown well without referring to this one. The
/// attribute
/// may also stand on the type's assembly, and then says by <c>Type ShownType</c> for which type it is: a type need not know how it is
/// shown.
/// </summary>
internal sealed class FormatterConvention
{
    private static readonly ConcurrentDictionary<Type, FormatterConvention?> Known = new();
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyList<(Type Source, Type? Shown)>> InAssemblies = new();

    private readonly IReadOnlyList<(string MimeType, Func<object, TextWriter, bool> Format)> formatters;

    private FormatterConvention(IReadOnlyList<(string, Func<object, TextWriter, bool>)> formatters) => this.formatters = formatters;

    public static FormatterConvention? For(Type type) => Known.GetOrAdd(type, Find);

    public MimeBundle Format(object value)
    {
        var data = new Dictionary<string, string>();
        try
        {
            foreach (var (mimeType, format) in formatters)
            {
                using var writer = new StringWriter(CultureInfo.InvariantCulture);
                if (!data.ContainsKey(mimeType) && format(value, writer)) data[mimeType] = writer.ToString();
            }
        }
        catch (Exception failure)
        {
            // Never fall back to the properties: they may be what the formatter keeps back.
            return MimeBundle.OfText($"({value.GetType().Name} could not be shown: {failure.GetBaseException().GetType().Name})");
        }
        // JupyterLab shows a bare SVG in trusted notebooks only; the same picture inside HTML it shows everywhere.
        if (data.TryGetValue(MimeBundle.Svg, out var svg)) data.TryAdd(MimeBundle.Html, svg);
        data.TryAdd(MimeBundle.Text, value.GetType().Name);
        return new MimeBundle(data);
    }

    /// <summary>The forms that the type offers, the richest first.</summary>
    public IReadOnlyList<string> MimeTypes => [.. formatters.Select(formatter => formatter.MimeType).Distinct()];

    public string Text(object value) => Format(value).Data[MimeBundle.Text];

    private static FormatterConvention? Find(Type type)
    {
        var own = type.GetInterfaces().Prepend(type).SelectMany(candidate => Sources(candidate.GetCustomAttributes(inherit: true)));
        var source = own.FirstOrDefault().Source
            ?? Bases(type).Concat(type.GetInterfaces()).Select(SourceInAssembly).FirstOrDefault(found => found is not null);
        return source is null ? null : new FormatterConvention([.. Create(source)]);
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType) yield return current;
    }

    private static Type? SourceInAssembly(Type type) => InAssemblies
        .GetOrAdd(type.Assembly, assembly => [.. Sources(assembly.GetCustomAttributes(inherit: false))])
        .FirstOrDefault(found => found.Shown == type || (type.IsConstructedGenericType && found.Shown == type.GetGenericTypeDefinition()))
        .Source;

    private static IEnumerable<(Type Source, Type? Shown)> Sources(object[] attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.GetType().Name != "TypeFormatterSourceAttribute") continue;
            if (attribute.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type source) continue;
            yield return (source, attribute.GetType().GetProperty("ShownType")?.GetValue(attribute) as Type);
        }
    }

    private static IEnumerable<(string, Func<object, TextWriter, bool>)> Create(Type source)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var instance = Activator.CreateInstance(source, nonPublic: true);
        if (source.GetMethod("CreateTypeFormatters", Any, [])?.Invoke(instance, null) is not System.Collections.IEnumerable made)
            yield break;
        foreach (var formatter in made)
        {
            var type = formatter.GetType();
            var method = type.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)]);
            if (type.GetProperty("MimeType", Any)?.GetValue(formatter) is string mimeType && method?.ReturnType == typeof(bool))
                yield return (mimeType, method.CreateDelegate<Func<object, TextWriter, bool>>(formatter));
        }
    }
}

/// <summary>One value in several MIME types; the reader shows the richest that it can. A JSON type holds JSON text.</summary>
/// <param name="Data">The text by MIME type; <c>text/plain</c> is always among them.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, string> Data)
{
    /// <summary>HTML.</summary>
    public const string Html = "text/html";

    /// <summary>Plain text.</summary>
    public const string Text = "text/plain";

    /// <summary>Markdown.</summary>
    public const string Markdown = "text/markdown";

    /// <summary>A vector picture.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>A picture in dots, in base 64.</summary>
    public const string Png = "image/png";

    /// <summary>Plain text alone.</summary>
    public static MimeBundle OfText(string text) => new(new Dictionary<string, string> { [Text] = text });

    /// <summary>One MIME type, with plain text beside it for readers that cannot show it.</summary>
    public static MimeBundle Of(string mimeType, string content, string text) =>
        new(new Dictionary<string, string> { [mimeType] = content, [Text] = text });
}

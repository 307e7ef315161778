using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace Analys.Notebooks.Display;

/// <summary>
/// Finds the formatters that a type brings with it, by the convention of .NET Interactive: an attribute <i>named</i>
/// <c>TypeFormatterSourceAttribute</c> with a <c>Type FormatterSourceType</c>, whose <c>CreateTypeFormatters()</c> gives objects with
/// <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>. So a library is shown well without referring to this one.
/// </summary>
internal sealed class FormatterConvention
{
    private static readonly ConcurrentDictionary<Type, FormatterConvention?> Known = new();

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

    public string Text(object value) => Format(value).Data[MimeBundle.Text];

    private static FormatterConvention? Find(Type type)
    {
        foreach (var candidate in type.GetInterfaces().Prepend(type))
        {
            foreach (var attribute in candidate.GetCustomAttributes(inherit: true))
            {
                if (attribute.GetType().Name != "TypeFormatterSourceAttribute") continue;
                if (attribute.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type source) continue;
                return new FormatterConvention([.. Create(source)]);
            }
        }
        return null;
    }

    private static IEnumerable<(string, Func<object, TextWriter, bool>)> Create(Type source)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var instance = Activator.CreateInstance(source, nonPublic: true);
        if (source.GetMethod("CreateTypeFormatters", Any, [])?.Invoke(instance, null) is not System.Collections.IEnumerable made) yield break;
        foreach (var formatter in made)
        {
            var type = formatter.GetType();
            var method = type.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)]);
            if (type.GetProperty("MimeType", Any)?.GetValue(formatter) is string mimeType && method?.ReturnType == typeof(bool))
                yield return (mimeType, method.CreateDelegate<Func<object, TextWriter, bool>>(formatter));
        }
    }
}

using Analys.Notebooks.Display;
using Formatter = Microsoft.DotNet.Interactive.Formatting.Formatter;
using Shown = Analys.Notebooks.Display.Formatter;

namespace Analys.Interactive;

/// <summary>Shows values in .NET Interactive as our own notebooks show them: by the same source.</summary>
internal static class ValueFormatters
{
    private static readonly string[] Forms = [MimeBundle.Html, MimeBundle.Svg, MimeBundle.Png, MimeBundle.Text];

    // Of these the host knows only the properties. They are registered when a notebook has loaded them.
    private static readonly string[] Foreign =
        ["Microsoft.Data.Analysis.DataFrame", "Microsoft.ML.IDataView", "ScottPlot.Plot", "ScottPlot.Multiplot"];

    public static void Register()
    {
        foreach (var type in Own()) Register(type, FormsOf(type));
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) RegisterForeign(assembly);
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => RegisterForeign(loaded.LoadedAssembly);
    }

    private static IEnumerable<Type> Own() =>
        typeof(Extract).Assembly.GetTypes().Where(type => !type.IsGenericTypeDefinition && FormatterConvention.For(type) is not null);

    private static IReadOnlyList<string> FormsOf(Type type) => FormatterConvention.For(type)!.MimeTypes;

    private static void RegisterForeign(System.Reflection.Assembly assembly)
    {
        foreach (var name in Foreign)
        {
            if (assembly.GetType(name) is not { } type) continue;
            var isPlot = name.StartsWith("ScottPlot", StringComparison.Ordinal);
            Register(type, isPlot ? [MimeBundle.Svg, MimeBundle.Text] : [MimeBundle.Html, MimeBundle.Text]);
        }
    }

    private static void Register(Type type, IReadOnlyList<string> forms)
    {
        foreach (var form in forms) Formatter.Register(type, (value, writer) => writer.Write(Text(value, form)), form);
        Formatter.SetPreferredMimeTypesFor(type, [.. Forms.Where(forms.Contains).Take(1)]);
    }

    private static string Text(object value, string form) => Shown.Format(value).Data.GetValueOrDefault(form) ?? "";
}

using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace Analys.Notebooks.Display;

/// <summary>
/// Types of well-known libraries that bring no formatters, shown by the names of their members, so that nothing here refers to those
/// libraries: data frames, views of data, plots.
/// </summary>
internal static class ForeignTypes
{
    private const int PlotWidth = 800;
    private const int PlotHeight = 500;

    // A picture of a hundred thousand points is far larger as lines than as dots.
    private const int LargestSvg = 1_000_000;

    /// <summary>A value of such a type; null for any other.</summary>
    public static MimeBundle? Format(object value, int rowLimit)
    {
        if (Is(value, "Microsoft.Data.Analysis.DataFrame")) return Table(Frame(value, rowLimit));
        if (Is(value, "Microsoft.ML.IDataView")) return View(value, rowLimit) is { } table ? Table(table) : null;
        return Is(value, "ScottPlot.Plot") || Is(value, "ScottPlot.Multiplot") ? Plot(value) : null;
    }

    private static bool Is(object value, string name)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == name) return true;
        }
        return value.GetType().GetInterfaces().Any(face => face.FullName == name);
    }

    private static MimeBundle Table(TableData table) => MimeBundle.Of(MimeBundle.Html, HtmlTable.Write(table), TextTable.Write(table));

    private static TableData Frame(object frame, int limit)
    {
        var columns = ((IEnumerable)Get(frame, "Columns")!).Cast<object>().ToList();
        var texts = columns.ConvertAll(column => ((IEnumerable)column).Cast<object?>().Take(limit).Select(ValueText.Of).ToList());
        var total = columns.Count == 0 ? 0 : Convert.ToInt32(Get(columns[0], "Length"), System.Globalization.CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, Math.Min(limit, total)).Select(row => texts.Select(column => column[row]).ToArray());
        return new TableData(
            [.. columns.Select(column => (string)Get(column, "Name")!)],
            [.. rows],
            total,
            [.. columns.Select(column => TableData.IsNumeric((Type)Get(column, "DataType")!))]);
    }

    // ML.NET has a preview of its own, as a method for debuggers.
    private static TableData? View(object view, int limit)
    {
        var context = AssemblyLoadContext.GetLoadContext(view.GetType().Assembly) ?? AssemblyLoadContext.Default;
        var preview = context.LoadFromAssemblyName(new AssemblyName("Microsoft.ML.Data")).GetType("Microsoft.ML.DebuggerExtensions")
            ?.GetMethods().FirstOrDefault(method => method.Name == "Preview"
                && method.GetParameters() is [{ ParameterType.IsInterface: true }, _]);
        if (preview?.Invoke(null, [view, limit + 1]) is not { } shown) return null;
        var schema = ((IEnumerable)Get(view, "Schema")!).Cast<object>().ToList();
        var columns = schema.FindAll(column => Get(column, "IsHidden") is not true);
        var names = columns.ConvertAll(column => (string)Get(column, "Name")!);
        var rows = new List<string[]>();
        foreach (var row in (IEnumerable)Get(shown, "RowView")!)
        {
            var values = ((IEnumerable)Get(row, "Values")!)
                .Cast<KeyValuePair<string, object>>()
                .ToLookup(pair => pair.Key, pair => pair.Value);
            rows.Add([.. names.Select(name => ValueText.Of(Plain(values[name].LastOrDefault())))]);
        }
        int? total = rows.Count <= limit ? rows.Count : null;
        return new TableData(names, [.. rows.Take(limit)], total, [.. columns.Select(column => IsNumber(Get(column, "Type")))]);
    }

    // A vector's text is its type and length; its values say more.
    private static object? Plain(object? value) =>
        value?.GetType().GetMethod("DenseValues", []) is { } dense
            ? dense.Invoke(value, null)
            : value is ReadOnlyMemory<char> text
            ? text.ToString()
            : value;

    private static bool IsNumber(object? type) => type?.GetType().Name == "NumberDataViewType";

    private static MimeBundle? Plot(object plot)
    {
        var data = new Dictionary<string, string>();
        if (Call(plot, "GetSvgXml", PlotWidth, PlotHeight) is string { Length: <= LargestSvg } svg)
            data[MimeBundle.Svg] = svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..];
        if (Call(plot, "GetImage", PlotWidth, PlotHeight) is { } image && Bytes(image) is { } png)
            data[MimeBundle.Png] = Convert.ToBase64String(png);
        if (data.Count == 0) return null;
        data[MimeBundle.Text] = plot.GetType().Name;
        return new MimeBundle(data);
    }

    private static byte[]? Bytes(object image)
    {
        try
        {
            // The first format of a picture is PNG, whatever the version.
            var method = image.GetType().GetMethods().FirstOrDefault(method => method.Name == "GetImageBytes"
                && method.GetParameters().All(parameter => parameter.ParameterType.IsEnum || parameter.HasDefaultValue));
            var given = method?.GetParameters().Select(parameter => parameter.ParameterType.IsEnum
                ? Enum.Parse(parameter.ParameterType, "Png")
                : parameter.DefaultValue);
            return method?.Invoke(image, [.. given!]) as byte[];
        }
        finally
        {
            (image as IDisposable)?.Dispose();
        }
    }

    private static object? Call(object owner, string name, params object[] arguments) =>
        owner.GetType().GetMethod(name, [.. arguments.Select(argument => argument.GetType())])?.Invoke(owner, arguments);

    private static object? Get(object owner, string name) => owner.GetType().GetProperties()
        .FirstOrDefault(property => property.Name == name && property.GetIndexParameters().Length == 0)?.GetValue(owner);
}

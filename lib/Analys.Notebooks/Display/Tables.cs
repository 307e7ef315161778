using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;

namespace Analys.Notebooks.Display;

/// <summary>The first rows of a table as texts.</summary>
/// <param name="Columns">The columns' names; one empty name for a plain list.</param>
/// <param name="Rows">The rows that are shown.</param>
/// <param name="Total">How many rows there are; null where that is not known.</param>
/// <param name="IsNumber">Which columns hold numbers, to be set to the right.</param>
internal sealed record TableData(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows, int? Total, bool[] IsNumber)
{
    // Counting the rest of a table is cheap; counting an endless one is not.
    private const int CountLimit = 10_000_000;

    public bool IsCut => Total != Rows.Count;

    public static TableData Read(DbDataReader reader, int limit)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).ToArray();
        var rows = new List<string[]>();
        var count = 0;
        while (count < CountLimit && reader.Read())
        {
            if (count++ < limit) rows.Add(Array.ConvertAll(columns, i => reader.IsDBNull(i) ? "" : ValueText.Of(reader.GetValue(i))));
        }
        return new TableData(
            [.. columns.Select(reader.GetName)], rows, count, Array.ConvertAll(columns, i => IsNumeric(reader.GetFieldType(i))));
    }

    public static TableData Read(IEnumerable sequence, int limit)
    {
        var items = sequence.Cast<object?>().Take(limit + 1).ToList();
        int? total = items.Count <= limit ? items.Count : (sequence as ICollection)?.Count;
        if (items.Count > limit) items.RemoveAt(limit);
        var type = ElementType(items);
        if (type is null || IsScalar(type))
            return new TableData(
                [""], items.ConvertAll(item => new[] { ValueText.Of(item) }), total, [type is not null && IsNumeric(type)]);
        var columns = RecordColumns.Of(type);
        var rows = items.ConvertAll(item => columns.Select(column => item is null ? "" : ValueText.Of(column.Read(item))).ToArray());
        return new TableData(
            [.. columns.Select(column => column.Name)], rows, total, [.. columns.Select(column => IsNumeric(column.Type))]);
    }

    // Items of several types have no common columns, and are listed one by one.
    private static Type? ElementType(List<object?> items)
    {
        var types = items.OfType<object>().Select(item => item.GetType()).Distinct().Take(2).ToArray();
        return types.Length == 1 ? types[0] : null;
    }

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type.IsPrimitive || type.IsEnum || typeof(IFormattable).IsAssignableFrom(type)
            || typeof(IEnumerable).IsAssignableFrom(type)
        || FormatterConvention.For(type) is not null || Confidential.CanSay(type) || RecordColumns.Of(type).Count == 0
        || RecordColumns.HasOwnText(type);

    public static bool IsNumeric(Type type) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal;
}

/// <summary>
/// Finds the table in a value: a reader, anything with a method <c>CreateDataReader()</c> that gives one, or a frame with
/// <c>ToTable()</c>.
/// </summary>
internal static class TableSource
{
    public static DbDataReader? ReaderOf(object? value) => value switch
    {
        null => null,
        DbDataReader reader => reader,
        _ => Call<DbDataReader>(value, "CreateDataReader") ?? Call<DataTable>(value, "ToTable")?.CreateDataReader(),
    };

    private static T? Call<T>(object value, string name) where T : class
    {
        var method = value.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.Public, []);
        if (method is null || !typeof(T).IsAssignableFrom(method.ReturnType)) return null;
        return (T?)method.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}

/// <summary>The public properties and fields of a type as the columns of a table.</summary>
internal static class RecordColumns
{
    public sealed record Column(string Name, Type Type, Func<object, object?> Read);

    public static IReadOnlyList<Column> Of(Type type)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        var properties = type.GetProperties(Public)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike)
            .Select(property => new Column(property.Name, property.PropertyType, item => Value(property, item)));
        var fields = type.GetFields(Public).Select(field => new Column(field.Name, field.FieldType, field.GetValue));
        return [.. properties, .. fields];
    }

    /// <summary>
    /// Whether a type says itself how it reads. The text of a record, of a tuple or of a wrapper does not count: it would print what it
    /// holds also where that refuses to be shown.
    /// </summary>
    public static bool HasOwnText(Type type)
    {
        var declared = type.GetMethod(nameof(ToString), [])!.DeclaringType;
        if (declared == typeof(object) || declared == typeof(ValueType)) return false;
        if (IsTupleLike(type) || type.GetGenericArguments().Any(Guards)) return false;
        var isRecord = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;
        return !isRecord && !type.Name.Contains("AnonymousType", StringComparison.Ordinal);
    }

    /// <summary>Whether a type is a tuple or a pair: named only by what it holds.</summary>
    public static bool IsTupleLike(Type type) =>
        typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private static bool Guards(Type type) => FormatterConvention.For(type) is not null || type.GetGenericArguments().Any(Guards);

    private static object? Value(PropertyInfo property, object item)
    {
        try
        {
            return property.GetValue(item);
        }
        catch (TargetInvocationException failure)
        {
            return $"({failure.GetBaseException().GetType().Name})";
        }
    }
}

/// <summary>A value as a short text, the same in every culture.</summary>
internal static class ValueText
{
    private const int Longest = 1000;

    public static bool IsPlain(object value) =>
        value is string or IFormattable or bool or char or Type or Delegate or Task or Exception or Uri;

    public static string Of(object? value) => Shorten(value switch
    {
        null or DBNull => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"byte[{bytes.Length}]"),
        Exception failure when Confidential.Withholds(failure) => $"{failure.GetType().FullName}: {Confidential.Withheld}",
        _ when FormatterConvention.For(value.GetType()) is { } own => own.Text(value),
        _ when Confidential.Hides(value) => Confidential.Notice(value),
        _ when Confidential.HoldsBack(value) => Confidential.HeldBack,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable sequence => Sequence(sequence),
        _ when RecordColumns.HasOwnText(value.GetType()) => value.ToString() ?? "",
        _ => Members(value),
    });

    private static string Sequence(IEnumerable sequence)
    {
        const int Shown = 10;
        var items = sequence.Cast<object?>().Take(Shown + 1).ToList();
        var texts = items.Take(Shown).Select(Of);
        return $"[{string.Join(", ", items.Count > Shown ? texts.Append("…") : texts)}]";
    }

    private static string Members(object value)
    {
        // One level only: graphs may be cyclic.
        var members = RecordColumns.Of(value.GetType())
            .Select(column => (column.Name, Value: column.Read(value)))
            .Select(member => $"{member.Name} = {Inner(member.Value)}");
        return $"{{ {string.Join(", ", members)} }}";
    }

    private static string Inner(object? value) =>
        value is null || IsPlain(value) || FormatterConvention.For(value.GetType()) is not null ? Of(value) : value.GetType().Name;

    private static string Shorten(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
}

/// <summary>A table as HTML. Every text is escaped: names and values come from data.</summary>
internal static class HtmlTable
{
    private const int Word = 60;

    public static string Write(TableData table)
    {
        var html = new StringBuilder("<table><thead><tr>");
        // Jupyter sets every cell to the right: names and texts are read from the left.
        for (var i = 0; i < table.Columns.Count; i++)
            html.Append("<th").Append(Side(table, i)).Append('>').Append(WebUtility.HtmlEncode(table.Columns[i])).Append("</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Length; i++)
            {
                html.Append("<td").Append(Side(table, i)).Append('>').Append(WebUtility.HtmlEncode(row[i])).Append("</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (table.IsCut) html.Append("<p>").Append(WebUtility.HtmlEncode(Cut(table))).Append("</p>");
        return html.ToString();
    }

    public static string List(TableData table)
    {
        var items = table.Rows.Select(row => WebUtility.HtmlEncode(row[0]));
        if (IsProse(table))
        {
            return $"<ul>{string.Concat(items.Select(item => $"<li>{item}</li>"))}</ul>"
                + (table.IsCut ? $"<p>{WebUtility.HtmlEncode(Cut(table))}</p>" : "");
        }

        return $"<pre>[ {string.Join(", ", items)}{(table.IsCut ? ", … " : " ")}]</pre>";
    }

    /// <summary>Whether a list holds sentences rather than names: then each has a line of its own.</summary>
    internal static bool IsProse(TableData table) => table.Rows.Any(row => row[0].Length > Word);

    private static string Side(TableData table, int column) =>
        $" style=\"text-align:{(table.IsNumber[column] ? "right" : "left")}\"";

    /// <summary>The line under a table that is longer than what is shown.</summary>
    internal static string Cut(TableData table) => table.Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{table.Rows.Count} of {total} rows")
        : string.Create(CultureInfo.InvariantCulture, $"the first {table.Rows.Count} rows");
}

/// <summary>A table as plain text in columns.</summary>
internal static class TextTable
{
    private const int WidestColumn = 40;

    public static string Write(TableData table)
    {
        var widths = new int[table.Columns.Count];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Min(WidestColumn, table.Rows.Select(row => row[i].Length).Append(table.Columns[i].Length).Max());
        }
        var text = new StringBuilder();
        Line(text, [.. table.Columns], widths, table.IsNumber);
        text.AppendJoin("  ", widths.Select(width => new string('-', width))).Append('\n');
        foreach (var row in table.Rows) Line(text, row, widths, table.IsNumber);
        if (table.IsCut) text.Append('(').Append(HtmlTable.Cut(table)).Append(")\n");
        return text.ToString().TrimEnd('\n');
    }

    public static string List(TableData table)
    {
        var items = table.Rows.Select(row => row[0]);
        if (HtmlTable.IsProse(table)) return string.Join("\n", table.IsCut ? items.Append($"({HtmlTable.Cut(table)})") : items);
        return table.Rows.Count == 0 ? "[ ]" : $"[ {string.Join(", ", items)}{(table.IsCut ? ", … " : " ")}]";
    }

    private static void Line(StringBuilder text, string[] row, int[] widths, bool[] isNumber)
    {
        string Padded(string cell, int width, bool toRight) => toRight ? Fit(cell, width).PadLeft(width) : Fit(cell, width).PadRight(width);
        var cells = row.Select((cell, i) => Padded(cell, widths[i], isNumber[i]));
        text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
    }

    private static string Fit(string cell, int width)
    {
        var line = cell.ReplaceLineEndings(" ");
        return line.Length <= width ? line : string.Concat(line.AsSpan(0, width - 1), "…");
    }
}

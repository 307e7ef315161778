using System.Collections;
using System.Data.Common;

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
        return new TableData([.. columns.Select(reader.GetName)], rows, count, Array.ConvertAll(columns, i => IsNumeric(reader.GetFieldType(i))));
    }

    public static TableData Read(IEnumerable sequence, int limit)
    {
        var items = sequence.Cast<object?>().Take(limit + 1).ToList();
        int? total = items.Count <= limit ? items.Count : (sequence as ICollection)?.Count;
        if (items.Count > limit) items.RemoveAt(limit);
        var type = ElementType(items);
        if (type is null || IsScalar(type)) return new TableData([""], items.ConvertAll(item => new[] { ValueText.Of(item) }), total, [type is not null && IsNumeric(type)]);
        var columns = RecordColumns.Of(type);
        var rows = items.ConvertAll(item => columns.Select(column => item is null ? "" : ValueText.Of(column.Read(item))).ToArray());
        return new TableData([.. columns.Select(column => column.Name)], rows, total, [.. columns.Select(column => IsNumeric(column.Type))]);
    }

    // Items of several types have no common columns, and are listed one by one.
    private static Type? ElementType(List<object?> items)
    {
        var types = items.OfType<object>().Select(item => item.GetType()).Distinct().Take(2).ToArray();
        return types.Length == 1 ? types[0] : null;
    }

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type.IsPrimitive || type.IsEnum || typeof(IFormattable).IsAssignableFrom(type) || typeof(IEnumerable).IsAssignableFrom(type)
        || FormatterConvention.For(type) is not null || RecordColumns.Of(type).Count == 0
        || RecordColumns.HasOwnText(type);

    private static bool IsNumeric(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal;
}

using System.Reflection;

namespace Analys.Notebooks.Display;

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
    /// Whether a type says itself how it reads. A record's own text does not count: the compiler writes it, and it would print the
    /// values of members that refuse to be shown.
    /// </summary>
    public static bool HasOwnText(Type type)
    {
        var declared = type.GetMethod(nameof(ToString), [])!.DeclaringType;
        if (declared == typeof(object) || declared == typeof(ValueType)) return false;
        var isRecord = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;
        return !isRecord && !type.Name.Contains("AnonymousType", StringComparison.Ordinal);
    }

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

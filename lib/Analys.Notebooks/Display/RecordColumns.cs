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

using System.Data.Common;
using System.Reflection;

namespace Analys.Notebooks.Display;

/// <summary>Finds the table in a value: a reader, or anything with a method <c>CreateDataReader()</c> that gives one.</summary>
internal static class TableSource
{
    public static DbDataReader? ReaderOf(object? value)
    {
        if (value is null or DbDataReader) return value as DbDataReader;
        var method = value.GetType().GetMethod("CreateDataReader", BindingFlags.Instance | BindingFlags.Public, []);
        if (method is null || !typeof(DbDataReader).IsAssignableFrom(method.ReturnType)) return null;
        return (DbDataReader?)method.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}

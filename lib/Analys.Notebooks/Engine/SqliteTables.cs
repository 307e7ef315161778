using System.Collections;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Analys.Notebooks.Display;
using Microsoft.Data.Sqlite;

namespace Analys.Notebooks.Engine;

/// <summary>Lays any table into a SQLite database.</summary>
internal static class SqliteTables
{
    /// <summary>The table in a value: a reader, a source of one, or a sequence of records. Null if there is none.</summary>
    public static DbDataReader? ReaderOf(object? value) => TableSource.ReaderOf(value)
        ?? (value is IEnumerable sequence and not string and not byte[]? Records(sequence)?.CreateDataReader() : null);

    public static void Write(SqliteConnection connection, string name, DbDataReader reader)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).ToArray();
        using var transaction = connection.BeginTransaction();
        Drop(connection, name);
        var declared = columns.Select(i => $"{Quote(reader.GetName(i))} {Affinity(reader.GetFieldType(i))}");
        Execute(connection, $"CREATE TABLE {Quote(name)} ({string.Join(", ", declared)})");
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {Quote(name)} VALUES ({string.Join(", ", columns.Select(i => "$" + Number(i)))})";
        var parameters = Array.ConvertAll(columns, i => insert.Parameters.Add(new SqliteParameter("$" + Number(i), DBNull.Value)));
        while (reader.Read())
        {
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].Value = reader.IsDBNull(i) ? DBNull.Value : Storable(reader.GetValue(i));
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    /// <summary>The table that a query asks for in vain; null where it failed for another reason.</summary>
    public static string? MissingTable(SqliteException failure)
    {
        const string Sign = "no such table: ";
        var at = failure.Message.IndexOf(Sign, StringComparison.Ordinal);
        return at < 0 ? null : failure.Message[(at + Sign.Length)..].TrimEnd('.', '\'');
    }

    public static void Drop(SqliteConnection connection, string name) => Execute(connection, $"DROP TABLE IF EXISTS {Quote(name)}");

    /// <summary>A value as SQLite keeps it: dates as ISO text, so that they sort; everything unknown as invariant text.</summary>
    public static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        string or DBNull or byte[] or bool or long or int or short or byte or sbyte or ushort or uint or double or float => value,
        decimal number => (double)number,
        Enum or char => value.ToString()!,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment =>
            moment.ToString(moment.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        _ => ValueText.Of(value),
    };

    private static DataTable? Records(IEnumerable sequence)
    {
        var items = sequence.Cast<object?>().OfType<object>().ToList();
        if (items.Count == 0 || items.Select(item => item.GetType()).Distinct().Count() != 1) return null;
        var type = items[0].GetType();
        // A type that guards its display is not opened by its properties here either.
        if (FormatterConvention.For(type) is not null || items.Exists(Confidential.Hides)) return null;
        var columns = type.IsPrimitive || type == typeof(string)
            ? [new RecordColumns.Column("value", type, item => item)]
            : RecordColumns.Of(type);
        if (columns.Count == 0) return null;
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in columns) table.Columns.Add(column.Name, Nullable.GetUnderlyingType(column.Type) ?? column.Type);
        foreach (var item in items) table.Rows.Add([.. columns.Select(column => column.Read(item) ?? DBNull.Value)]);
        return table;
    }

    private static string Affinity(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "TEXT",
        TypeCode.Boolean or (>= TypeCode.SByte and <= TypeCode.UInt64) => "INTEGER",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "REAL",
        TypeCode.String or TypeCode.Char or TypeCode.DateTime => "TEXT",
        _ => "",
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Values that <c>#!set</c> and <c>#!share</c> have given a database, as <c>@name</c> in its SQL.</summary>
internal static partial class SqlParameters
{
    public static void Bind(SqliteCommand command, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var name in Named().Matches(command.CommandText).Select(match => match.Groups[1].Value).Distinct())
        {
            if (values.TryGetValue(name, out var value)) command.Parameters.AddWithValue("@" + name, SqliteTables.Storable(value));
        }
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Named();
}

/// <summary>
/// The results of a query as tables. A SQLite column has no type of its own, so each gets the narrowest that all its values have.
/// </summary>
internal static class SqlResults
{
    public static List<DataTable> Read(DbDataReader reader)
    {
        var tables = new List<DataTable>();
        do
        {
            if (reader.FieldCount > 0) tables.Add(ReadOne(reader));
        }
        while (reader.NextResult());
        return tables;
    }

    private static DataTable ReadOne(DbDataReader reader)
    {
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetName(i);
            // SQL allows two columns of one name; a table here does not.
            for (var copy = 2; table.Columns.Contains(name); copy++)
                name = string.Create(CultureInfo.InvariantCulture, $"{reader.GetName(i)}_{copy}");
            table.Columns.Add(name, Narrowest(rows, i));
        }
        table.BeginLoadData();
        foreach (var row in rows) table.LoadDataRow(row, fAcceptChanges: true);
        table.EndLoadData();
        return table;
    }

    private static Type Narrowest(List<object[]> rows, int column)
    {
        Type? type = null;
        foreach (var row in rows)
        {
            if (row[column] is DBNull) continue;
            var found = row[column].GetType();
            if (type is null || type == found) type = found;
            else if (IsNumber(type) && IsNumber(found)) type = typeof(double);
            else return typeof(object);
        }
        return type ?? typeof(string);
    }

    private static bool IsNumber(Type type) => type == typeof(long) || type == typeof(double);
}

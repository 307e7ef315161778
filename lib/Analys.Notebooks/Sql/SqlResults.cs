using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Analys.Notebooks.Sql;

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
            for (var copy = 2; table.Columns.Contains(name); copy++) name = string.Create(CultureInfo.InvariantCulture, $"{reader.GetName(i)}_{copy}");
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

using System.Data.Common;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Database.Sql;

/// <summary>Writes validated and screened rows into a new table: COPY on PostgreSQL, an appender on DuckDB, inserts elsewhere, all in one
/// transaction.</summary>
/// <remarks>A dash of months or counts is written as 0, as the measures read it; every other mark as null.</remarks>
internal static class TableLoader
{
    /// <summary>Loads a CSV file of any size.</summary>
    /// <param name="stream">The file; a finding anywhere in it leaves the database as it was.</param>
    /// <param name="connection">An open connection.</param>
    /// <param name="dialect">What the engine writes differently.</param>
    /// <param name="table">The new table.</param>
    /// <param name="cancel">Stops the work; the database is then as it was.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ExtractRejectedException">The file does not satisfy its schema, or holds identifiers.</exception>
    public static long Load(ExtractStream stream, DbConnection connection, SqlDialect dialect, string table,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Load(stream.Select(chunk => chunk.Columns), connection, dialect, table, cancel);
    }

    /// <summary>Loads an extract.</summary>
    /// <param name="extract">The extract.</param>
    /// <param name="connection">An open connection.</param>
    /// <param name="dialect">What the engine writes differently.</param>
    /// <param name="table">The new table.</param>
    /// <param name="cancel">Stops the work; the database is then as it was.</param>
    /// <returns>The number of rows.</returns>
    public static long Load(Extract extract, DbConnection connection, SqlDialect dialect, string table, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(extract);
        return Load([extract.Columns], connection, dialect, table, cancel);
    }

    private static long Load(IEnumerable<IReadOnlyList<Column>> chunks, DbConnection connection, SqlDialect dialect, string table,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(dialect);
        using var transaction = connection.BeginTransaction();
        var rows = 0L;
        var created = false;
        foreach (var columns in chunks)
        {
            if (!created) Create(connection, transaction, dialect, table, columns);
            created = true;
            dialect.Write(connection, transaction, table, columns, cancel);
            rows += columns.Count == 0 ? 0 : columns[0].Count;
        }

        transaction.Commit();
        return rows;
    }

    private static void Create(DbConnection connection, DbTransaction transaction, SqlDialect dialect, string table,
        IReadOnlyList<Column> columns)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"create table {dialect.QuoteTable(table)} "
                + $"({string.Join(", ", columns.Select(column => $"{dialect.Quote(column.Name)} {dialect.TypeOf(column.Field)}"))})";
        command.ExecuteNonQuery();
    }

    /// <summary>Writes rows one by one, for engines that have no better way.</summary>
    public static void Insert(DbConnection connection, DbTransaction transaction, SqlDialect dialect, string table,
        IReadOnlyList<Column> columns, CancellationToken cancel)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var names = columns.Select((_, i) => dialect.Mark(i)).ToArray();
        command.CommandText = $"insert into {dialect.QuoteTable(table)} values ({string.Join(", ", names)})";
        var parameters = names.Select((_, i) =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = dialect.ParameterName(i);
            command.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        for (var row = 0; row < columns[0].Count; row++)
        {
            if ((row & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = Value(columns[i], row) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The value of a cell, a whole number as such; null where it is missing or withheld.</summary>
    public static object? Value(Column column, int row) => column switch
    {
        TextColumn text => text.Codes[row] < 0 ? null : text.Categories[text.Codes[row]],
        NumberColumn number => Number(number, row) is not { } value ? null : IsWhole(column) ? (long)value : value,
        _ => null,
    };

    /// <summary>The number of a cell; null where it is missing or withheld.</summary>
    public static double? Number(NumberColumn column, int row) => column.MarkAt(row) switch
    {
        Mark.None => column.Values[row],
        Mark.Nil when column.Field.Role is Role.IncomeSupportMonths or Role.Count or Role.Total or Role.Group => 0,
        _ => null,
    };

    /// <summary>Whether a column holds whole numbers.</summary>
    public static bool IsWhole(Column column) => column.Field.Type is FieldType.Integer or FieldType.Year or FieldType.Boolean;
}

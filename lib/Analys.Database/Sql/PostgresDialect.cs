using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Analys.Database.Sql;

/// <summary>PostgreSQL, and what speaks its protocol: Citus, Greenplum, YugabyteDB.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private const int LongestName = 63;

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override string Real => "double precision";

    /// <inheritdoc/>
    public override int MostParameters => 60_000;

    /// <inheritdoc/>
    /// <exception cref="SourceException">The name is longer than PostgreSQL keeps: it would be cut, and could then be
    /// another's.</exception>
    public override string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? base.Quote(name)
            : throw new SourceException($"The name of a table or column is longer than the {LongestName} bytes that PostgreSQL keeps.");
    }

    /// <inheritdoc/>
    public override IEnumerable<string> ReadOnly(TimeSpan timeout) =>
    [
        "set transaction read only",
        string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {(long)timeout.TotalMilliseconds}"),
        // A client that was killed is noticed after ten seconds; servers before version 14 do not have it.
        "select set_config(name, '10000', true) from pg_settings where name = 'client_connection_check_interval'",
        "set local enable_partitionwise_aggregate = on",
        "set local enable_partitionwise_join = on",
        "set local jit = off",
        // Households are added up in memory, not in files on disk.
        "set local work_mem = '256MB'",
    ];

    /// <inheritdoc/>
    public override int Fineness(int domains) => Math.Clamp(20_000 / Math.Max(1, domains), 63, 4_000);

    // The engine's own search in a sorted array. It counts thresholds at or below the income, so each pivot is its next greater neighbour.
    internal override string Bin(Statement statement, string income, double[] pivots) =>
        $"width_bucket({income}, cast({statement.Parameter(Array.ConvertAll(pivots, Math.BitIncrement))} as double precision[]))";

    /// <summary>The column of a table partitioned by list: partitions compute an aggregate whole only where it is divided by it.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    public override string? PartitionKey(DbConnection connection, DbTransaction transaction, string table)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Ask(connection, transaction, """
            select a.attname::text from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
            where p.partrelid = to_regclass(@p0) and p.partstrat = 'l' and p.partnatts = 1
            """, QuoteTable(table));
    }

    /// <summary>The cluster by its own number where it may be asked, the database, and the table with its schema.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    public override IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var name =
            Ask(connection, transaction,
                "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = "
                    + "to_regclass(@p0)", QuoteTable(table));
        var mayAsk = Ask(connection, transaction,
            "select 'yes' where has_function_privilege('pg_control_system()', 'execute') and @p0 <> ''", table);
        var server = mayAsk is null
            ? null : Ask(connection, transaction, "select system_identifier::text from pg_control_system() where @p0 <> ''", table);
        return [server ?? connection.DataSource, connection.Database, name ?? table];
    }

    private static string? Ask(DbConnection connection, DbTransaction? transaction, string question, string value)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = question;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@p0", value);
        command.Parameters.Add(parameter);
        return command.ExecuteScalar() as string;
    }
}

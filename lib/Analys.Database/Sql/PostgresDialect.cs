using System.Data.Common;
using System.Globalization;

namespace Analys.Database.Sql;

/// <summary>PostgreSQL, and what speaks its protocol: Citus, Greenplum, YugabyteDB.</summary>
public sealed class PostgresDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override string Real => "double precision";

    /// <inheritdoc/>
    public override int MostParameters => 60_000;

    /// <inheritdoc/>
    public override IEnumerable<string> ReadOnly(TimeSpan timeout) =>
    [
        "set transaction read only",
        string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {(long)timeout.TotalMilliseconds}"),
        "set local enable_partitionwise_aggregate = on",
        "set local enable_partitionwise_join = on",
        "set local jit = off",
    ];

    /// <inheritdoc/>
    public override int Fineness(int domains) => Math.Clamp(20_000 / Math.Max(1, domains), 63, 1_500);

    // The engine's own search in a sorted array. It counts thresholds at or below the income, so each pivot is its next greater neighbour.
    internal override string Bin(Statement statement, string income, double[] pivots) =>
        $"width_bucket({income}, cast({statement.Parameter(Array.ConvertAll(pivots, Math.BitIncrement))} as double precision[]))";

    /// <summary>The column of a table partitioned by list: partitions compute an aggregate whole only where it is divided by it.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    public override string? PartitionKey(DbConnection connection, DbTransaction transaction, string table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            select a.attname from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
            where p.partrelid = to_regclass(@p0) and p.partstrat = 'l' and p.partnatts = 1
            """;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@p0", QuoteTable(table));
        command.Parameters.Add(parameter);
        return command.ExecuteScalar() as string;
    }
}

using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Analys.Load;
using Npgsql;
using NpgsqlTypes;

namespace Analys.Database.Sql;

/// <summary>PostgreSQL, and what speaks its protocol: Citus, Greenplum, YugabyteDB.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private const int LongestName = 63;
    private const string Password = "the user or password is not accepted; see PGPASSWORD, PGPASSFILE or ~/.pgpass";

    /// <inheritdoc/>
    public override string Name => "postgres";

    internal override bool HasFilter => true;

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
    /// <param name="address">What the connection was opened by; null where it was opened elsewhere.</param>
    public override IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table,
        string? address)
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

    /// <summary>A second connection on the first one's exported snapshot: a statement that adds up by household runs on one core, and the
    /// whole and its parts are such statements. Not where tables stand on other servers: those have snapshots of their own.</summary>
    /// <param name="connection">The first connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="timeout">The longest time of a statement.</param>
    public override DbTransaction? Beside(DbConnection connection, DbTransaction transaction, TimeSpan timeout)
    {
        if (connection is not NpgsqlConnection first) return null;
        var mayShare = Ask(connection, transaction, """
            select 'yes' where not pg_is_in_recovery() and not exists (select 1 from pg_foreign_table)
              and not exists (select 1 from pg_extension where extname = 'citus') and @p0 <> ''
            """, Name);
        if (mayShare is null || Ask(connection, transaction, "select pg_export_snapshot() where @p0 <> ''", Name) is not { } snapshot
            || snapshot.Any(c => !char.IsAsciiHexDigit(c) && c != '-')) return null;
        NpgsqlConnection? second = null;
        try
        {
            second = first.CloneWith(first.ConnectionString);
            second.Open();
            var own = second.BeginTransaction(Isolation);
            // A name of the server's own making, looked at above: the statement takes no parameter.
            foreach (var text in (string[])[$"set transaction snapshot '{snapshot}'", .. ReadOnly(timeout)])
            {
                using var command = second.CreateCommand();
                (command.Transaction, command.CommandText) = (own, text);
                command.ExecuteNonQuery();
            }

            return own;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // No connection is left, or another server answered: one is enough.
            second?.Dispose();
            return null;
        }
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

    /// <inheritdoc/>
    public override IReadOnlyList<string> Prefixes => ["postgres", "postgresql"];

    /// <inheritdoc/>
    public override DbConnection Connect(string address, bool readOnly)
    {
        var connection = new NpgsqlConnection(address);
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public override string Complete(string address)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(address);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new SourceException("The address is not written postgres:Host=NAME;Database=NAME;Username=NAME.");
        }

        if (!string.IsNullOrEmpty(builder.Password))
            throw new SourceException("An address holds no password: use PGPASSWORD, PGPASSFILE or ~/.pgpass.");
        foreach (var (name, value) in Services.Read(Environment.GetEnvironmentVariable("PGSERVICE"))) Fill(name, value);
        Fill("host", Environment.GetEnvironmentVariable("PGHOST"));
        Fill("port", Environment.GetEnvironmentVariable("PGPORT"));
        Fill("dbname", Environment.GetEnvironmentVariable("PGDATABASE"));
        if (string.IsNullOrEmpty(builder.Host))
            throw new SourceException("The address names no server: write postgres:Host=NAME, or set PGHOST or PGSERVICE.");
        builder.ApplicationName ??= "analys";
        builder.IncludeErrorDetail = false;
        return builder.ToString();

        void Fill(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            switch (name)
            {
                case "host" when string.IsNullOrEmpty(builder.Host): builder.Host = value; break;
                case "port" when !address.Contains("port", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value, out var port):
                    builder.Port = port; break;
                case "dbname" when string.IsNullOrEmpty(builder.Database): builder.Database = value; break;
                case "user" when string.IsNullOrEmpty(builder.Username): builder.Username = value; break;
                case "password": builder.Password = value; break;
            }
        }
    }

    /// <inheritdoc/>
    public override string? Told(Exception refusal) => refusal switch
    {
        PostgresException { SqlState: var state } => Refusal.Told(state, Meaning(state)),
        NpgsqlException { InnerException: SocketException } => "The database server does not answer.",
        NpgsqlException { InnerException: TimeoutException } => "The database server does not answer in time.",
        NpgsqlException { InnerException: IOException } => "The connection to the database server was lost.",
        // The driver says so only in words.
        NpgsqlException e when e.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            $"The database server wants a password: {Password}.",
        _ => null,
    };

    /// <inheritdoc/>
    internal override void Write(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<Column> columns,
        CancellationToken cancel)
    {
        if (connection is NpgsqlConnection own) Copy(own, table, columns, cancel);
        else base.Write(connection, transaction, table, columns, cancel);
    }

    private void Copy(NpgsqlConnection connection, string table, IReadOnlyList<Column> columns,
        CancellationToken cancel)
    {
        using var writer =
            connection.BeginBinaryImport(
                $"copy {QuoteTable(table)} ({string.Join(", ", columns.Select(column => Quote(column.Name)))}) from stdin "
                    + "(format binary)");
        for (var row = 0; row < columns[0].Count; row++)
        {
            if ((row & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            writer.StartRow();
            foreach (var column in columns) Write(writer, column, row);
        }

        writer.Complete();
    }

    private static void Write(NpgsqlBinaryImporter writer, Column column, int row)
    {
        switch (column)
        {
            case TextColumn text when text.Codes[row] >= 0:
                writer.Write(text.Categories[text.Codes[row]], NpgsqlDbType.Text);
                break;
            case NumberColumn number when TableLoader.Number(number, row) is { } value:
                if (TableLoader.IsWhole(column)) writer.Write((long)value, NpgsqlDbType.Bigint);
                else writer.Write(value, NpgsqlDbType.Double);
                break;
            default:
                writer.WriteNull();
                break;
        }
    }

    private static string? Meaning(string state) => state switch
    {
        "28P01" or "28000" => Password,
        "3D000" => "there is no such database",
        "42P01" or "3F000" => "there is no such table",
        "42P07" => "the table is there already",
        "42703" => "there is no such column",
        "42501" => "the user may not do that",
        "22P02" or "42846" => "a column holds text where numbers are asked for",
        "57014" => Refusal.Stopped,
        "57P01" or "57P02" or "57P03" => "the server is stopping or starting",
        "53300" => "the server has no connection left",
        _ => null,
    };
}

/// <summary>Reads a section of PostgreSQL's connection service file.</summary>
internal static class Services
{
    /// <summary>The keys and values of a service; none where no service is named.</summary>
    public static IEnumerable<(string Name, string Value)> Read(string? service)
    {
        if (string.IsNullOrEmpty(service)) yield break;
        var path = Environment.GetEnvironmentVariable("PGSERVICEFILE")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pg_service.conf");
        if (!File.Exists(path)) throw new SourceException("PGSERVICE is set, but there is no service file.");
        var inside = false;
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('[')) inside = line == $"[{service}]";
            else if (inside && !line.StartsWith('#') && line.Split('=', 2) is [var name, var value])
                yield return (name.Trim(), value.Trim());
        }
    }
}

using System.Data.Common;
using Analys.Database.Contract;
using Analys.Database.Counts;
using Analys.Database.Rows;
using Analys.Load;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Analys.Database.Sql;

/// <summary>Where persons are: <c>postgres:Host=...;Database=...</c>, <c>sqlite:FILE.db</c>, or a CSV file that is streamed.</summary>
/// <remarks>
/// Credentials come from the usual places of the driver: <c>PGPASSWORD</c>, <c>PGPASSFILE</c> or <c>~/.pgpass</c>, certificates. An address that holds a password is
/// refused, because command lines are seen by others and stand in logs. <c>PGHOST</c>, <c>PGPORT</c>, <c>PGDATABASE</c> and <c>PGSERVICE</c> fill in what an
/// address leaves out.
/// </remarks>
public sealed class SourceAddress
{
    private readonly string rest;

    private SourceAddress(string engine, string rest) => (Engine, this.rest) = (engine, rest);

    /// <summary><c>postgres</c>, <c>sqlite</c> or <c>file</c>.</summary>
    public string Engine { get; }

    /// <summary>The dialect of the engine; null for a file.</summary>
    public SqlDialect? Dialect => Engine switch { "postgres" => new PostgresDialect(), "sqlite" => new SqliteDialect(), _ => null };

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="SourceException">It cannot be used; the message does not repeat it.</exception>
    public static SourceAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var engine in (string[])["postgres", "postgresql", "sqlite"])
        {
            if (!text.StartsWith(engine + ":", StringComparison.Ordinal)) continue;
            var rest = text[(engine.Length + 1)..];
            return engine == "sqlite" ? new SourceAddress("sqlite", rest) : new SourceAddress("postgres", Postgres(rest));
        }

        return text.StartsWith("sqlserver:", StringComparison.Ordinal)
            ? throw new SourceException("The command has no driver for SQL Server: give SqlSource a connection of Microsoft.Data.SqlClient in a notebook or program.")
            : new SourceAddress("file", text);
    }

    /// <summary>Opens the source of aggregates.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public IAggregateSource Open(string? table, TableSchema? schema, TimeSpan? timeout = null) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout) : RowSources.Stream(rest, schema);

    /// <summary>Opens the source of counts by unit and group.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public ICountSource OpenCounts(string? table, TableSchema? schema, TimeSpan? timeout = null) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout) : new StreamedCounts(rest, schema);

    /// <summary>Opens a connection that may write.</summary>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public DbConnection OpenForWriting() => Engine == "file" ? throw new SourceException("Rows are loaded into postgres:... or sqlite:FILE.") : Guarded(() => Connect(readOnly: false));

    /// <summary>Runs database work; what the engine says is told by its code alone, because its words may hold data.</summary>
    /// <param name="work">The work.</param>
    /// <exception cref="SourceException">The engine refused.</exception>
    public static T Guarded<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (Exception e) when (e is DbException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new SourceException(Refusal.Of(e));
        }
    }

    /// <summary>The engine only: never the address.</summary>
    public override string ToString() => Engine;

    private SqlSource Database(SqlDialect dialect, string? table, TableSchema? schema, TimeSpan? timeout) => table is null
        ? throw new SourceException("A database needs --table.")
        : Guarded(() => new SqlSource(Connect(readOnly: true), dialect, table, schema, timeout));

    private DbConnection Connect(bool readOnly)
    {
        DbConnection connection = Engine == "sqlite"
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = rest, Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString())
            : new NpgsqlConnection(rest);
        connection.Open();
        return connection;
    }

    private static string Postgres(string text)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new SourceException("The address is not written postgres:Host=NAME;Database=NAME;Username=NAME.");
        }

        if (!string.IsNullOrEmpty(builder.Password)) throw new SourceException("An address holds no password: use PGPASSWORD, PGPASSFILE or ~/.pgpass.");
        foreach (var (name, value) in Services.Read(Environment.GetEnvironmentVariable("PGSERVICE"))) Fill(name, value);
        Fill("host", Environment.GetEnvironmentVariable("PGHOST"));
        Fill("port", Environment.GetEnvironmentVariable("PGPORT"));
        Fill("dbname", Environment.GetEnvironmentVariable("PGDATABASE"));
        if (string.IsNullOrEmpty(builder.Host)) throw new SourceException("The address names no server: write postgres:Host=NAME, or set PGHOST or PGSERVICE.");
        builder.ApplicationName ??= "analys";
        builder.IncludeErrorDetail = false;
        return builder.ToString();

        void Fill(string name, string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            switch (name)
            {
                case "host" when string.IsNullOrEmpty(builder.Host): builder.Host = value; break;
                case "port" when !text.Contains("port", StringComparison.OrdinalIgnoreCase) && int.TryParse(value, out var port): builder.Port = port; break;
                case "dbname" when string.IsNullOrEmpty(builder.Database): builder.Database = value; break;
                case "user" when string.IsNullOrEmpty(builder.Username): builder.Username = value; break;
                case "password": builder.Password = value; break;
            }
        }
    }
}

/// <summary>A database cannot be used; the message holds neither its address nor its data.</summary>
/// <param name="message">Why.</param>
public sealed class SourceException(string message) : Exception(message);

using System.Data.Common;
using System.Net.Sockets;
using Analys.Database.Rows;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Analys.Database.Sql;

/// <summary>Where persons are: <c>postgres:Host=...;Database=...</c>, <c>sqlite:FILE.db</c>, or a CSV file that is streamed.</summary>
/// <remarks>
/// Credentials come from the usual places of the driver: <c>PGPASSWORD</c>, <c>PGPASSFILE</c> or <c>~/.pgpass</c>, certificates. An address
/// that holds a password is refused, because command lines are seen by others and stand in logs. <c>PGHOST</c>, <c>PGPORT</c>,
/// <c>PGDATABASE</c> and <c>PGSERVICE</c> fill in what an address leaves out.
/// </remarks>
internal sealed class SourceAddress
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
            ? throw new SourceException(
                "The command has no driver for SQL Server: give SqlSource a connection of Microsoft.Data.SqlClient in a notebook or "
                    + "program.")
            : new SourceAddress("file", text);
    }

    /// <summary>Opens the source of aggregates.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public IAggregateSource Open(string? table, TableSchema? schema, TimeSpan? timeout = null) => Open(table, schema, timeout, null);

    /// <summary>Opens the source of aggregates of some of its rows, chosen when its columns are known.</summary>
    internal IAggregateSource Open(string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout, rows) : RowSources.Stream(rest, schema, RowSource.MostEntries, rows);

    /// <summary>Opens the source of counts by unit and group.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public ICountSource OpenCounts(string? table, TableSchema? schema, TimeSpan? timeout = null) => OpenCounts(table, schema, timeout, null);

    /// <summary>Opens the source of counts of some of its rows, chosen when its columns are known.</summary>
    internal ICountSource OpenCounts(string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout, rows) : new StreamedCounts(rest, schema, rows);

    /// <summary>Opens a connection that may write.</summary>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public DbConnection OpenForWriting() => Engine == "file"
        ? throw new SourceException("Rows are loaded into postgres:... or sqlite:FILE.") : Guarded(() => Connect(readOnly: false));

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

    private SqlSource Database(SqlDialect dialect, string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows) => table is null
        ? throw new SourceException("A database needs --table.")
        : Guarded(() =>
        {
            var source = new SqlSource(Connect(readOnly: true), dialect, table, schema, timeout);
            if (rows?.Invoke(source.Description.Schema) is { } choice) source.Choose(choice);
            return source;
        });

    private DbConnection Connect(bool readOnly)
    {
        DbConnection connection = Engine == "sqlite"
            ? new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = rest,
                Mode = readOnly ? SqliteOpenMode.ReadOnly
                : SqliteOpenMode.ReadWriteCreate,
                Pooling = false
            }.ToString())
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
                case "port" when !text.Contains("port", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value, out var port):
                    builder.Port = port; break;
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

/// <summary>What a database's refusal is told as: its code and what that means, never its words, which may hold data, names of users or
/// addresses.</summary>
internal static class Refusal
{
    private const string Password = "the user or password is not accepted; see PGPASSWORD, PGPASSFILE or ~/.pgpass";
    private const string Stopped = "a statement ran too long or was stopped; see --timeout";

    public static string Of(Exception refusal) => refusal switch
    {
        DbException { SqlState: { Length: > 0 } state } => Told(state, Meaning(state)),
        SqliteException e => Told($"SQLite {e.SqliteErrorCode}", Meaning(e)),
        SocketException or NpgsqlException { InnerException: SocketException } => "The database server does not answer.",
        TimeoutException or NpgsqlException { InnerException: TimeoutException } => "The database server does not answer in time.",
        NpgsqlException { InnerException: IOException } => "The connection to the database server was lost.",
        // The driver says so only in words.
        NpgsqlException e when e.Message.Contains("password", StringComparison.OrdinalIgnoreCase) =>
            $"The database server wants a password: {Password}.",
        _ => Told(refusal.InnerException?.GetType().Name ?? refusal.GetType().Name, null),
    };

    private static string Told(string code, string? meaning) => $"The database refused ({code}){(meaning is null ? "" : ": " + meaning)}.";

    private static string? Meaning(string state) => state switch
    {
        "28P01" or "28000" => Password,
        "3D000" => "there is no such database",
        "42P01" or "3F000" => "there is no such table",
        "42P07" => "the table is there already",
        "42703" => "there is no such column",
        "42501" => "the user may not do that",
        "22P02" or "42846" => "a column holds text where numbers are asked for",
        "57014" => Stopped,
        "57P01" or "57P02" or "57P03" => "the server is stopping or starting",
        "53300" => "the server has no connection left",
        _ => null,
    };

    private static string? Meaning(SqliteException e) => e.SqliteErrorCode switch
    {
        1 when e.Message.Contains("no such table", StringComparison.Ordinal) => "there is no such table",
        1 when e.Message.Contains("no such column", StringComparison.Ordinal) => "there is no such column",
        1 when e.Message.Contains("already exists", StringComparison.Ordinal) => "the table is there already",
        5 or 6 => "another program is writing",
        8 => "the file may not be written",
        9 => Stopped,
        11 or 26 => "the file is no database, or damaged",
        14 => "there is no such file, or it cannot be opened",
        _ => null,
    };
}

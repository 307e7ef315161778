using System.Data.Common;
using System.Net.Sockets;
using Analys.Database.Rows;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>Where persons are: an engine and what it is reached by, as in <c>sqlite:FILE.db</c>, or a file that is streamed.</summary>
/// <remarks>
/// Credentials come from the usual places of the driver: <c>PGPASSWORD</c>, <c>PGPASSFILE</c> or <c>~/.pgpass</c>, certificates. An address
/// that holds a password is refused, because command lines are seen by others and stand in logs. <c>PGHOST</c>, <c>PGPORT</c>,
/// <c>PGDATABASE</c> and <c>PGSERVICE</c> fill in what an address leaves out.
/// </remarks>
internal sealed class SourceAddress
{
    private readonly string rest;

    private SourceAddress(SqlDialect? dialect, string rest) => (Dialect, this.rest) = (dialect, rest);

    /// <summary>The engine; null for a file that is streamed.</summary>
    public SqlDialect? Dialect { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="SourceException">It cannot be used; the message does not repeat it.</exception>
    public static SourceAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Engines.Find(text[..colon]) is { } engine) return new SourceAddress(engine, engine.Complete(text[(colon + 1)..]));
        return Engines.OfFile(text) is { } reader ? new SourceAddress(reader, reader.Complete(text)) : new SourceAddress(null, text);
    }

    /// <summary>Opens the source of aggregates.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public IAggregateSource Open(string? table, TableSchema? schema, TimeSpan? timeout = null) => Open(table, schema, timeout, null);

    /// <summary>Opens the source of aggregates of some of its rows, chosen when its columns are known.</summary>
    internal IAggregateSource Open(string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout, rows) : RowSources.Stream(rest, schema, RowSource.MostEntries,
            rows);

    /// <summary>Opens the source of counts by unit and group.</summary>
    /// <param name="table">The table or view; null only for a file.</param>
    /// <param name="schema">The columns with their roles; null to find or infer them.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public ICountSource OpenCounts(string? table, TableSchema? schema, TimeSpan? timeout = null) => OpenCounts(table, schema, timeout,
        null);

    /// <summary>Opens the source of counts of some of its rows, chosen when its columns are known.</summary>
    internal ICountSource OpenCounts(string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows) =>
        Dialect is { } dialect ? Database(dialect, table, schema, timeout, rows) : new StreamedCounts(rest, schema, rows);

    /// <summary>Opens a connection that may write.</summary>
    /// <exception cref="SourceException">It cannot be opened.</exception>
    public DbConnection OpenForWriting() => Dialect is { } dialect ? Guarded(() => dialect.Connect(rest, readOnly: false))
        : throw new SourceException($"Rows are loaded into a database: {Engines.Examples}.");

    /// <summary>The hash that tells a table from others, its rows left out of account.</summary>
    /// <param name="connection">A connection that was opened here.</param>
    /// <param name="table">The table.</param>
    public string HashOf(DbConnection connection, string table) => Dialect!.HashOf(connection, null, table, rest);

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
    public override string ToString() => Dialect?.Name ?? "file";

    private SqlSource Database(SqlDialect dialect, string? table, TableSchema? schema, TimeSpan? timeout, Func<TableSchema,
        RowChoice>? rows)
    {
        if (dialect.IsText(rest)) return Loaded(dialect, schema, timeout, rows);
        var name = table ?? dialect.TableOf(rest) ?? throw new SourceException("A database needs --table.");
        return Guarded(() => Chosen(new SqlSource(dialect.Connect(rest, readOnly: true), dialect, name, schema, timeout, rest), rows));
    }

    // A file of text is read, checked and screened by our own reader once; the engine then answers every round.
    private SqlSource Loaded(SqlDialect dialect, TableSchema? schema, TimeSpan? timeout, Func<TableSchema, RowChoice>? rows)
    {
        var stream = ExtractStream.Open(rest, schema);
        return Guarded(() =>
        {
            var connection = dialect.Connect(rest, readOnly: false);
            var table = dialect.TableOf(rest)!;
            TableLoader.Load(stream, connection, dialect, table);
            return Chosen(new SqlSource(connection, dialect, table, stream.Schema, timeout, rest), rows);
        });
    }

    private static SqlSource Chosen(SqlSource source, Func<TableSchema, RowChoice>? rows)
    {
        if (rows?.Invoke(source.Description.Schema) is { } choice) source.Choose(choice);
        return source;
    }
}

/// <summary>A database cannot be used; the message holds neither its address nor its data.</summary>
/// <param name="message">Why.</param>
public sealed class SourceException(string message) : Exception(message);

/// <summary>What a database's refusal is told as: its code and what that means, never its words, which may hold data, names of users or
/// addresses.</summary>
internal static class Refusal
{
    public const string Stopped = "a statement ran too long or was stopped; see --timeout";

    public static string Of(Exception refusal) => Engines.Loaded.Select(engine => engine.Told(refusal))
        .FirstOrDefault(told => told is not null)
        ?? refusal switch
        {
            SocketException => "The database server does not answer.",
            TimeoutException => "The database server does not answer in time.",
            _ => Told(refusal.InnerException?.GetType().Name ?? refusal.GetType().Name, null),
        };

    public static string Told(string code, string? meaning) => $"The database refused ({code}){(meaning is null ? "" : ": " + meaning)}.";
}

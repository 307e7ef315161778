using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Analys.Database.Sql;

/// <summary>SQLite, embedded.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "sqlite";

    internal override bool HasFilter => true;

    /// <inheritdoc/>
    public override string Real => "real";

    /// <inheritdoc/>
    public override string Whole => "integer";

    /// <inheritdoc/>
    public override int MostParameters => 30_000;

    /// <inheritdoc/>
    public override IsolationLevel Isolation => IsolationLevel.Serializable;

    /// <inheritdoc/>
    public override IEnumerable<string> ReadOnly(TimeSpan timeout) => ["pragma query_only = on"];

    /// <summary>Begins a transaction that takes no lock before it reads.</summary>
    /// <param name="connection">The open connection.</param>
    public override DbTransaction Begin(DbConnection connection) =>
        connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : base.Begin(connection);

    /// <summary>The file, by its whole path, and the table: names of SQLite do not tell capitals from small letters.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="address">What the connection was opened by; null where it was opened elsewhere.</param>
    public override IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table,
        string? address)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(table);
        var name = table.StartsWith("main.", StringComparison.OrdinalIgnoreCase) ? table["main.".Length..] : table;
        return [File.Exists(connection.DataSource) ? Path.GetFullPath(connection.DataSource)
            : connection.DataSource, name.ToUpperInvariant()];
    }

    /// <summary>Asks between steps of the statement whether to go on: the driver's own Cancel does nothing, and its timeout is about locks
    /// only.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="timeout">The longest time of a statement.</param>
    /// <param name="cancel">Stops the work.</param>
    public override IDisposable Watch(DbCommand command, TimeSpan timeout, CancellationToken cancel)
    {
        if (command is not SqliteCommand { Connection.Handle: { } handle }) return base.Watch(command, timeout, cancel);
        var started = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(handle, StepsBetween, _ => cancel.IsCancellationRequested
            || Stopwatch.GetElapsedTime(started) > timeout ? 1 : 0, null);
        return new Watched(handle);
    }

    private const int StepsBetween = 10_000;

    private sealed class Watched(sqlite3 handle) : IDisposable
    {
        public void Dispose() => raw.sqlite3_progress_handler(handle, 0, null, null);
    }

    /// <summary>Adds the functions that a build of SQLite may lack.</summary>
    /// <param name="connection">The connection.</param>
    public override void Prepare(DbConnection connection)
    {
        if (connection is not SqliteConnection sqlite) return;
        sqlite.CreateFunction("ln", (double? x) => x is > 0 ? Math.Log(x.Value) : (double?)null, isDeterministic: true);
        sqlite.CreateFunction("exp", (double? x) => x is { } a ? Math.Exp(a) : (double?)null, isDeterministic: true);
        sqlite.CreateFunction("power", (double? x, double? y) => x is { } a && y is { } b ? Math.Pow(a, b)
            : (double?)null, isDeterministic: true);
    }

    /// <inheritdoc/>
    public override DbConnection Connect(string address, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = address,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public override string? Told(Exception refusal) =>
        refusal is SqliteException e ? Refusal.Told($"SQLite {e.SqliteErrorCode}", Meaning(e)) : null;

    private static string? Meaning(SqliteException e) => e.SqliteErrorCode switch
    {
        1 when e.Message.Contains("no such table", StringComparison.Ordinal) => "there is no such table",
        1 when e.Message.Contains("no such column", StringComparison.Ordinal) => "there is no such column",
        1 when e.Message.Contains("already exists", StringComparison.Ordinal) => "the table is there already",
        5 or 6 => "another program is writing",
        8 => "the file may not be written",
        9 => Refusal.Stopped,
        11 or 26 => "the file is no database, or damaged",
        14 => "there is no such file, or it cannot be opened",
        _ => null,
    };
}

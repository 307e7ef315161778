using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Analys.Database.Sql;

/// <summary>SQLite, embedded.</summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "sqlite";

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
    public override IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(table);
        var name = table.StartsWith("main.", StringComparison.OrdinalIgnoreCase) ? table["main.".Length..] : table;
        return [File.Exists(connection.DataSource) ? Path.GetFullPath(connection.DataSource) : connection.DataSource, name.ToUpperInvariant()];
    }

    /// <summary>Adds the functions that a build of SQLite may lack.</summary>
    /// <param name="connection">The connection.</param>
    public override void Prepare(DbConnection connection)
    {
        if (connection is not SqliteConnection sqlite) return;
        sqlite.CreateFunction("ln", (double? x) => x is > 0 ? Math.Log(x.Value) : (double?)null, isDeterministic: true);
        sqlite.CreateFunction("exp", (double? x) => x is { } a ? Math.Exp(a) : (double?)null, isDeterministic: true);
        sqlite.CreateFunction("power", (double? x, double? y) => x is { } a && y is { } b ? Math.Pow(a, b) : (double?)null, isDeterministic: true);
    }
}

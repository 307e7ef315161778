using System.Data;

namespace Analys.Database.Sql;

/// <summary>SQL Server, as SCB's MONA offers it. Its text is checked, but it has not been run against a server.</summary>
/// <remarks>
/// SQL Server has no read-only transaction: give the login no right but SELECT, and say <c>ApplicationIntent=ReadOnly</c>. The snapshot
/// isolation that keeps all rounds at the same rows must be allowed in the database (<c>ALLOW_SNAPSHOT_ISOLATION</c>).
/// </remarks>
internal sealed class SqlServerDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Name => "sqlserver";

    /// <inheritdoc/>
    public override string Real => "float";

    /// <inheritdoc/>
    public override string Text => "nvarchar(400)";

    /// <inheritdoc/>
    public override int MostParameters => 2_000;

    /// <inheritdoc/>
    public override string Logarithm => "log";

    /// <inheritdoc/>
    public override IsolationLevel Isolation => IsolationLevel.Snapshot;

    /// <inheritdoc/>
    public override string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new SourceException("The name of a table or column holds a null character.");
        return $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";
    }

    /// <inheritdoc/>
    public override IEnumerable<string> ReadOnly(TimeSpan timeout) => ["set nocount on"];
}

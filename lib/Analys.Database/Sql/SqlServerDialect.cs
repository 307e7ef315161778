using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Analys.Database.Sql;

/// <summary>SQL Server, as SCB's MONA offers it. Its text is checked, but it has not been run against a server.</summary>
/// <remarks>
/// SQL Server has no read-only transaction: give the login no right but SELECT. The snapshot isolation that keeps all rounds at the same
/// rows must be allowed in the database (<c>ALLOW_SNAPSHOT_ISOLATION</c>). A connection is encrypted unless the address says otherwise.
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

    /// <summary>Without a user the account of Windows or Kerberos is meant; <c>SQLCMDPASSWORD</c>, <c>SQLCMDUSER</c>,
    /// <c>SQLCMDSERVER</c> and <c>SQLCMDDBNAME</c> fill in what the address leaves out, as they do for Microsoft's own command.</summary>
    /// <param name="address">What the caller wrote.</param>
    public override string Complete(string address)
    {
        SqlConnectionStringBuilder builder;
        try
        {
            builder = new SqlConnectionStringBuilder(address);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new SourceException("The address is not written sqlserver:Server=NAME;Database=NAME.");
        }

        if (builder.Password.Length > 0) throw new SourceException("An address holds no password: use SQLCMDPASSWORD.");
        if (builder.DataSource.Length == 0) builder.DataSource = Environment.GetEnvironmentVariable("SQLCMDSERVER") ?? "";
        if (builder.InitialCatalog.Length == 0) builder.InitialCatalog = Environment.GetEnvironmentVariable("SQLCMDDBNAME") ?? "";
        if (builder.UserID.Length == 0) builder.UserID = Environment.GetEnvironmentVariable("SQLCMDUSER") ?? "";
        if (builder.DataSource.Length == 0)
            throw new SourceException("The address names no server: write sqlserver:Server=NAME, or set SQLCMDSERVER.");
        if (builder.UserID.Length == 0) builder.IntegratedSecurity = true;
        else builder.Password = Environment.GetEnvironmentVariable("SQLCMDPASSWORD") ?? "";
        if (!address.Contains("encrypt", StringComparison.OrdinalIgnoreCase)) builder.Encrypt = SqlConnectionEncryptOption.Mandatory;
        if (!address.Contains("application", StringComparison.OrdinalIgnoreCase)) builder.ApplicationName = "analys";
        return builder.ToString();
    }

    /// <inheritdoc/>
    public override DbConnection Connect(string address, bool readOnly)
    {
        var connection = new SqlConnection(new SqlConnectionStringBuilder(address)
        {
            // A copy that can only be read serves, where the server has one.
            ApplicationIntent = readOnly ? ApplicationIntent.ReadOnly : ApplicationIntent.ReadWrite,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <inheritdoc/>
    public override string? Told(Exception refusal) => refusal is SqlException e
        ? Refusal.Told($"SQL Server {e.Number}", e.Number switch
        {
            -2 => Refusal.Stopped,
            53 or 258 or 10060 or 10061 or 11001 => "the server does not answer",
            207 => "there is no such column",
            208 => "there is no such table",
            229 or 230 or 262 or 300 => "the user may not do that",
            245 or 8114 => "a column holds text where numbers are asked for",
            2714 => "the table is there already",
            3952 => "the database does not allow snapshot isolation: ALLOW_SNAPSHOT_ISOLATION ON",
            4060 => "there is no such database, or the user may not open it",
            18452 or 18456 => "the user or password is not accepted; see SQLCMDPASSWORD",
            _ => null,
        })
        : null;
}

using System.Data;
using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;
using Shown = Analys.Notebooks.Display.Formatter;

namespace Analys.Interactive;

/// <summary>
/// <c>#!sql [--name R]</c>: SQL over the variables of C# cells. <c>FROM areas</c> finds the variable <c>areas</c> if it holds a table, and
/// <c>--name</c> gives C# the result as a <see cref="DataTable"/>. What is confidential is not laid into the database.
/// </summary>
internal sealed class SqlKernel : Kernel, IKernelCommandHandler<SubmitCode>, IKernelCommandHandler<RequestValue>,
    IKernelCommandHandler<RequestValueInfos>
{
    // What --name kept, for #!share.
    private readonly Dictionary<string, DataTable> results = new(StringComparer.Ordinal);

    // Made at the first query: a machine without SQLite's native library still has the rest of the extension.
    private readonly Lazy<SqliteConnection> database;
    private readonly CSharpKernel csharp;

    public SqlKernel(string name, CSharpKernel csharp) : base(name)
    {
        this.csharp = csharp;
        KernelInfo.LanguageName = "SQL";
        KernelInfo.DisplayName = "sql - SQL over the variables of C#";
        database = new Lazy<SqliteConnection>(Open);
    }

    private SqliteConnection Open()
    {
        // A function of the native library is found at its first call, and the tool finds none any more once it ends: what closes a
        // connection is called while it can be found.
        using (var first = new SqliteConnection("Data Source=:memory:")) first.Open();
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        RegisterForDisposal(connection);
        return connection;
    }

    public override KernelSpecifierDirective KernelSpecifierDirective
    {
        get
        {
            var directive = base.KernelSpecifierDirective;
            directive.Parameters.Add(new KernelDirectiveParameter("--name", "A variable of C# for the result."));
            return directive;
        }
    }

    public async Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        List<DataTable> tables;
        try
        {
            tables = Query(command.Code);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException or TypeInitializationException)
        {
            context.Fail(command, message: failure.Message);
            return;
        }
        foreach (var table in tables) context.DisplayAs(Shown.Format(table).Data[MimeBundle.Html], MimeBundle.Html);
        if (tables.Count == 0 || !command.Parameters.TryGetValue("--name", out var name)) return;
        results[name] = tables[^1];
        await csharp.SetValueAsync(name, tables[^1], typeof(DataTable)).ConfigureAwait(false);
    }

    public Task HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        if (results.TryGetValue(command.Name, out var table))
        {
            context.Publish(new ValueProduced(table, command.Name, new FormattedValue(MimeBundle.Text, nameof(DataTable)), command));
            return Task.CompletedTask;
        }

        context.Fail(command, message: $"{command.Name} is no result of SQL: keep one with #!sql --name {command.Name}.");
        return Task.CompletedTask;
    }

    public Task HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        KernelValueInfo[] infos = [.. results.Select(result => new KernelValueInfo(
            result.Key, new FormattedValue(MimeBundle.Text, nameof(DataTable)), typeof(DataTable)))];
        context.Publish(new ValueInfosProduced(infos, command));
        return Task.CompletedTask;
    }

    private List<DataTable> Query(string sql)
    {
        // Variables may have changed since the last cell; only what a query names is laid in again.
        var borrowed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var connection = database.Value;
        foreach (var known in Tables(connection)) SqliteTables.Drop(connection, known);
        while (true)
        {
            try
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                using var reader = command.ExecuteReader();
                return SqlResults.Read(reader);
            }
            catch (SqliteException failure)
            {
                if (SqliteTables.MissingTable(failure) is not { } table || !borrowed.Add(table) || !Borrow(connection, table)) throw;
            }
        }
    }

    private static List<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        return [.. SqlResults.Read(reader)[0].Rows.Cast<DataRow>().Select(row => (string)row[0])];
    }

    private bool Borrow(SqliteConnection connection, string name)
    {
        if (!csharp.TryGetValue<object>(name, out var value) || value is null) return false;
        if (Confidential.Says(value))
            throw new InvalidOperationException($"The table '{name}' is confidential, and SQL would show its rows.");
        if (SqliteTables.ReaderOf(value) is not { } reader) return false;
        using (reader) SqliteTables.Write(connection, name, reader);
        return true;
    }
}

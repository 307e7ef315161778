using System.Data;
using Analys.Notebooks.Display;
using Analys.Notebooks.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;

namespace Analys.Interactive;

/// <summary>
/// <c>#!sql [--name R]</c>: SQL over the variables of C# cells. <c>FROM areas</c> finds the variable <c>areas</c> if it holds a table, and
/// <c>--name</c> gives C# the result as a <see cref="DataTable"/>. What is confidential is not laid into the database.
/// </summary>
internal sealed class SqlKernel : Kernel, IKernelCommandHandler<SubmitCode>
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly CSharpKernel csharp;

    public SqlKernel(string name, CSharpKernel csharp) : base(name)
    {
        this.csharp = csharp;
        KernelInfo.LanguageName = "SQL";
        KernelInfo.DisplayName = "sql - SQL over the variables of C#";
        connection.Open();
        RegisterForDisposal(connection);
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
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException)
        {
            context.Fail(command, message: failure.Message);
            return;
        }
        foreach (var table in tables) context.DisplayAs(Formatter.Format(table).Data[MimeBundle.Html], MimeBundle.Html);
        if (tables.Count > 0 && command.Parameters.TryGetValue("--name", out var name))
            await csharp.SetValueAsync(name, tables[^1], typeof(DataTable)).ConfigureAwait(false);
    }

    private List<DataTable> Query(string sql)
    {
        // Variables may have changed since the last cell; only what a query names is laid in again.
        var borrowed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var known in Tables()) SqliteTables.Drop(connection, known);
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
                if (SqliteTables.MissingTable(failure) is not { } table || !borrowed.Add(table) || !Borrow(table)) throw;
            }
        }
    }

    private List<string> Tables()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        return [.. SqlResults.Read(reader)[0].Rows.Cast<DataRow>().Select(row => (string)row[0])];
    }

    private bool Borrow(string name)
    {
        if (!csharp.TryGetValue<object>(name, out var value) || value is null) return false;
        if (Confidential.Says(value))
            throw new InvalidOperationException($"The table '{name}' is confidential, and SQL would show its rows.");
        if (SqliteTables.ReaderOf(value) is not { } reader) return false;
        using (reader) SqliteTables.Write(connection, name, reader);
        return true;
    }
}

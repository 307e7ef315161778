using System.Data;
using Analys.Notebooks.Display;
using Microsoft.Data.Sqlite;

namespace Analys.Notebooks.Engine;

/// <summary>
/// Cells of SQL over one SQLite database. Tables and values of other languages can be laid into it; a result that is given a name
/// (<c>#!sql --name r</c>) can be shared back as a <see cref="DataTable"/>.
/// </summary>
internal sealed class SqlCells : CellLanguage, IDisposable
{
    private readonly SqliteConnection connection;
    private readonly NotebookSession session;
    private readonly Dictionary<string, object?> parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DataTable> results = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> borrowed = new(StringComparer.OrdinalIgnoreCase);

    private SqlCells(string name, SqliteConnection connection, NotebookSession session)
    {
        Name = name;
        this.connection = connection;
        this.session = session;
    }

    public override string Name { get; }

    public override string Summary => Name == "sql" ? "SQL over the tables of the notebook's variables" : "SQL over a connected database";

    public override IReadOnlyList<string> Options { get; } = ["--name"];

    public override IReadOnlyList<Variable> Variables =>
    [
        .. results.Select(result => new Variable(result.Key, typeof(DataTable), result.Value)),
        .. parameters.Select(value => new Variable(value.Key, value.Value?.GetType() ?? typeof(object), value.Value)),
    ];

    public static SqlCells Open(string name, string connectionString, NotebookSession session)
    {
        SqliteConnection connection;
        try
        {
            connection = new SqliteConnection(connectionString);
            connection.Open();
        }
        catch (Exception failure) when (failure is SqliteException or ArgumentException)
        {
            throw CellException.Directive($"The database of #!{name} could not be opened: {failure.Message}");
        }
        return new SqlCells(name, connection, session);
    }

    public override Task<CellValue?> RunAsync(CellCode code, CellContext context) => Task.Run(() => Run(code, context));

    public override void SetValue(string name, object? value)
    {
        Refuse(name, value);
        if (SqliteTables.ReaderOf(value) is not { } reader)
        {
            parameters[name] = value;
            return;
        }
        using (reader) SqliteTables.Write(connection, name, reader);
    }

    public void Dispose() => connection.Dispose();

    // Rows of a database are shown by any query, so what is not to be shown is not laid into one.
    private void Refuse(string name, object? value)
    {
        if (!session.IsSecure && Confidential.Says(value))
            throw new CellException("Confidential", $"The table '{name}' is confidential, and SQL would show its rows; #!secure lets it.");
    }

    private CellValue? Run(CellCode code, CellContext context)
    {
        // SQLite commands do not heed a cancellation token; the database itself can be told to stop.
        using var stop = context.Interrupted.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
        RefreshBorrowed();
        var tables = Query(code.Text, context);
        if (tables.Count == 0) return null;
        if (code.Options.TryGetValue("--name", out var name)) results[name] = tables[^1];
        foreach (var table in tables.SkipLast(1)) context.Display(table);
        return new CellValue(tables[^1]);
    }

    private List<DataTable> Query(string sql, CellContext context)
    {
        while (true)
        {
            try
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                SqlParameters.Bind(command, parameters);
                using var reader = command.ExecuteReader();
                return SqlResults.Read(reader);
            }
            catch (SqliteException) when (context.IsInterrupted)
            {
                throw new CellInterruptedException();
            }
            catch (SqliteException failure)
            {
                // A C# variable may have the name of the table, and then lies in the database now: try again.
                if (SqliteTables.MissingTable(failure) is not { } table || !Borrow(table))
                    throw new CellException("SqlError", failure.Message);
            }
        }
    }

    private bool Borrow(string name)
    {
        var variable = Name == "sql" && !borrowed.ContainsKey(name) ? CSharpVariable(name) : null;
        if (variable?.Value is not { } value) return false;
        Refuse(name, value);
        if (SqliteTables.ReaderOf(value) is not { } reader) return false;
        using (reader) SqliteTables.Write(connection, variable.Name, reader);
        borrowed[name] = value;
        return true;
    }

    // A variable may have been given another table since it was borrowed.
    private void RefreshBorrowed()
    {
        foreach (var (name, value) in borrowed.ToList())
        {
            if (ReferenceEquals(CSharpVariable(name)?.Value, value)) continue;
            SqliteTables.Drop(connection, name);
            borrowed.Remove(name);
        }
    }

    private Variable? CSharpVariable(string name) =>
        session.Language("csharp").Variables
            .FirstOrDefault(variable => string.Equals(variable.Name, name, StringComparison.OrdinalIgnoreCase));
}

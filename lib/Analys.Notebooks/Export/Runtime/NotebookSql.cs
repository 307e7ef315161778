/// <summary>The databases of an exported program.</summary>
public static class NotebookSql
{
    private static readonly System.Collections.Generic.Dictionary<string, Microsoft.Data.Sqlite.SqliteConnection> databases = new();
    private static readonly System.Collections.Generic.Dictionary<string, object> values = new();
    private static readonly System.Collections.Generic.Dictionary<string, System.Data.DataTable> results = new();

    public static void Connect(string database, string connection)
    {
        databases[database] = new Microsoft.Data.Sqlite.SqliteConnection(connection);
        databases[database].Open();
    }

    /// <summary>Gives a database a table, or a value for its queries.</summary>
    public static void Set(string database, string name, object value)
    {
        if (Analys.Notebooks.Engine.SqliteTables.ReaderOf(value) is { } reader)
        {
            using (reader) Analys.Notebooks.Engine.SqliteTables.Write(Database(database), name, reader);
        }
        else values[name] = value;
    }

    /// <summary>Lays a variable into the database, if it holds a table.</summary>
    public static void Offer(string name, object value)
    {
        if (Analys.Notebooks.Engine.SqliteTables.ReaderOf(value) != null) Set("sql", name, value);
    }

    /// <summary>Runs a query and prints its tables.</summary>
    public static void Run(string database, string sql, string result)
    {
        using var command = Database(database).CreateCommand();
        command.CommandText = sql;
        Analys.Notebooks.Engine.SqlParameters.Bind(command, values);
        using var reader = command.ExecuteReader();
        var tables = Analys.Notebooks.Engine.SqlResults.Read(reader);
        foreach (var table in tables) NotebookProgram.Show(table);
        if (result != null && tables.Count > 0) results[result] = tables[^1];
    }

    /// <summary>A result that was given a name, or a value.</summary>
    public static System.Data.DataTable Result(string database, string name) => results[name];

    private static Microsoft.Data.Sqlite.SqliteConnection Database(string name)
    {
        if (!databases.ContainsKey(name) && name == "sql") Connect(name, "Data Source=:memory:");
        return databases[name];
    }
}

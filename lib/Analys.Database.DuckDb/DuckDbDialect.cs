using System.Data.Common;
using System.Globalization;
using Analys.Database.Sql;
using Analys.Load;
using DuckDB.NET.Data;

namespace Analys.Database.DuckDb;

/// <summary>DuckDB, embedded: its own files, Parquet read where it lies, and files of text that are checked once and then kept in
/// columns.</summary>
/// <remarks>
/// No extension is fetched or loaded, nothing but the named file can be opened, and the settings are locked before the first question. A
/// sum of doubles depends there on how threads share the rows; sums of weights and incomes are therefore taken in DECIMAL, which has the
/// same bits in every run.
/// </remarks>
internal sealed class DuckDbDialect : SqlDialect
{
    // A Parquet file is a view there, a file of text a table: neither has a database's file of its own.
    private const string InMemory = ":memory:";

    /// <inheritdoc/>
    public override string Name => "duckdb";

    /// <inheritdoc/>
    public override string Real => "double";

    /// <inheritdoc/>
    public override string Text => "varchar";

    /// <inheritdoc/>
    public override int MostParameters => 30_000;

    /// <inheritdoc/>
    public override string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"$p{number}");

    /// <inheritdoc/>
    public override string ParameterName(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    /// <inheritdoc/>
    public override string Sum(string expression, int decimals = 12) =>
        string.Create(CultureInfo.InvariantCulture, $"cast(sum(cast({expression} as decimal(38,{decimals}))) as double)");

    internal override bool HasFilter => true;

    internal override string SumWhere(string condition, string expression, int decimals = 12) => string.Create(CultureInfo.InvariantCulture,
        $"cast(sum(cast({expression} as decimal(38,{decimals}))){Filter(condition)} as double)");

    /// <inheritdoc/>
    public override IEnumerable<string> ReadOnly(TimeSpan timeout) => [];

    /// <inheritdoc/>
    public override DbTransaction Begin(DbConnection connection) => connection.BeginTransaction();

    /// <inheritdoc/>
    public override string Complete(string address) => address.Length == 0
        ? throw new SourceException("The address is not written duckdb:FILE.") : Path.GetFullPath(address);

    /// <inheritdoc/>
    public override bool IsText(string address) => !IsParquet(address) && File.Exists(address) && !IsDatabase(address);

    /// <inheritdoc/>
    public override string? TableOf(string address) => IsParquet(address) || IsText(address)
        ? Path.GetFileNameWithoutExtension(address).Replace('.', '_') : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table,
        string? address)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        // A database says its own file; a Parquet file or a file of text, which are in memory there, is the one of the address.
        command.CommandText = "select coalesce(any_value(path), '') from duckdb_databases() where database_name = current_database()";
        var file = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
        var name = table.StartsWith("main.", StringComparison.OrdinalIgnoreCase) ? table["main.".Length..] : table;
        return [file.Length > 0 ? file : address ?? "", name.ToUpperInvariant()];
    }

    /// <inheritdoc/>
    public override DbConnection Connect(string address, bool readOnly)
    {
        var parquet = IsParquet(address);
        var inMemory = parquet || IsText(address);
        if (readOnly && !File.Exists(address)) throw new SourceException("There is no such file.");
        var builder = new DuckDBConnectionStringBuilder { DataSource = inMemory ? InMemory : address };
        if (readOnly && !inMemory) builder["access_mode"] = "READ_ONLY";
        var connection = new DuckDBConnection(builder.ToString());
        try
        {
            connection.Open();
            Lock(connection, parquet ? address : null);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The kind of error is told by its first words, which the engine chooses from a list; what follows may quote a
    /// row.</summary>
    /// <param name="refusal">What the driver threw.</param>
    public override string? Told(Exception refusal)
    {
        if (refusal is not DuckDBException) return null;
        var (kind, meaning) = Kinds.First(known => refusal.Message.StartsWith(known.Kind, StringComparison.OrdinalIgnoreCase));
        return Refusal.Told(kind.Length == 0 ? "DuckDB" : $"DuckDB: {kind}", meaning);
    }

    private static readonly (string Kind, string? Meaning)[] Kinds =
    [
        ("Interrupt", Refusal.Stopped),
        ("Catalog Error", "there is no such table, or it is there already"),
        ("Binder Error", "there is no such column, or one holds text where numbers are asked for"),
        ("Conversion Error", "a column holds text where numbers are asked for"),
        ("Out of Range Error", "a number is too large"),
        ("IO Error", "there is no such file, it cannot be opened, or another program is writing"),
        ("Invalid Input Error", "the file is not what its name says, or a column holds what cannot be added up"),
        ("Out of Memory Error", "it needs more memory than there is"),
        ("Permission Error", "that may not be read"),
        ("", null),
    ];

    /// <summary>The engine has no limit of time of its own: a statement is interrupted from outside.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="timeout">The longest time of a statement.</param>
    /// <param name="cancel">Stops the work.</param>
    public override IDisposable Watch(DbCommand command, TimeSpan timeout, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);
        limit.Token.Register(command.Cancel);
        return limit;
    }

    /// <inheritdoc/>
    internal override void Write(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<Column> columns,
        CancellationToken cancel)
    {
        using var appender = ((DuckDBConnection)connection).CreateAppender(table);
        for (var row = 0; row < columns[0].Count; row++)
        {
            if ((row & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            var written = appender.CreateRow();
            foreach (var column in columns)
            {
                switch (column)
                {
                    case TextColumn text when text.Codes[row] >= 0: written.AppendValue(text.Categories[text.Codes[row]]); break;
                    case NumberColumn number when TableLoader.Number(number, row) is { } value:
                        if (TableLoader.IsWhole(column)) written.AppendValue((long)value);
                        else written.AppendValue(value);
                        break;
                    default: written.AppendNullValue(); break;
                }
            }

            written.EndRow();
        }
    }

    private static bool IsParquet(string file) => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    // "DUCK" stands at the ninth byte of a database of DuckDB.
    private static bool IsDatabase(string file)
    {
        Span<byte> head = stackalloc byte[12];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || head[8..].SequenceEqual("DUCK"u8);
    }

    private void Lock(DuckDBConnection connection, string? parquet)
    {
        var file = parquet?.Replace("'", "''", StringComparison.Ordinal);
        string[] settings =
        [
            "set autoinstall_known_extensions = false",
            "set autoload_known_extensions = false",
            .. file is null ? [] : new[] { $"set allowed_paths = ['{file}']" },
            "set enable_external_access = false",
            "set lock_configuration = true",
            .. file is null ? [] : new[] { $"create view {Quote(TableOf(parquet!)!)} as select * from read_parquet('{file}')" },
        ];
        foreach (var setting in settings)
        {
            using var command = connection.CreateCommand();
            command.CommandText = setting;
            command.ExecuteNonQuery();
        }
    }
}

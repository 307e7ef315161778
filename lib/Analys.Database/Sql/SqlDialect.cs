using System.Data;
using System.Data.Common;
using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>An engine: how it is reached, and what it writes differently. Everything else that this library sends is common to
/// all.</summary>
internal abstract class SqlDialect
{
    /// <summary>The name of the engine, as the record shows it.</summary>
    public abstract string Name { get; }

    /// <summary>What an address of the engine begins with, before the colon.</summary>
    public virtual IReadOnlyList<string> Prefixes => [Name];

    /// <summary>What stands behind the colon, checked and completed from the driver's usual places.</summary>
    /// <param name="address">What the caller wrote.</param>
    /// <exception cref="SourceException">It cannot be used; the message does not repeat it.</exception>
    public virtual string Complete(string address) => address;

    /// <summary>Opens a connection.</summary>
    /// <param name="address">A completed address.</param>
    /// <param name="readOnly">Whether nothing will be written.</param>
    public abstract DbConnection Connect(string address, bool readOnly);

    /// <summary>The table that an address means where none is named; null where one must be.</summary>
    /// <param name="address">A completed address.</param>
    public virtual string? TableOf(string address) => null;

    /// <summary>Whether an address names a file of rows that is read, checked and screened here, and asked there.</summary>
    /// <param name="address">A completed address.</param>
    public virtual bool IsText(string address) => false;

    /// <summary>What a refusal of this engine is told as: a code and what it means, never its words; null where it is not this
    /// engine's.</summary>
    /// <param name="refusal">What the driver threw.</param>
    public virtual string? Told(Exception refusal) => null;

    /// <summary>How a statement names a parameter.</summary>
    /// <param name="number">Its number.</param>
    public virtual string Mark(int number) => string.Create(CultureInfo.InvariantCulture, $"@p{number}");

    /// <summary>How the driver names it.</summary>
    /// <param name="number">Its number.</param>
    public virtual string ParameterName(int number) => Mark(number);

    /// <summary>The sum of numbers that are not whole, the same in every run.</summary>
    /// <param name="expression">What is added up.</param>
    /// <param name="decimals">How many decimals count, where an engine must know.</param>
    public virtual string Sum(string expression, int decimals = 12) => $"sum({expression})";

    /// <summary>Whether an aggregate may say which rows it takes, <c>sum(x) filter (where ...)</c>: rows that do not count then cost no
    /// addition of a zero.</summary>
    internal virtual bool HasFilter => false;

    /// <summary>How many rows meet a condition.</summary>
    internal string Count(string condition) => !HasFilter
        ? $"sum(case when {condition} then cast(1 as {Real}) else cast(0 as {Real}) end)"
        : $"cast(count(*){Filter(condition)} as {Real})";

    /// <summary>The sum of numbers, as <see cref="Sum(string, int)"/> has it, over the rows that meet a condition.</summary>
    internal virtual string SumWhere(string condition, string expression, int decimals = 12) => !HasFilter
        ? Sum($"case when {condition} then {expression} else cast(0 as {Real}) end", decimals)
        : $"sum({expression}){Filter(condition)}";

    /// <summary>The words after an aggregate that choose its rows.</summary>
    private protected static string Filter(string condition) => condition == SumVariant.Everyone ? "" : $" filter (where {condition})";

    /// <summary>Writes rows into a table that has been made.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="cancel">Stops the work.</param>
    internal virtual void Write(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<Column> columns,
        CancellationToken cancel) => TableLoader.Insert(connection, transaction, this, table, columns, cancel);

    /// <summary>The type of a double.</summary>
    public abstract string Real { get; }

    /// <summary>The type of a 64-bit whole number.</summary>
    public virtual string Whole => "bigint";

    /// <summary>The type of a text.</summary>
    public virtual string Text => "text";

    /// <summary>The most parameters of one statement.</summary>
    public abstract int MostParameters { get; }

    /// <summary>The natural logarithm.</summary>
    public virtual string Logarithm => "ln";

    /// <summary>How many pivots of one domain a statement of counting has: enough that few rounds are needed, not more rows than are worth
    /// sending.</summary>
    /// <param name="domains">How many domains are counted at once.</param>
    public virtual int Fineness(int domains) => Math.Clamp(Math.Min(1_500, MostParameters - 100) / Math.Max(1, domains), 15, 255);

    /// <summary>The number of the bin of an income: how many of the rising pivots are below it. Exact, as comparisons are.</summary>
    /// <param name="statement">The statement, which takes the pivots as parameters.</param>
    /// <param name="income">The income.</param>
    /// <param name="pivots">The pivots.</param>
    internal virtual string Bin(Statement statement, string income, double[] pivots) => statement.BinTree(income, pivots);

    /// <summary>How a transaction is isolated, so that all rounds of counting see the same rows.</summary>
    public virtual IsolationLevel Isolation => IsolationLevel.RepeatableRead;

    /// <summary>Begins a transaction.</summary>
    /// <param name="connection">The open connection.</param>
    public virtual DbTransaction Begin(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.BeginTransaction(Isolation);
    }

    /// <summary>Another connection whose transaction sees the same rows as a first one, so that statements of one round run side by side;
    /// null where there is none.</summary>
    /// <param name="connection">The first connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="timeout">The longest time of a statement.</param>
    public virtual DbTransaction? Beside(DbConnection connection, DbTransaction transaction, TimeSpan timeout) => null;

    /// <summary>A name as an identifier, whatever stands in it.</summary>
    /// <param name="name">The name.</param>
    public virtual string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new SourceException("The name of a table or column holds a null character.");
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A table's name, each part of it quoted.</summary>
    /// <param name="table">The name, parts divided by points.</param>
    public string QuoteTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return string.Join('.', table.Split('.').Select(Quote));
    }

    /// <summary>What is said at the start of a transaction so that it can only read, and no statement runs longer.</summary>
    /// <param name="timeout">The longest time of a statement.</param>
    public abstract IEnumerable<string> ReadOnly(TimeSpan timeout);

    /// <summary>Prepares a connection that has been opened.</summary>
    /// <param name="connection">The connection.</param>
    public virtual void Prepare(DbConnection connection)
    {
    }

    /// <summary>Has a running statement stopped where the work is cancelled or, if the engine does not watch the time itself, where it
    /// takes too long.</summary>
    /// <param name="command">The statement.</param>
    /// <param name="timeout">The longest time of a statement.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Disposed when the statement has ended.</returns>
    public virtual IDisposable Watch(DbCommand command, TimeSpan timeout, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(command);
        return cancel.Register(command.Cancel);
    }

    /// <summary>The column that the parts of a table on several servers are listed by, which every aggregate must then be divided by; null
    /// for none.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table.</param>
    public virtual string? PartitionKey(DbConnection connection, DbTransaction transaction, string table) => null;

    /// <summary>Server, database and table as the engine itself names them: the same table has one identity, however an address writes
    /// it.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction; null for none.</param>
    /// <param name="table">The table.</param>
    /// <param name="address">What the connection was opened by; null where it was opened elsewhere.</param>
    public virtual IReadOnlyList<string> Identity(DbConnection connection, DbTransaction? transaction, string table,
        string? address)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return [connection.DataSource, connection.Database, table];
    }

    /// <summary>The hash that tells a table from others, its rows left out of account.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="transaction">The transaction; null for none.</param>
    /// <param name="table">The table.</param>
    /// <param name="address">What the connection was opened by; null where it was opened elsewhere.</param>
    public string HashOf(DbConnection connection, DbTransaction? transaction, string table, string? address) =>
        SourceHash.Of([Name, .. Identity(connection, transaction, table, address)]);

    /// <summary>The type of a field's column.</summary>
    /// <param name="field">The field.</param>
    public string TypeOf(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Type switch
        {
            FieldType.Integer or FieldType.Year or FieldType.Boolean => Whole,
            FieldType.Number => Real,
            _ => Text,
        };
    }
}

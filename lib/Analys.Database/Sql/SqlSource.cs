using System.Data;
using System.Data.Common;
using System.Globalization;
using Analys.Load;
using Analys.Load.Schema;
using Analys.Measure.Segregation;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>A table or view of a SQL engine. Only aggregates are asked for, in one read-only transaction, so that all rounds see the same
/// rows.</summary>
internal sealed partial class SqlSource : IAggregateSource, ICountSource
{
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;
    private readonly SqlDialect dialect;
    private string relation;
    private readonly string? partition;
    private readonly TimeSpan timeout;
    private readonly Dictionary<(string Column, string Value), object> raw = [];
    private bool personsStandOnce;
    private DbTransaction? beside;
    private bool hasLookedBeside;

    /// <summary>Begins to read a table.</summary>
    /// <param name="connection">A connection, which the source then owns.</param>
    /// <param name="dialect">What the engine writes differently.</param>
    /// <param name="table">The table or view; parts of its name divided by points.</param>
    /// <param name="schema">The columns with their roles; null to take names and types from the engine, as confidential data.</param>
    /// <param name="timeout">The longest time of a statement; null for ten minutes.</param>
    /// <param name="address">What the connection was opened by; null where it was opened elsewhere.</param>
    public SqlSource(DbConnection connection, SqlDialect dialect, string table, TableSchema? schema = null, TimeSpan? timeout = null,
        string? address = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(dialect);
        (this.connection, this.dialect, relation, this.timeout) = (connection, dialect, dialect.QuoteTable(table), timeout
            ?? TimeSpan.FromMinutes(10));
        if (connection.State != ConnectionState.Open) connection.Open();
        dialect.Prepare(connection);
        transaction = dialect.Begin(connection);
        foreach (var text in dialect.ReadOnly(this.timeout))
        {
            using var command = Command(text, []);
            command.ExecuteNonQuery();
        }

        partition = dialect.PartitionKey(connection, transaction, table);
        schema = SqlSchema.Of(ColumnTypes(), schema, table);
        Description = new SourceDescription($"{dialect.Name}:{table}",
            dialect.HashOf(connection, transaction, table, address), schema);
    }

    /// <summary>Asks for some of the rows only, from now on.</summary>
    /// <exception cref="ColumnNotFoundException">A condition names a column that is not there.</exception>
    internal void Choose(RowChoice rows)
    {
        if (rows.Conditions.IsEmpty) return;
        // Rows where a column has no value satisfy "is not", which SQL does not say of itself: hence the case.
        string[] columns = [.. Description.Schema.Fields.Select(field => field.Name)];
        var conditions = rows.Conditions.Select(condition => condition.Among(columns)).Select(condition =>
            $"case when {Condition(condition)} then 1 else 0 end = {(condition.IsNot ? 0 : 1)}");
        relation = $"(select * from {relation} where {string.Join(" and ", conditions)}) {dialect.Quote("analys_rows")}";
    }

    private string Condition(RowCondition condition)
    {
        var field = Description.Schema.Find(condition.Field)
            ?? throw new ColumnNotFoundException($"There is no column {condition.Field}. The columns are "
                + $"{string.Join(", ", Description.Schema.Fields.Select(known => known.Name))}.");
        var name = dialect.Quote(field.Name);
        return string.Join(" or ", condition.Values.Select(value =>
        {
            if (value.Length == 0) return $"{name} is null";
            var code = field.Categories.FirstOrDefault(category => category.Label == value)?.Value ?? value;
            if (!field.IsNumeric) return $"{name} = {Literal(code)}";
            var (low, high) = condition.Numbers(code);
            var ends = new[] { double.IsInfinity(low) ? null : $"{name} >= {Number(low)}", double.IsInfinity(high) ? null
                : $"{name} <= {Number(high)}" }.OfType<string>().ToList();
            return ends.Count == 0 ? $"{name} is not null" : $"({string.Join(" and ", ends)})";
        }));

        static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        static string Literal(string text) => text.Contains('\0', StringComparison.Ordinal)
            ? throw new SourceException("A value of --where holds a null character.")
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <inheritdoc/>
    public SourceDescription Description { get; }

    /// <inheritdoc/>
    public int Fineness(int domains) => dialect.Fineness(domains);

    /// <inheritdoc/>
    public Census Count(PersonLayout layout, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var values = layout.Keys.Select((key, i) => key.AgeGroups.IsEmpty ? Distinct(key.Column, key.Type, cancel)
            : (IReadOnlyList<string>)[]).ToArray();
        var s = new Statement(dialect);
        string Number(string column) => s.Real(dialect.Quote(column));
        var income = layout.Income is { } y ? dialect.Quote(y) : null;
        var counts = new List<string>
        {
            $"sum({s.One})",
            income is null ? s.Zero : s.Dialect.Count($"{income} is null"),
            layout.Weight is { } weight
            ? s.Dialect.Count($"{dialect.Quote(weight)} is null or not ({Number(weight)} >= 0) or {Number(weight)} > 1e300")
            : $"sum({s.Zero})",
            layout.Income is { } name ? s.Dialect.Count($"{Number(name)} > 1e300 or {Number(name)} < -1e300") : $"sum({s.Zero})",
            layout.Units is { } units ? s.Dialect.Count($"{Number(units)} <= 0") : $"sum({s.Zero})",
            layout.Household is { } household ? s.Dialect.Count($"{dialect.Quote(household)} is null") : $"sum({s.Zero})",
            layout.Cluster is { } cluster ? s.Dialect.Count($"{dialect.Quote(cluster)} is null") : $"sum({s.Zero})",
            layout.ReplicateWeights.IsEmpty ? $"sum({s.Zero})"
            : s.Dialect.Count(string.Join(" or ", layout.ReplicateWeights.Select(column => $"{dialect.Quote(column)} is null"))),
        };
        if (income is null) counts[1] = $"sum({s.Zero})";
        var shard = partition is null ? "" : $" group by {dialect.Quote(partition)}";
        var row = new double[counts.Count];
        using var command = Command($"select {string.Join(", ", counts)} from {relation}{shard}", s.Values);
        Read(command, reader =>
        {
            for (var i = 0; i < row.Length; i++)
                row[i] += reader.IsDBNull(i) ? 0 : Convert.ToDouble(reader.GetValue(i), CultureInfo.InvariantCulture);
        }, cancel);
        return new Census
        {
            Rows = (long)row[0],
            WithoutIncome = (long)row[1],
            BadWeights = (long)row[2],
            BadIncomes = (long)row[3],
            BadUnits = (long)row[4],
            WithoutHousehold = (long)row[5],
            WithoutCluster = (long)row[6],
            BadReplicateWeights = (long)row[7],
            Values = values,
            Periods = layout.Period is { } period ? Distinct(period, layout.PeriodIsText ? FieldType.String : FieldType.Year, cancel) : [],
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<double[]?[]> Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(queries);
        var compiler = new SqlQueries(dialect, frame, relation, partition, (column, value) => raw.GetValueOrDefault((column, value)));
        if (queries.Any(query => query is PanelQuery)) RequirePersonsOnce(frame, cancel);
        var answers = Empty(frame, queries);
        CompiledQuery[] statements = [.. compiler.Compile(queries)];
        if (statements.Length > 1 && Beside() is { } other) SideBySide(frame, queries, statements, [transaction, other], answers, cancel);
        else
        {
            foreach (var compiled in statements) Answer(frame, queries, compiled, transaction, answers, cancel);
        }

        for (var i = 0; i < answers.Length; i++)
        {
            // A statement of several age spans has a row for a domain that nobody of one of them is in.
            if (queries[i] is SumQuery or PanelQuery)
                answers[i] = [.. answers[i].Select(row => row is not null && row[SumColumns.Count] > 0 ? row : null)];
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        transaction.Dispose();
        connection.Dispose();
        if (beside?.Connection is not { } other) return;
        beside.Dispose();
        other.Dispose();
    }

    private static double[]?[][] Empty(SourceFrame frame, IReadOnlyList<AggregateQuery> queries) =>
        [.. queries.Select(query => new double[]?[frame.Domains(query.Scope)])];

    // Another connection, opened when two statements could use it.
    private DbTransaction? Beside()
    {
        if (hasLookedBeside) return beside;
        hasLookedBeside = true;
        return beside = dialect.Beside(connection, transaction, timeout);
    }

    // Each statement is answered on its own and put to the others in their order, so that it does not matter which ends first.
    private void SideBySide(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CompiledQuery[] statements,
        DbTransaction[] transactions, double[]?[][] answers, CancellationToken cancel)
    {
        var own = new double[]?[statements.Length][][];
        var next = -1;
        Parts.Each(transactions.Length, (hand, stop) =>
        {
            for (var i = Interlocked.Increment(ref next); i < statements.Length; i = Interlocked.Increment(ref next))
                Answer(frame, queries, statements[i], transactions[hand], own[i] = Empty(frame, queries), stop);
        }, cancel);
        foreach (var answer in own)
        {
            for (var query = 0; query < answers.Length; query++)
            {
                for (var domain = 0; domain < answers[query].Length; domain++)
                    answers[query][domain] = queries[query].Together(answers[query][domain], answer[query][domain]);
            }
        }
    }

    private void Answer(SourceFrame frame, IReadOnlyList<AggregateQuery> queries, CompiledQuery compiled, DbTransaction hand,
        double[]?[][] answers, CancellationToken cancel)
    {
        var keys = compiled.HasShard ? 1 : 0;
        var numbers = keys + compiled.Scope.By.Length;
        using var command = Command(compiled.Text, compiled.Parameters, hand);
        Read(command, reader =>
        {
            if (Domain(frame, compiled.Scope, reader, keys) is not { } domain || reader.IsDBNull(numbers)) return;
            if (compiled.Bins is { } bins)
            {
                var row = answers[compiled.Targets[0].Query][domain] ??= new double[bins.Width(domain)];
                var bin = (int)Number(reader, numbers);
                row[bin] += Number(reader, numbers + 1);
                var many = bins.Pivots[domain]!.Length + 1;
                row[many + bin] += Number(reader, numbers + 2);
                if (bins.CountsHouseholds) row[(2 * many) + bin] += Number(reader, numbers + 3);
                return;
            }

            var column = numbers;
            foreach (var (query, place, count) in compiled.Targets)
            {
                var row = answers[query][domain] ??= new double[queries[query].Width(domain)];
                for (var i = place; i < place + count; i++) row[i] = queries[query].Together(i, row[i], Number(reader, column++));
            }
        }, cancel);
    }

    // A person who stands twice in one period would be joined with both: the rows of all others would be wrong.
    private void RequirePersonsOnce(SourceFrame frame, CancellationToken cancel)
    {
        if (personsStandOnce) return;
        var s = new Statement(dialect);
        var rows = new BaseRows(s, frame, relation, null, (_, _) => null).Of(new Scope(-1, default, [], null), persons: true, period: true);
        var twice = 0.0;
        using var command =
            Command($"select sum({s.Flag("n > 1")}) from (select t, p, sum({s.One}) as n from {rows} where p is not null and t is not "
                + "null group by t, p) i", s.Values);
        Read(command, reader => twice += Number(reader, 0), cancel);
        if (twice > 0) throw new CountException("A person stands twice in one period.");
        personsStandOnce = true;
    }

    private static int? Domain(SourceFrame frame, Scope scope, DbDataReader reader, int first)
    {
        var domain = 0;
        for (var i = 0; i < scope.By.Length; i++)
        {
            var key = frame.Layout.Keys[scope.By[i]];
            var value = reader.GetValue(first + i);
            var code = key.AgeGroups.IsEmpty ? frame.Code(scope.By[i], Value(value, key.Type))
                : Convert.ToInt32(value, CultureInfo.InvariantCulture);
            if (code < 0) return null;
            domain = (domain * frame.Values[scope.By[i]].Length) + code;
        }

        return domain;
    }

    private static double Number(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? 0 : Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture);

    private List<string> Distinct(string column, FieldType type, CancellationToken cancel)
    {
        var values = new List<string>();
        var name = dialect.Quote(column);
        using var command =
            Command($"select {name} from {relation} where {name} is not null group by "
                + $"{(partition is null || partition == column ? "" : dialect.Quote(partition) + ", ")}{name}", []);
        Read(command, reader =>
        {
            var found = reader.GetValue(0);
            var text = Value(found, type)!;
            raw[(column, text)] = found;
            values.Add(text);
            if (values.Count > 200_000) throw new CountException($"The column {column} has too many values to break down by.");
        }, cancel);
        return [.. values.Distinct()];
    }

    private static string? Value(object value, FieldType type) => value switch
    {
        DBNull => null,
        string text => text,
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ when type is FieldType.Number or FieldType.Integer or FieldType.Year or FieldType.Boolean =>
            SourceFrame.Text(Convert.ToDouble(value, CultureInfo.InvariantCulture), type),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private IReadOnlyList<(string Name, Type Type)> ColumnTypes()
    {
        using var command = Command($"select * from {relation} where 1 = 0", []);
        using var reader = command.ExecuteReader(CommandBehavior.SchemaOnly);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetFieldType(i)))];
    }

    private DbCommand Command(string text, IReadOnlyList<object> parameters, DbTransaction? hand = null)
    {
        var own = hand ?? transaction;
        var command = (own.Connection ?? connection).CreateCommand();
        command.Transaction = own;
        command.CommandText = text;
        // The engine itself ends a statement at its time; the driver gives up only where nothing is heard after that.
        command.CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds) + 30;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = dialect.ParameterName(i);
            parameter.Value = parameters[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private void Read(DbCommand command, Action<DbDataReader> row, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var watch = dialect.Watch(command, timeout, cancel);
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read()) row(reader);
        }
        catch (DbException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A driver that was interrupted by its own watch.
            throw new SourceException(Refusal.Told(dialect.Name, Refusal.Stopped));
        }
    }
}

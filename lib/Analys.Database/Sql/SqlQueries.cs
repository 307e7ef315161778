using System.Globalization;
using Analys.Database.Contract;
using Analys.Measure.Inequality;

namespace Analys.Database.Sql;

/// <summary>Compiles queries. Every statement returns sums by domain (and shard): no query that returns a person's row is written here.</summary>
internal sealed class SqlQueries(SqlDialect dialect, SourceFrame frame, string table, string? partition, Func<int, string, object?> raw)
{
    /// <summary>The statements of a query: numbers in the order of its answer from a place on, after the keys.</summary>
    public IEnumerable<CompiledQuery> Compile(AggregateQuery query) => query switch
    {
        SumQuery sums => Sums(sums),
        BinQuery bins => Bins(bins),
        TermQuery terms => [Terms(terms)],
        MaximaQuery maxima => [Maxima(maxima)],
        _ => throw new ArgumentException("There is no statement for this query.", nameof(query)),
    };

    private IEnumerable<CompiledQuery> Sums(SumQuery query)
    {
        var (household, cluster) = (frame.Layout.Household, frame.Layout.Cluster);
        if (household is null || partition is not null)
        {
            yield return Flat(query, null);
        }
        else
        {
            yield return Nested(query, dialect.Quote(household));
            yield return Flat(query, $"{dialect.Quote(household)} is null");
        }

        if (cluster is null || (cluster == household && partition is null)) yield break;
        yield return Squares(query.Scope, dialect.Quote(cluster));
        yield return SquaresOfPersons(query.Scope, dialect.Quote(cluster));
    }

    // Persons are added up by household first: who is poor in it, and its weight.
    private CompiledQuery Nested(SumQuery query, string household)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(query.Scope);
        var inner = $"select {Join([.. keys, "h", $"sum({s.One}) as n", $"sum({s.Flag(Poor(s, query))}) as pn", "sum(w) as w", $"sum({s.Where(Poor(s, query), "w")}) as pw", $"sum({Gap(s, query, 1)}) as g", $"sum({Gap(s, query, 2)}) as gg"])} "
            + $"from {rows.Of(query.Scope, $"{household} is not null")} group by {Join([.. keys, "h"])}";
        var squares = frame.Layout.Cluster == frame.Layout.Household ? "sum(w * w)" : $"sum({s.Zero})";
        return Made(s, $"select {Join([.. keys, "sum(n)", "sum(pn)", "sum(w)", "sum(pw)", "sum(g)", "sum(gg)", $"sum({s.Flag("pn > 0")})", $"sum({s.Flag("n > pn")})", squares])} from ({inner}) i{Group(keys)}", query.Scope);
    }

    // No household to add up by, or only distinct ones to count: a partition on another server does both.
    private CompiledQuery Flat(SumQuery query, string? condition)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(query.Scope);
        var poor = Poor(s, query);
        var distinct = condition is null && frame.Layout.Household is not null;
        var poorHouseholds = distinct ? $"count(distinct case when {poor} then h end) + sum({s.Flag($"h is null and {poor}")})" : frame.Layout.Household is null ? $"sum({s.Zero})" : $"sum({s.Flag(poor)})";
        var otherHouseholds = distinct ? $"count(distinct case when not ({poor}) then h end) + sum({s.Flag($"h is null and not ({poor})")})" : frame.Layout.Household is null ? $"sum({s.Zero})" : $"sum({s.Flag($"not ({poor})")})";
        var squares = frame.Layout.Cluster is null || (condition is not null && frame.Layout.Cluster == frame.Layout.Household) ? "sum(w * w)" : $"sum({s.Zero})";
        return Made(s, $"select {Join([.. keys, $"sum({s.One})", $"sum({s.Flag(poor)})", "sum(w)", $"sum({s.Where(poor, "w")})", $"sum({Gap(s, query, 1)})", $"sum({Gap(s, query, 2)})", poorHouseholds, otherHouseholds, squares])} "
            + $"from {rows.Of(query.Scope, condition)}{Group(keys)}", query.Scope);
    }

    // Σ_c W_c²: by cluster, or as pairs of one cluster where partitions must do it whole.
    private CompiledQuery Squares(Scope scope, string cluster)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(scope);
        var from = rows.Of(scope, $"{cluster} is not null");
        if (partition is null)
        {
            return Made(s, $"select {Join([.. keys, "sum(w * w)"])} from (select {Join([.. keys, "c", "sum(w) as w"])} from {from} group by {Join([.. keys, "c"])}) i{Group(keys)}", scope, SumColumns.SquaredClusterWeights);
        }

        var other = from[..^1] + "o";
        var on = Join(keys.Append("c").Select(key => $"b.{key} = o.{key}"), " and ");
        return Made(s, $"select {Join([.. keys.Select(key => $"b.{key}"), "sum(b.w * o.w)"])} from {from} join {other} on {on} group by {Join(keys.Select(key => $"b.{key}"))}", scope, SumColumns.SquaredClusterWeights);
    }

    private CompiledQuery SquaresOfPersons(Scope scope, string cluster)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(scope);
        return Made(s, $"select {Join([.. keys, "sum(w * w)"])} from {rows.Of(scope, $"{cluster} is null")}{Group(keys)}", scope, SumColumns.SquaredClusterWeights);
    }

    // Some domains at a time, where a statement cannot have so many parameters.
    private IEnumerable<CompiledQuery> Bins(BinQuery query)
    {
        var domain = 0;
        while (domain < query.Pivots.Length)
        {
            var some = new List<int>();
            var parameters = 0;
            for (; domain < query.Pivots.Length; domain++)
            {
                if (query.Pivots[domain] is not { } pivots) continue;
                if (some.Count > 0 && parameters + pivots.Length + 2 > dialect.MostParameters - 50) break;
                parameters += pivots.Length + 2;
                some.Add(domain);
            }

            if (some.Count > 0) yield return Bins(query, some);
        }
    }

    private CompiledQuery Bins(BinQuery query, List<int> domains)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(query.Scope);
        var bin = query.Scope.By.Length == 0
            ? s.Bin("y", query.Pivots[0])
            : $"case {Join(domains.Select(domain => $"when {rows.In(query.Scope, domain)} then {s.Bin("y", query.Pivots[domain])}"), " ")} end";
        var text = $"select {Join([.. keys, "j", "sum(w)", "sum(w * y)"])} from (select {Join([.. keys, "y", "w", $"{bin} as j"])} from {rows.Of(query.Scope)}) i where j is not null group by {Join([.. keys, "j"])}";
        return Made(s, text, query.Scope) with { Bins = query };
    }

    private CompiledQuery Terms(TermQuery query)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(query.Scope);
        return Made(s, $"select {Join([.. keys, .. query.Terms.Select(term => $"sum({Term(s, term)})")])} from {rows.Of(query.Scope)}{Group(keys)}", query.Scope);
    }

    // The weights of distinct incomes in order, cumulated on the server: only the sum crosses the wire.
    private CompiledQuery Maxima(MaximaQuery query)
    {
        var (s, rows) = Start();
        var keys = rows.Keys(query.Scope).Where(key => key != "s").ToArray();
        var poor = query.Line is { } line ? $" where {PoorBy(s, line, query.Rule)}" : "";
        var grouped = $"select {Join([.. keys, "y", "sum(w) as w"])} from {rows.Of(query.Scope)}{poor} group by {Join([.. keys, "y"])}";
        var over = $"{(keys.Length == 0 ? "" : $"partition by {Join(keys)} ")}order by y rows between unbounded preceding and current row";
        return Made(s, $"select {Join([.. keys, "sum(w * y * (2 * t - w))"])} from (select {Join([.. keys, "y", "w", $"sum(w) over ({over}) as t"])} from ({grouped}) g) i{Group(keys)}", query.Scope) with { HasShard = false };
    }

    private static string Term(Statement s, Term term)
    {
        var scaled = $"(y / {Scale})";
        return term.Kind switch
        {
            TermKind.Income => "w * y",
            TermKind.NonPositiveCount => s.Flag("y <= 0"),
            TermKind.Square => $"w * {scaled} * {scaled}",
            TermKind.PositiveWeight => s.Where("y > 0", "w"),
            TermKind.PositiveIncome => s.Where("y > 0", "w * y"),
            TermKind.Logarithm => s.Where("y > 0", $"w * {s.Dialect.Logarithm}(y)"),
            TermKind.IncomeLogarithm => s.Where("y > 0", $"w * y * {s.Dialect.Logarithm}(y)"),
            TermKind.Power => s.Where("y > 0", $"w * power({scaled}, {s.Number(term.Power)})"),
            TermKind.PoorLogarithm => s.Where($"y > 0 and {PoorBy(s, term.Line, term.Rule)}", $"w * {s.Dialect.Logarithm}({s.Number(term.Line)} / y)"),
            _ => s.Where(PoorBy(s, term.Line, term.Rule), $"w * power(({s.Number(term.Line)} - y) / {s.Number(term.Line)}, {s.Number(term.Power)})"),
        };
    }

    private static readonly string Scale = Contract.Term.Scale.ToString("F1", CultureInfo.InvariantCulture) + "e0";

    private static string Poor(Statement s, SumQuery query) => PoorBy(s, query.Line, query.Rule);

    private static string PoorBy(Statement s, double line, PoorRule rule) => double.IsNaN(line) ? "1 = 0" : $"y {(rule == PoorRule.AtOrBelow ? "<=" : "<")} {s.Number(line)}";

    private static string Gap(Statement s, SumQuery query, int power)
    {
        if (double.IsNaN(query.Line)) return s.Zero;
        var gap = $"(({s.Number(query.Line)} - y) / {s.Number(query.Line)})";
        return s.Where(Poor(s, query), power == 1 ? $"w * {gap}" : $"w * {gap} * {gap}");
    }

    private (Statement, BaseRows) Start()
    {
        var statement = new Statement(dialect);
        return (statement, new BaseRows(statement, frame, table, partition, raw));
    }

    private CompiledQuery Made(Statement statement, string text, Scope scope, int place = 0) =>
        new(text, statement.Values, scope, place) { HasShard = partition is not null };

    private static string Group(IReadOnlyList<string> keys) => keys.Count == 0 ? "" : $" group by {Join(keys)}";

    private static string Join(IEnumerable<string> parts, string between = ", ") => string.Join(between, parts);
}

/// <summary>A statement ready to be sent.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parameters">The parameters @p0, @p1, ...</param>
/// <param name="Scope">Whose aggregates it returns.</param>
/// <param name="Place">Where its first number stands in the answer.</param>
internal sealed record CompiledQuery(string Text, IReadOnlyList<object> Parameters, Scope Scope, int Place)
{
    /// <summary>Whether the first column is the shard.</summary>
    public bool HasShard { get; init; }

    /// <summary>The bins, where the column after the keys is one's number.</summary>
    public BinQuery? Bins { get; init; }
}

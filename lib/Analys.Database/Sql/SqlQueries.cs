using System.Globalization;
using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>Compiles the queries of a round. Every statement returns sums by domain (and shard): no query that returns a person's row is written here.</summary>
internal sealed class SqlQueries(SqlDialect dialect, SourceFrame frame, string table, string? partition, Func<string, string, object?> raw)
{
    /// <summary>The statements of a round.</summary>
    public IEnumerable<CompiledQuery> Compile(IReadOnlyList<AggregateQuery> queries) =>
        queries.SelectMany(Compile).Concat(Sums(queries)).Concat(Panels(queries));

    // Age spans and lines of one cut share their statements.
    private IEnumerable<CompiledQuery> Sums(IReadOnlyList<AggregateQuery> queries)
    {
        foreach (var cut in Cuts<SumQuery>(queries))
        {
            var (scope, several) = Shared(cut);
            var variants = cut.Select(sum => new PoorVariant(sum.Place, several ? sum.Query.Scope.Ages : null, sum.Query.Line, sum.Query.Rule)).ToArray();
            var sums = new SqlSums(dialect, frame, Keys(scope), s => Rows(s).Of(scope, ages: several), partition is not null);
            foreach (var compiled in sums.Compile(scope, variants)) yield return compiled;
        }
    }

    // So do all steps of those who are observed in one period.
    private IEnumerable<CompiledQuery> Panels(IReadOnlyList<AggregateQuery> queries)
    {
        foreach (var cut in Cuts<PanelQuery>(queries))
        {
            var (scope, several) = Shared(cut);
            int[] periods = [.. cut.SelectMany(panel => panel.Query.Others).Select(other => other.Period).Distinct()];
            var variants = cut.Select(panel => new PanelVariant(
                panel.Place, several ? panel.Query.Scope.Ages : null, panel.Query, [.. panel.Query.Others.Select(other => Array.IndexOf(periods, other.Period))])).ToArray();
            string[] keys = [.. Keys(scope).Where(key => key != "s")];
            var sums = new SqlSums(dialect, frame, keys, s => SqlPanel.Rows(Rows(s), scope, periods, several), sharded: false);
            foreach (var compiled in sums.Compile(scope, variants)) yield return compiled;
        }
    }

    private static IEnumerable<(T Query, int Place)[]> Cuts<T>(IReadOnlyList<AggregateQuery> queries)
        where T : AggregateQuery =>
        queries.Select((query, place) => (Query: query as T, place)).Where(pair => pair.Query is not null)
            .GroupBy(pair => pair.Query!.Scope with { Ages = null }).Select(cut => cut.Select(pair => (pair.Query!, pair.place)).ToArray());

    // The scope of a statement, and whether its age spans are told apart within it.
    private static (Scope Scope, bool Several) Shared<T>((T Query, int Place)[] cut)
        where T : AggregateQuery
    {
        var several = cut.Select(pair => pair.Query.Scope.Ages).Distinct().Take(2).Count() > 1;
        return (several ? cut[0].Query.Scope with { Ages = null } : cut[0].Query.Scope, several);
    }

    private IEnumerable<CompiledQuery> Compile(AggregateQuery query, int place) => query switch
    {
        SumQuery or PanelQuery => [],
        BinQuery bins => Bins(bins, place),
        TermQuery terms => [Terms(terms, place)],
        MaximaQuery maxima => [Maxima(maxima, place)],
        LinearQuery linear => SqlLinear.Compile(dialect, frame, Rows, linear, place, partition is not null),
        _ => throw new ArgumentException("There is no statement for this query.", nameof(query)),
    };

    // Some domains at a time, where a statement cannot have so many parameters.
    private IEnumerable<CompiledQuery> Bins(BinQuery query, int place)
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

            if (some.Count > 0) yield return Bins(query, some, place);
        }
    }

    private CompiledQuery Bins(BinQuery query, List<int> domains, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope);
        var bin = query.Scope.By.Length == 0
            ? dialect.Bin(s, "y", query.Pivots[0]!)
            : $"case {Join(domains.Select(domain => $"when {rows.In(query.Scope, domain)} then {dialect.Bin(s, "y", query.Pivots[domain]!)}"), " ")} end";
        var text = $"select {Join([.. keys, "j", "sum(w)", "sum(w * y)"])} from (select {Join([.. keys, "y", "w", $"{bin} as j"])} from {rows.Of(query.Scope)}) i where j is not null group by {Join([.. keys, "j"])}";
        return Made(s, text, query.Scope, new Target(place, 0, 0)) with { Bins = query };
    }

    private CompiledQuery Terms(TermQuery query, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope);
        return Made(s, $"select {Join([.. keys, .. query.Terms.Select(term => $"sum({SqlTerms.Weighted(s, term, "y")})")])} from {rows.Of(query.Scope)}{Group(keys)}", query.Scope, new Target(place, 0, query.Terms.Length));
    }

    // The weights of distinct incomes in order, cumulated on the server: only the sum crosses the wire.
    private CompiledQuery Maxima(MaximaQuery query, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope).Where(key => key != "s").ToArray();
        var poor = query.Line is { } line ? $" where {SumVariant.PoorBy(s, "y", line, query.Rule)}" : "";
        var grouped = $"select {Join([.. keys, "y", "sum(w) as w"])} from {rows.Of(query.Scope)}{poor} group by {Join([.. keys, "y"])}";
        var over = $"{(keys.Length == 0 ? "" : $"partition by {Join(keys)} ")}order by y rows between unbounded preceding and current row";
        return Made(s, $"select {Join([.. keys, "sum(w * y * (2 * t - w))"])} from (select {Join([.. keys, "y", "w", $"sum(w) over ({over}) as t"])} from ({grouped}) g) i{Group(keys)}", query.Scope, new Target(place, 0, 1)) with { HasShard = false };
    }

    private BaseRows Rows(Statement statement) => new(statement, frame, table, partition, raw);

    // The shard first.
    private IReadOnlyList<string> Keys(Scope scope) => [.. partition is null ? [] : new[] { "s" }, .. scope.By.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];

    private CompiledQuery Made(Statement statement, string text, Scope scope, Target target) => new(text, statement.Values, scope, [target]) { HasShard = partition is not null };

    private static string Group(IReadOnlyList<string> keys) => keys.Count == 0 ? "" : $" group by {Join(keys)}";

    private static string Join(IEnumerable<string> parts, string between = ", ") => string.Join(between, parts);
}

using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>Compiles the queries of a round. Every statement returns sums by domain (and shard): no query that returns a person's row is
/// written here.</summary>
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
            var variants =
                cut.Select(sum => new PoorVariant(sum.Place, several ? sum.Query.Scope.Ages : null, sum.Query.Line, sum.Query.Rule))
                .ToArray();
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
                panel.Place, several ? panel.Query.Scope.Ages
                : null, panel.Query, [.. panel.Query.Others.Select(other => Array.IndexOf(periods, other.Period))])).ToArray();
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
        ReachQuery reach => SqlLinear.Compile(dialect, frame, Rows, reach, place, partition is not null),
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
            : $"case {Join(domains.Select(BinOf), " ")} end";
        string BinOf(int domain) => $"when {rows.In(query.Scope, domain)} then {dialect.Bin(s, "y", query.Pivots[domain]!)}";
        var ofHouseholds = query.CountsHouseholds && frame.Layout.Household is not null;
        string[] own = ofHouseholds ? ["y", "w", "h"] : ["y", "w"];
        var inner = $"select {Join([.. keys, .. own, $"{bin} as j"])} from {rows.Of(query.Scope)}";
        List<string> sums = [dialect.Sum("w"), dialect.Sum("w * y", 8)];
        if (query.CountsHouseholds && !ofHouseholds) sums.Add($"sum({s.One})");
        // Partitions elsewhere do it whole on one level; who has no household is one.
        else if (ofHouseholds && partition is not null) sums.Add($"count(distinct h) + sum({s.Flag("h is null")})");
        else if (ofHouseholds)
        {
            inner = $"select "
                + $"{Join([.. keys, "j", "h", $"{dialect.Sum("w")} as w", $"{dialect.Sum("w * y", 8)} as wy", $"sum({s.One}) as n"])} "
                + $"from ({inner}) b where j is not null group by {Join([.. keys, "j", "h"])}";
            sums = [dialect.Sum("w"), dialect.Sum("wy", 8), $"sum(case when h is null then n else {s.One} end)"];
        }

        var text = $"select {Join([.. keys, "j", .. sums])} from ({inner}) i where j is not null group by {Join([.. keys, "j"])}";
        return Made(s, text, query.Scope, new Target(place, 0, 0)) with { Bins = query };
    }

    private CompiledQuery Terms(TermQuery query, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope);
        string[] sums = [.. query.Terms.Select(term => dialect.Sum(SqlTerms.Weighted(s, term, "y"), SqlTerms.Decimals(term)))];
        return Made(s,
            $"select {Join([.. keys, .. sums])} from "
                + $"{rows.Of(query.Scope)}{Group(keys)}", query.Scope, new Target(place, 0, query.Terms.Length));
    }

    // The weights of distinct incomes in order, cumulated on the server: only the sum crosses the wire.
    private CompiledQuery Maxima(MaximaQuery query, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope).Where(key => key != "s").ToArray();
        var poor = query.Line is { } line ? $" where {SumVariant.PoorBy(s, "y", line, query.Rule)}" : "";
        var grouped = $"select {Join([.. keys, "y", $"{dialect.Sum("w")} as w"])} from {rows.Of(query.Scope)}{poor} group by "
            + $"{Join([.. keys, "y"])}";
        var over = $"{(keys.Length == 0 ? "" : $"partition by {Join(keys)} ")}order by y rows between unbounded preceding and current row";
        return Made(s,
            $"select {Join([.. keys, dialect.Sum("w * y * (2 * t - w)", 4)])} from (select "
                + $"{Join([.. keys, "y", "w", $"sum(w) over ({over}) as t"])} "
                + $"from ({grouped}) g) i{Group(keys)}", query.Scope, new Target(place, 0, 1)) with
        { HasShard = false };
    }

    private BaseRows Rows(Statement statement) => new(statement, frame, table, partition, raw);

    // The shard first.
    private IReadOnlyList<string> Keys(Scope scope) =>
        [.. partition is null ? [] : new[] { "s" }, .. scope.By.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];

    private CompiledQuery Made(Statement statement, string text, Scope scope, Target target) =>
        new(text, statement.Values, scope, [target]) { HasShard = partition is not null };

    private static string Group(IReadOnlyList<string> keys) => keys.Count == 0 ? "" : $" group by {Join(keys)}";

    private static string Join(IEnumerable<string> parts, string between = ", ") => string.Join(between, parts);
}

/// <summary>
/// Persons of one period joined with themselves in all other periods that are asked for: a derived table like that of
/// <see cref="BaseRows"/>, with the person and the income of each other period beside it. The shards' own column is left out: a person may
/// have moved to another server.
/// </summary>
internal static class SqlPanel
{
    public static string Rows(BaseRows rows, Scope scope, IReadOnlyList<int> periods, bool ages)
    {
        List<string> columns = [.. scope.By.Select((_, i) => Numbered("m.k", i)), "m.y", "m.w",
            .. rows.KeyColumns.Select(column => $"m.{column}"), .. ages ? ["m.a"] : Array.Empty<string>()];
        var joins = new List<string>();
        for (var i = 0; i < periods.Count; i++)
        {
            var alias = Numbered("o", i);
            columns.Add($"{alias}.p as {Numbered("p", i)}");
            columns.Add($"{alias}.y as {Numbered("y", i)}");
            joins.Add($" left join {rows.Of(new Scope(periods[i], scope.Concept, [], null), alias, persons: true)} on {alias}.p = m.p");
        }

        return $"(select {string.Join(", ", columns)} from {rows.Of(scope, "m", ages, persons: true)}{string.Concat(joins)}) b";
    }

    private static string Numbered(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A statement ready to be sent. After the keys its columns are numbers, which belong to one query or, one after the other, to
/// several.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parameters">The parameters @p0, @p1, ...</param>
/// <param name="Scope">Whose aggregates it returns.</param>
/// <param name="Targets">Where its numbers belong.</param>
internal sealed record CompiledQuery(string Text, IReadOnlyList<object> Parameters, Scope Scope, IReadOnlyList<Target> Targets)
{
    /// <summary>Whether the first column is the shard.</summary>
    public bool HasShard { get; init; }

    /// <summary>The bins, where the column after the keys is one's number.</summary>
    public BinQuery? Bins { get; init; }
}

/// <summary>So many numbers of a statement.</summary>
/// <param name="Query">The query that they answer, by its place in the round.</param>
/// <param name="Place">Where the first of them stands in the answer.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Target(int Query, int Place, int Count);

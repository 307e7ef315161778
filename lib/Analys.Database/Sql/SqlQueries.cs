using System.Collections.Immutable;
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
            inner = $"select {Join([.. keys, "j", "h", $"{dialect.Sum("w")} as w", $"{dialect.Sum("w * y", 8)} as wy", $"sum({s.One}) as n"])} "
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
        return Made(s,
            $"select {Join([.. keys, .. query.Terms.Select(term => dialect.Sum(SqlTerms.Weighted(s, term, "y"), SqlTerms.Decimals(term)))])} from "
                + $"{rows.Of(query.Scope)}{Group(keys)}", query.Scope, new Target(place, 0, query.Terms.Length));
    }

    // The weights of distinct incomes in order, cumulated on the server: only the sum crosses the wire.
    private CompiledQuery Maxima(MaximaQuery query, int place)
    {
        var s = new Statement(dialect);
        var rows = Rows(s);
        var keys = Keys(query.Scope).Where(key => key != "s").ToArray();
        var poor = query.Line is { } line ? $" where {SumVariant.PoorBy(s, "y", line, query.Rule)}" : "";
        var grouped = $"select {Join([.. keys, "y", $"{dialect.Sum("w")} as w"])} from {rows.Of(query.Scope)}{poor} group by {Join([.. keys, "y"])}";
        var over = $"{(keys.Length == 0 ? "" : $"partition by {Join(keys)} ")}order by y rows between unbounded preceding and current row";
        return Made(s,
            $"select {Join([.. keys, dialect.Sum("w * y * (2 * t - w)", 4)])} from (select {Join([.. keys, "y", "w", $"sum(w) over ({over}) as t"])} "
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

/// <summary>The functions of income that are added up, as SQL.</summary>
internal static class SqlTerms
{
    private static readonly string Scale = Term.Scale.ToString("F1", CultureInfo.InvariantCulture) + "e0";

    /// <summary>The function times the weight w; a count has none.</summary>
    public static string Weighted(Statement s, Term term, string y) =>
        term.Kind == TermKind.NonPositiveCount ? Of(s, term, y) : $"w * {Of(s, term, y)}";

    /// <summary>How many decimals count: incomes are large, all others are scaled.</summary>
    public static int Decimals(Term term) =>
        term.Kind is TermKind.Income or TermKind.IncomeBelow or TermKind.PositiveIncome or TermKind.IncomeLogarithm ? 8 : 16;

    /// <summary>The function of an income.</summary>
    public static string Of(Statement s, Term term, string y)
    {
        var scaled = $"({y} / {Scale})";
        return term.Kind switch
        {
            TermKind.One => s.One,
            TermKind.Income => y,
            TermKind.NonPositiveCount => s.Flag($"{y} <= 0"),
            TermKind.Square => $"{scaled} * {scaled}",
            TermKind.PositiveWeight => s.Flag($"{y} > 0"),
            TermKind.PositiveIncome => s.Where($"{y} > 0", y),
            TermKind.Logarithm => s.Where($"{y} > 0", $"{s.Dialect.Logarithm}({y})"),
            TermKind.IncomeLogarithm => s.Where($"{y} > 0", $"{y} * {s.Dialect.Logarithm}({y})"),
            TermKind.Power => s.Where($"{y} > 0", $"power({scaled}, {s.Number(term.Power)})"),
            TermKind.PoorLogarithm => s.Where($"{y} > 0 and {Below(s, term, y)}", $"{s.Dialect.Logarithm}({s.Number(term.Line)} / {y})"),
            TermKind.Below => s.Flag(Below(s, term, y)),
            TermKind.IncomeBelow => s.Where(Below(s, term, y), y),
            TermKind.SquareBelow => s.Where(Below(s, term, y), $"{scaled} * {scaled}"),
            TermKind.Kernel => Kernel(s, term, y),
            TermKind.Function => Written(s, term, y),
            _ => s.Where(Below(s, term, y), $"power(({s.Number(term.Line)} - {y}) / {s.Number(term.Line)}, {s.Number(term.Power)})"),
        };
    }

    private static string Written(Statement s, Term term, string y)
    {
        var function = Of(s, term.Function!, term.Line, y);
        string[] who =
        [
            .. term.Whose is Among.Positive or Among.PositivePoor ? [$"{y} > 0"] : Array.Empty<string>(),
            .. term.Whose is Among.Poor or Among.PositivePoor ? [Below(s, term, y)] : Array.Empty<string>(),
        ];
        return who.Length == 0 ? function : s.Where(string.Join(" and ", who), function);
    }

    private static string Of(Statement s, IncomeFunction function, double line, string y) => function switch
    {
        IncomeFunction.OwnIncome => y,
        IncomeFunction.PovertyLineOf => s.Number(line),
        IncomeFunction.Number number => s.Number(number.Value),
        IncomeFunction.Sum(var a, var b) => $"({Of(s, a, line, y)} + {Of(s, b, line, y)})",
        IncomeFunction.Product(var a, var b) => $"({Of(s, a, line, y)} * {Of(s, b, line, y)})",
        IncomeFunction.Quotient(var a, var b) => $"({Of(s, a, line, y)} / {Of(s, b, line, y)})",
        IncomeFunction.Logarithm(var a) => $"{s.Dialect.Logarithm}({Of(s, a, line, y)})",
        IncomeFunction.Exponential(var a) => $"exp({Of(s, a, line, y)})",
        IncomeFunction.Raised(var a, var exponent) => $"power({Of(s, a, line, y)}, {s.Number(exponent)})",
        _ => throw new ArgumentException("There is no SQL for this function.", nameof(function)),
    };

    private static string Below(Statement s, Term term, string y) => SumVariant.PoorBy(s, y, term.Line, term.Rule);

    // The power is the bandwidth; a line, where there is one, limits whose density it is.
    private static string Kernel(Statement s, Term term, string y)
    {
        var (at, bandwidth) = (s.Number(term.At), s.Number(term.Power));
        var near = $"{y} >= {s.Number(term.At - (6 * term.Power))} and {y} <= {s.Number(term.At + (6 * term.Power))}";
        var u = $"(({y} - {at}) / {bandwidth})";
        return s.Where(double.IsNaN(term.Line) ? near : $"{near} and {Below(s, term, y)}", $"exp(0 - {u} * {u} / 2)");
    }
}

/// <summary>Compiles the spread of totals over clusters: parts are added up by cluster, forms made of them, and their sums and squares
/// returned by stratum.</summary>
internal static class SqlLinear
{
    private const int MostForms = 40;

    /// <summary>The number of clusters, and the sums, squares and fourth powers of their totals.</summary>
    public static IEnumerable<CompiledQuery> Compile(SqlDialect dialect, SourceFrame frame, Func<Statement, BaseRows> rows,
        LinearQuery query, int place, bool sharded)
    {
        foreach (var some in Chunks(dialect, query.Parts, query.Forms))
        {
            if (frame.Layout.Cluster is not null) yield return Made("c", true, some);
            if (frame.Layout.Cluster is null || frame.Census.WithoutCluster > 0)
                yield return Made(frame.Layout.Cluster is null ? null : "c", false, some);
        }

        CompiledQuery Made(string? key, bool grouped, int[] forms) => Totals(dialect, rows, query.Scope, query.Parts, query.Forms, forms, key, grouped,
            sharded, (s, totals) =>
                // The clusters are counted once, with the first forms.
                [forms[0] == 0 ? $"sum({s.One})" : $"sum({s.Zero})", .. totals.SelectMany(t => new[] { $"sum({t})", $"sum(({t}) * ({t}))", $"sum(({t}) * ({t}) * ({t}) * ({t}))" })],
            [new Target(place, 0, 1), new Target(place, 1 + (3 * forms[0]), 3 * forms.Length)]);
    }

    /// <summary>The largest totals of households, either way, and their sums.</summary>
    public static IEnumerable<CompiledQuery> Compile(SqlDialect dialect, SourceFrame frame, Func<Statement, BaseRows> rows,
        ReachQuery query, int place, bool sharded)
    {
        foreach (var some in Chunks(dialect, query.Parts, query.Forms))
        {
            if (frame.Layout.Household is not null) yield return Made("h", true, some);
            if (frame.Layout.Household is null || frame.Census.WithoutHousehold > 0)
                yield return Made(frame.Layout.Household is null ? null : "h", false, some);
        }

        CompiledQuery Made(string? key, bool grouped, int[] forms) => Totals(dialect, rows, query.Scope, query.Parts, query.Forms, forms, key, grouped,
            sharded, (_, totals) => totals.SelectMany(t => new[] { $"max(abs({t}))", $"sum({t})" }),
            [new Target(place, 2 * forms[0], 2 * forms.Length)]);
    }

    // As many forms as a statement's parameters allow: each term of a function has a coefficient and mostly a line.
    private static IEnumerable<int[]> Chunks(SqlDialect dialect, ImmutableArray<LinearPart> parts, ImmutableArray<LinearForm> forms)
    {
        var some = new List<int>();
        var known = new HashSet<int>();
        var parameters = 0;
        for (var form = 0; form < forms.Length; form++)
        {
            int[] own = [.. forms[form].Sum.Select(term => term.Part).Distinct().Where(part => !known.Contains(part))];
            var more = 1 + own.Sum(part => (2 * parts[part].Influence.Length) + 6);
            if (some.Count == MostForms || (some.Count > 0 && parameters + more > dialect.MostParameters - 50))
            {
                yield return [.. some];
                some.Clear();
                known.Clear();
                parameters = 0;
                own = [.. forms[form].Sum.Select(term => term.Part).Distinct()];
                more = 1 + own.Sum(part => (2 * parts[part].Influence.Length) + 6);
            }

            some.Add(form);
            known.UnionWith(own);
            parameters += more;
        }

        if (some.Count > 0) yield return [.. some];
    }

    private static CompiledQuery Totals(SqlDialect dialect, Func<Statement, BaseRows> rows, Scope scope, ImmutableArray<LinearPart> all,
        ImmutableArray<LinearForm> forms, int[] some, string? key, bool grouped, bool sharded, Func<Statement, IEnumerable<string>,
            IEnumerable<string>> outer, IReadOnlyList<Target> targets)
    {
        var s = new Statement(dialect);
        var from = rows(s);
        string[] keys = [.. sharded ? ["s"] : Array.Empty<string>(),
            .. scope.By.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];
        var parts = some.SelectMany(form => forms[form].Sum.Select(term => term.Part)).Distinct().ToArray();
        var columns = parts.Select(part => $"{from.Linear(all[part])} as t{Number(part)}");
        // A person of no cluster is one.
        var totals = parts.Select(part => grouped ? $"sum(t{Number(part)}) as t{Number(part)}" : $"t{Number(part)}");
        var grouping = key is null ? "" : grouped ? $" where {key} is not null group by {Join([.. keys, key])}" : $" where {key} is null";
        var inner = $"select {Join([.. keys, .. totals])} from {from.OfColumns(scope, columns, household: key == "h")}{grouping}";
        var sums = some.Select(form =>
            string.Join(" + ", forms[form].Sum.Select(term => $"{s.Number(term.Coefficient)} * t{Number(term.Part)}"))).ToArray();
        var text = $"select {Join([.. keys, .. outer(s, sums)])} from ({inner}) i{(keys.Length == 0 ? "" : $" group by {Join(keys)}")}";
        return new CompiledQuery(text, s.Values, scope, targets) { HasShard = sharded };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
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

using System.Globalization;
using Analys.Measure;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

/// <summary>
/// Compiles sums of poverty with the counts of households and the squares of clusters' weights; all age spans and lines of one cut, and all
/// steps of a panel, in one statement, since reading the rows and adding up by household cost more than the sums.
/// </summary>
/// <param name="dialect">The dialect.</param>
/// <param name="frame">The frame.</param>
/// <param name="keys">The columns that the rows are divided by.</param>
/// <param name="rows">The derived table with the keys, y, w, h, c and, for age spans, a.</param>
/// <param name="sharded">Whether the rows stand on several servers: what must be done whole there has one level.</param>
internal sealed class SqlSums(SqlDialect dialect, SourceFrame frame, IReadOnlyList<string> keys, Func<Statement, string> rows, bool sharded)
{
    private const int MostVariants = 60;
    private readonly bool households = frame.Layout.Household is not null;
    private readonly bool clusters = frame.Layout.Cluster is not null;

    // The squares of the weights of households come with their counts.
    private bool OneKey => clusters && frame.Layout.Cluster == frame.Layout.Household && !sharded;

    public IEnumerable<CompiledQuery> Compile(Scope scope, IReadOnlyList<SumVariant> variants)
    {
        foreach (var some in variants.Chunk(MostVariants))
        {
            if (!households || sharded)
            {
                yield return Flat(scope, some, null);
            }
            else
            {
                yield return Nested(scope, some);
                if (frame.Census.WithoutHousehold > 0) yield return Flat(scope, some, "h is null");
            }

            if (!clusters || OneKey) continue;
            yield return Squares(scope, some);
            if (frame.Census.WithoutCluster > 0) yield return SquaresOfPersons(scope, some);
        }
    }

    // Persons are added up by household first: who is poor in it, and its weight.
    private CompiledQuery Nested(Scope scope, SumVariant[] variants)
    {
        var s = new Statement(dialect);
        List<string> inner = [.. keys, "h"], outer = [.. keys];
        for (var v = 0; v < variants.Length; v++)
        {
            var n = v.ToString(CultureInfo.InvariantCulture);
            var own = Sums(s, variants[v]);
            string[] names = ["n", "pn", "w", "pw", "g", "gg"];
            inner.AddRange(own.Select((sum, i) => $"{sum} as {names[i]}{n}"));
            outer.AddRange(names.Select(name => s.Dialect.Sum(name + n)));
            outer.Add(s.Dialect.Count($"pn{n} > 0"));
            outer.Add(s.Dialect.Count($"n{n} > pn{n}"));
            outer.Add(OneKey || !clusters ? s.Dialect.Sum($"w{n} * w{n}", 6) : $"sum({s.Zero})");
        }

        var text =
            $"select {Join(outer)} from (select {Join(inner)} from {rows(s)} where h is not null group by {Join([.. keys, "h"])}) "
                + $"i{Group(keys)}";
        return Made(s, text, scope, variants, 0, SumColumns.Width);
    }

    // No household to add up by, or only distinct ones to count: a partition on another server does both.
    private CompiledQuery Flat(Scope scope, SumVariant[] variants, string? condition)
    {
        var s = new Statement(dialect);
        List<string> columns = [.. keys];
        foreach (var variant in variants)
        {
            var (some, has) = (variant.Counts(s), variant.Has(s));
            columns.AddRange(Sums(s, variant));
            columns.Add(Households(s, $"{some} and {has}", condition));
            columns.Add(Households(s, $"{some} and not ({has})", condition));
            columns.Add(!clusters || (condition is not null && OneKey) ? s.Dialect.SumWhere(some, "w * w", 6) : $"sum({s.Zero})");
        }

        return Made(s, $"select {Join(columns)} from {rows(s)}{(condition is null ? "" : $" where {condition}")}{Group(keys)}", scope,
            variants, 0, SumColumns.Width);
    }

    private string Households(Statement s, string who, string? condition) => !households ? $"sum({s.Zero})"
        : condition is not null ? s.Dialect.Count(who)
        : $"count(distinct case when {who} then h end) + sum({s.Flag($"h is null and {who}")})";

    // Σ_c W_c²: by cluster, or as pairs of one cluster where partitions must do it whole.
    private CompiledQuery Squares(Scope scope, SumVariant[] variants)
    {
        var s = new Statement(dialect);
        if (!sharded)
        {
            var inner =
                variants.Select((variant, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{s.Dialect.SumWhere(variant.Counts(s), "w")} as w{i}"));
            var outer = variants.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{s.Dialect.Sum($"w{i} * w{i}", 6)}"));
            return Made(s,
                $"select {Join([.. keys, .. outer])} from (select {Join([.. keys, "c", .. inner])} from {rows(s)} where c is not null "
                    + $"group by {Join([.. keys, "c"])}) i{Group(keys)}", scope, variants, SumColumns.SquaredClusterWeights, 1);
        }

        var from = rows(s);
        var other = from[..^1] + "o";
        var on = string.Join(" and ", keys.Append("c").Select(key => $"b.{key} = o.{key}"));
        var pairs = variants.Select(variant => $"sum({s.Where($"{variant.InAges("b.a")} and {variant.InAges("o.a")}", "b.w * o.w")})");
        return Made(s,
            $"select {Join([.. keys.Select(key => $"b.{key}"), .. pairs])} from {from} join {other} on {on} group by "
                + $"{Join(keys.Select(key => $"b.{key}"))}", scope, variants, SumColumns.SquaredClusterWeights, 1);
    }

    private CompiledQuery SquaresOfPersons(Scope scope, SumVariant[] variants)
    {
        var s = new Statement(dialect);
        var squares = variants.Select(variant => s.Dialect.SumWhere(variant.Counts(s), "w * w", 6));
        return Made(s, $"select {Join([.. keys, .. squares])} from {rows(s)} where c is null{Group(keys)}", scope, variants,
            SumColumns.SquaredClusterWeights, 1);
    }

    private static IEnumerable<string> Sums(Statement s, SumVariant variant)
    {
        var some = variant.Counts(s);
        var poor = some == SumVariant.Everyone ? variant.Has(s) : $"{some} and {variant.Has(s)}";
        yield return s.Dialect.Count(some);
        yield return s.Dialect.Count(poor);
        yield return s.Dialect.SumWhere(some, "w");
        yield return s.Dialect.SumWhere(poor, "w");
        if (variant.Gap(s) is { } gap)
        {
            yield return s.Dialect.SumWhere(poor, $"w * {gap}");
            yield return s.Dialect.SumWhere(poor, $"w * {gap} * {gap}");
        }
        else
        {
            yield return $"sum({s.Zero})";
            yield return $"sum({s.Zero})";
        }
    }

    private CompiledQuery Made(Statement s, string text, Scope scope, SumVariant[] variants, int place, int count) =>
        new(text, s.Values, scope, [.. variants.Select(variant => new Target(variant.Query, place, count))])
        {
            HasShard =
            keys.Contains("s")
        };

    private static string Group(IReadOnlyList<string> keys) => keys.Count == 0 ? "" : $" group by {Join(keys)}";

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
}

/// <summary>One set of columns of a statement of sums: who counts, and who of them is poor or has the property of a panel's step.</summary>
/// <param name="Query">The query that it answers.</param>
/// <param name="Ages">Who counts, where the statement's rows are not already so chosen.</param>
internal abstract record SumVariant(int Query, AgeSpan? Ages)
{
    /// <summary>The condition that a row counts.</summary>
    public virtual string Counts(Statement s) => InAges("a");

    /// <summary>The condition that a row that counts is poor, or has the property.</summary>
    public abstract string Has(Statement s);

    /// <summary>The gap of a poor row; null where there is none.</summary>
    public virtual string? Gap(Statement s) => null;

    /// <summary>The condition that an age is in the span.</summary>
    public string InAges(string age) => Ages is { } ages ? BaseRows.InAges(age, ages) : Everyone;

    /// <summary>The condition that every row meets.</summary>
    public const string Everyone = "1 = 1";

    /// <summary>The condition that an income is poor.</summary>
    public static string PoorBy(Statement s, string income, double line, PoorRule rule) =>
        double.IsNaN(line) ? "1 = 0" : $"{income} {(rule == PoorRule.AtOrBelow ? "<=" : "<")} {s.Number(line)}";
}

/// <summary>The poor by a line.</summary>
internal sealed record PoorVariant(int Query, AgeSpan? Ages, double Line, PoorRule Rule) : SumVariant(Query, Ages)
{
    public override string Has(Statement s) => PoorBy(s, "y", Line, Rule);

    // A line of nothing, as where incomes at or below zero are counted, has no gap to be a share of.
    public override string? Gap(Statement s) => double.IsNaN(Line) || Math.Abs(Line) < 1e-9 ? null : $"(({s.Number(Line)} - y) / "
        + $"{s.Number(Line)})";
}

/// <summary>A step of a panel, over persons joined with themselves: p0, y0, p1, y1, ... are null where they were not observed.</summary>
/// <param name="Query">The query that it answers.</param>
/// <param name="Ages">Who counts, where the statement's rows are not already so chosen.</param>
/// <param name="Panel">The step, with its lines.</param>
/// <param name="Places">For each of its other periods the number of the joined rows.</param>
internal sealed record PanelVariant(int Query, AgeSpan? Ages, PanelQuery Panel, int[] Places) : SumVariant(Query, Ages)
{
    private int Last => Places.Length - 1;

    public override string Counts(Statement s)
    {
        var conditions = new List<string> { InAges("a") };
        if (Panel.Step.NeedsAll()) conditions.AddRange(Places.Select((_, i) => $"{Person(i)} is not null"));
        conditions.AddRange(Panel.Step switch
        {
            PanelStep.Entry => [$"not ({Poor(s, 0)})"],
            PanelStep.Exit => [Poor(s, 0)],
            PanelStep.SpellStart => [Own(s), $"not ({Poor(s, 0)})"],
            PanelStep.SpellStep => Enumerable.Range(1, Last - 1).Select(i => Poor(s, i)).Prepend($"not ({Poor(s, 0)})").Prepend(Own(s)),
            _ => [],
        });
        return string.Join(" and ", conditions);
    }

    public override string Has(Statement s) => Panel.Step switch
    {
        PanelStep.Persistent => $"{Own(s)} and {string.Join(" + ", Places.Select((_, i) => s.Flag(Poor(s, i))))} >= 2",
        PanelStep.Entry => Own(s),
        PanelStep.Exit => $"not ({Own(s)})",
        PanelStep.SpellStart => "1 = 1",
        PanelStep.SpellStep => $"not ({Poor(s, Last)})",
        PanelStep.Stayed => $"{Person(0)} is not null",
        _ => $"{Person(0)} is null",
    };

    private string Own(Statement s) => PoorBy(s, "y", Panel.Line, Panel.Rule);

    private string Poor(Statement s, int other) =>
        PoorBy(s, string.Create(CultureInfo.InvariantCulture, $"y{Places[other]}"), Panel.Others[other].Line, Panel.Rule);

    private string Person(int other) => string.Create(CultureInfo.InvariantCulture, $"p{Places[other]}");
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Database.Sql;

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

        CompiledQuery Made(string? key, bool grouped, int[] forms) => Totals(dialect, rows, query.Scope, query.Parts, query.Forms, forms,
            key, grouped,
            sharded, (s, totals) =>
                // The clusters are counted once, with the first forms.
                [forms[0] == 0 ? $"sum({s.One})" : $"sum({s.Zero})", .. totals.SelectMany(t => new[] { $"sum({t})", $"sum(({t}) * ({t}))",
                    $"sum(({t}) * ({t}) * ({t}) * ({t}))" })],
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

        CompiledQuery Made(string? key, bool grouped, int[] forms) => Totals(dialect, rows, query.Scope, query.Parts, query.Forms, forms,
            key, grouped,
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

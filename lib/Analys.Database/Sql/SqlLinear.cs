using System.Globalization;
using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>Compiles the spread of totals over clusters: parts are added up by cluster, forms made of them, and their sums and squares returned by stratum.</summary>
internal static class SqlLinear
{
    private const int MostForms = 60;

    public static IEnumerable<CompiledQuery> Compile(SqlDialect dialect, SourceFrame frame, Func<Statement, BaseRows> rows, LinearQuery query, int place, bool sharded)
    {
        for (var first = 0; first < query.Forms.Length; first += MostForms)
        {
            var some = Enumerable.Range(first, Math.Min(MostForms, query.Forms.Length - first)).ToArray();
            if (frame.Layout.Cluster is not null) yield return Made(dialect, rows, query, some, place, sharded, byCluster: true);
            if (frame.Layout.Cluster is null || frame.Census.WithoutCluster > 0) yield return Made(dialect, rows, query, some, place, sharded, byCluster: false);
        }
    }

    private static CompiledQuery Made(SqlDialect dialect, Func<Statement, BaseRows> rows, LinearQuery query, int[] forms, int place, bool sharded, bool byCluster)
    {
        var s = new Statement(dialect);
        var from = rows(s);
        string[] keys = [.. sharded ? ["s"] : Array.Empty<string>(), .. query.Scope.By.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))];
        var parts = forms.SelectMany(form => query.Forms[form].Sum.Select(term => term.Part)).Distinct().ToArray();
        var columns = parts.Select(part => $"{from.Linear(query.Parts[part])} as t{Number(part)}");
        // A person of no cluster is one.
        var totals = byCluster ? parts.Select(part => $"sum(t{Number(part)}) as t{Number(part)}") : parts.Select(part => $"t{Number(part)}");
        var inner = $"select {Join([.. keys, .. totals])} from {from.OfColumns(query.Scope, columns)}{(byCluster ? $" where c is not null group by {Join([.. keys, "c"])}" : from.HasCluster ? " where c is null" : "")}";
        var outer = forms.SelectMany(form =>
        {
            var t = string.Join(" + ", query.Forms[form].Sum.Select(term => $"{s.Number(term.Coefficient)} * t{Number(term.Part)}"));
            return new[] { $"sum({t})", $"sum(({t}) * ({t}))" };
        });
        // The clusters are counted once, with the first forms.
        var counted = forms[0] == 0 ? $"sum({s.One})" : $"sum({s.Zero})";
        var text = $"select {Join([.. keys, counted, .. outer])} from ({inner}) i{(keys.Length == 0 ? "" : $" group by {Join(keys)}")}";
        return new CompiledQuery(text, s.Values, query.Scope, [new Target(place, 0, 1), new Target(place, 1 + (2 * forms[0]), 2 * forms.Length)]) { HasShard = sharded };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> parts) => string.Join(", ", parts);
}

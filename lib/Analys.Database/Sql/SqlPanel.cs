using System.Globalization;
using Analys.Database.Contract;

namespace Analys.Database.Sql;

/// <summary>
/// Persons of one period joined with themselves in all other periods that are asked for: a derived table like that of <see cref="BaseRows"/>, with the person
/// and the income of each other period beside it. The shards' own column is left out: a person may have moved to another server.
/// </summary>
internal static class SqlPanel
{
    public static string Rows(BaseRows rows, Scope scope, IReadOnlyList<int> periods, bool ages)
    {
        List<string> columns = [.. scope.By.Select((_, i) => Numbered("m.k", i)), "m.y", "m.w", .. rows.KeyColumns.Select(column => $"m.{column}"), .. ages ? ["m.a"] : Array.Empty<string>()];
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

using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Analys.Notebooks.Sql;

/// <summary>Values that <c>#!set</c> and <c>#!share</c> have given a database, as <c>@name</c> in its SQL.</summary>
internal static partial class SqlParameters
{
    public static void Bind(SqliteCommand command, IReadOnlyDictionary<string, object?> values)
    {
        foreach (var name in Named().Matches(command.CommandText).Select(match => match.Groups[1].Value).Distinct())
        {
            if (values.TryGetValue(name, out var value)) command.Parameters.AddWithValue("@" + name, SqliteTables.Storable(value));
        }
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Named();
}

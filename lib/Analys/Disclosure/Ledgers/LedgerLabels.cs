using Analys.Load;

namespace Analys.Disclosure.Ledgers;

/// <summary>What a ledger calls categories that were taken together: by what they hold, since the same new name may hold others another
/// time.</summary>
internal static class LedgerLabels
{
    /// <summary>The names of the values of changed columns; null where none was changed.</summary>
    /// <param name="extract">The rows; null where they are elsewhere.</param>
    /// <param name="columns">The columns of the dimensions.</param>
    /// <param name="names">What the ledger calls them, in the same order.</param>
    public static Func<string, string, string>? Of(Extract? extract, IReadOnlyList<string> columns, IReadOnlyList<string> names)
    {
        if (extract is null || !columns.Any(extract.Originals.ContainsKey)) return null;
        var members = new Dictionary<(string Column, string Value), string>();
        for (var d = 0; d < columns.Count; d++)
        {
            if (!extract.Originals.TryGetValue(columns[d], out var original)) continue;
            foreach (var (value, held) in RowKeys.Members(original, extract[columns[d]], extract.RowCount))
                members.TryAdd((names[d], value.Replace('|', '/')), held.Replace('|', '/'));
        }

        return (column, value) => members.GetValueOrDefault((column, value), value);
    }
}

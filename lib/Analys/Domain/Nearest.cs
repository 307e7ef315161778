namespace Analys.Domain;

/// <summary>The name that was probably meant, among those that there are.</summary>
internal static class Nearest
{
    /// <summary>A sentence that asks whether the nearest name was meant; empty where none is near.</summary>
    /// <param name="asked">The name as it was written.</param>
    /// <param name="known">The names that there are.</param>
    public static string Hint(string asked, IEnumerable<string> known) => Of(asked, known) is { } near ? $" Did you mean {near}?" : "";

    /// <summary>The nearest name; null where none is near: at most a third of its letters may differ, of a short one two.</summary>
    /// <param name="asked">The name as it was written.</param>
    /// <param name="known">The names that there are.</param>
    public static string? Of(string asked, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(asked);
        known = [.. known.Distinct()];
        var near = known.Select(name => (Name: name, Distance: Distance(Plain(asked), Plain(name))))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal).FirstOrDefault();
        if (near.Name is not null && asked.Length > 0 && near.Distance <= Math.Max(Math.Min(2, asked.Length - 1), asked.Length / 3))
            return near.Name;
        // Whoever has written the beginning only: the shortest name that goes on from it.
        return asked.Length < 4 ? null : known.Where(name => Plain(name).StartsWith(Plain(asked), StringComparison.Ordinal))
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
    }

    // Capitals and the marks over letters are what is most often left out.
    private static string Plain(string name) => name.ToLowerInvariant().Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o')
        .Replace('é', 'e')
        .Replace('_', '-').Replace(' ', '-');

    // How many letters must be put in, taken out, changed, or changed for their neighbour.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var least = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) least = Math.Min(least, rows[i - 2, j - 2] + 1);
                rows[i, j] = least;
            }
        }

        return rows[a.Length, b.Length];
    }
}

namespace Analys.Database.Counts;

/// <summary>Sums by the values of columns: as many rows as there are combinations, however many rows were added up.</summary>
/// <param name="Rows">The combinations.</param>
/// <param name="InOrder">Whether they stand in the order in which a file first has them; an engine has no order.</param>
/// <param name="Sha256">The SHA-256 of what was read, where that is a file.</param>
public sealed record CountTotals(IReadOnlyList<CountRow> Rows, bool InOrder, string? Sha256)
{
    /// <summary>The sums of two parts of a population.</summary>
    /// <param name="other">The other part.</param>
    public CountTotals Plus(CountTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var rows = new List<CountRow>(Rows);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++) places.Add(rows[i].Identity, i);
        foreach (var row in other.Rows)
        {
            if (places.TryGetValue(row.Identity, out var place)) rows[place] = rows[place].Plus(row);
            else rows.Add(row);
        }

        return new CountTotals(rows, InOrder && other.InOrder, null);
    }
}

/// <summary>One combination of values with its sums.</summary>
/// <param name="Keys">The values as text; null where one is missing.</param>
/// <param name="Sums">The sums; NaN where a number of them is missing or withheld.</param>
/// <param name="Negative">Whether a number of a sum is below zero, which a count may not be.</param>
/// <param name="Rows">How many rows were added up.</param>
public sealed record CountRow(IReadOnlyList<string?> Keys, IReadOnlyList<double> Sums, IReadOnlyList<bool> Negative, long Rows)
{
    // Lengths before texts: no text can imitate another combination.
    internal string Identity => string.Concat(Keys.Select(key => key is null ? "-;" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key.Length};{key}")));

    internal CountRow Plus(CountRow other) => this with
    {
        Sums = [.. Sums.Zip(other.Sums, (a, b) => a + b)],
        Negative = [.. Negative.Zip(other.Negative, (a, b) => a || b)],
        Rows = Rows + other.Rows,
    };
}

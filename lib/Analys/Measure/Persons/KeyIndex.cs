using Analys.Load;

namespace Analys.Measure.Persons;

/// <summary>Numbers the households, clusters, strata and persons of a column from 0.</summary>
internal static class KeyIndex
{
    /// <summary>The number of each row's key; a row without one gets a number of its own.</summary>
    public static int[] Of(Column column)
    {
        var ids = new int[column.Count];
        var next = 0;
        if (column is TextColumn text)
        {
            next = text.Categories.Count;
            for (var row = 0; row < ids.Length; row++) ids[row] = text.Codes[row] >= 0 ? text.Codes[row] : next++;
            return ids;
        }

        var values = ((NumberColumn)column).Values;
        if (Dense(values) is { } least)
        {
            for (var row = 0; row < ids.Length; row++) ids[row] = (int)(values[row] - least);
            return ids;
        }

        var known = new Dictionary<double, int>();
        for (var row = 0; row < ids.Length; row++)
        {
            if (row > 0 && values[row] == values[row - 1]) ids[row] = ids[row - 1];
            else if (double.IsNaN(values[row])) ids[row] = next++;
            else if (!known.TryGetValue(values[row], out ids[row])) known[values[row]] = ids[row] = next++;
        }

        return ids;
    }

    /// <summary>One more than the largest number.</summary>
    public static int Size(ReadOnlySpan<int> ids)
    {
        var most = -1;
        foreach (var id in ids) most = Math.Max(most, id);
        return most + 1;
    }

    /// <summary>Whether the rows of each key stand side by side.</summary>
    public static bool IsContiguous(ReadOnlySpan<int> ids)
    {
        if (ids.IsEmpty) return true;
        var seen = new bool[Size(ids)];
        for (var row = 0; row < ids.Length; row++)
        {
            if (row > 0 && ids[row] == ids[row - 1]) continue;
            if (seen[ids[row]]) return false;
            seen[ids[row]] = true;
        }

        return true;
    }

    /// <summary>The rows by key, those of one key in their order.</summary>
    public static int[] Order(ReadOnlySpan<int> ids)
    {
        var starts = new int[Size(ids) + 1];
        foreach (var id in ids) starts[id + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var rows = new int[ids.Length];
        for (var row = 0; row < ids.Length; row++) rows[starts[ids[row]]++] = row;
        return rows;
    }

    // The least key where all are whole numbers without wide gaps, so that subtraction numbers them.
    private static double? Dense(ReadOnlySpan<double> values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!(Math.Abs(value) < 1e15) || value != Math.Floor(value)) return null;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return values.Length > 0 && most - least < (4.0 * values.Length) + 1000 ? least : null;
    }
}

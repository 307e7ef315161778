using System.Globalization;
using Analys.Disclosure.Tables;
using Analys.Load;

namespace Analys.Disclosure.CellKey;

/// <summary>The keys of the cells of an extract's table, from the keys of the persons in its rows.</summary>
internal static class CellKeyTable
{
    private const int Half = 16;

    /// <summary>The refusal of figures that nobody has keys for.</summary>
    public static ReleaseRefusedException WithoutKeys(Policy policy) => new(
        "cell-keys",
        $"the policy {policy.Name} changes counts of persons by the persons' keys: give a row for each person, and --person with "
            + "--seed-file, "
        + "or --cell-key with a column of keys (release, poverty, inequality, segregation); "
        + "other figures are released under another policy");

    /// <summary>Keys drawn from a seed and the persons' column.</summary>
    /// <param name="extract">The extract: a row for each person.</param>
    /// <param name="person">The column of the person.</param>
    /// <param name="keys">The keys of the seed.</param>
    /// <exception cref="TableModelException">A row has no person.</exception>
    public static uint[] Draw(Extract extract, string person, PersonKeys keys)
    {
        var column = extract[person];
        var drawn = new uint[extract.RowCount];
        if (column is TextColumn text)
        {
            uint[] byCategory = [.. text.Categories.Select(keys.Of)];
            for (var row = 0; row < drawn.Length; row++) drawn[row] = text.Codes[row] < 0 ? throw NoPerson() : byCategory[text.Codes[row]];
            return drawn;
        }

        var numbers = ((NumberColumn)column).Values;
        for (var row = 0; row < drawn.Length; row++)
        {
            if (double.IsNaN(numbers[row])) throw NoPerson();
            drawn[row] = keys.Of(numbers[row].ToString("R", CultureInfo.InvariantCulture));
        }


        return drawn;

        TableModelException NoPerson() => new($"The column {person} has rows without a person, who can have no key.");
    }

    /// <summary>Keys that stand in a column, drawn once when the register was made.</summary>
    /// <exception cref="TableModelException">A row has no whole number from 0 to 2^32 − 1 there.</exception>
    public static uint[] Read(Extract extract, string column)
    {
        var numbers = extract.Number(column).Values;
        var keys = new uint[numbers.Length];
        for (var row = 0; row < keys.Length; row++)
        {
            if (!(numbers[row] >= 0 && numbers[row] <= uint.MaxValue && numbers[row] == Math.Floor(numbers[row])))
                throw new TableModelException($"The column {column} has rows without a key: a whole number from 0 to 4294967295.");
            keys[row] = (uint)numbers[row];
        }

        return keys;
    }

    /// <summary>The key of every cell, totals too.</summary>
    /// <param name="table">The table of the extract's rows.</param>
    /// <param name="keys">The key of each row's person.</param>
    public static Func<string, uint> Of(ExtractTable table, uint[] keys)
    {
        // A sum of whole keys may outgrow what double holds exactly; their halves do not in any file.
        var high = table.SumsOf(row => keys[row] >> Half);
        var low = table.SumsOf(row => keys[row] & 0xFFFF);
        return cell => PersonKeys.CellOf(unchecked(((long)high[cell] << Half) + (long)low[cell]));
    }

    /// <summary>The key of every cell from sums that a database has made.</summary>
    /// <param name="sums">The table of the sums of the column of keys.</param>
    /// <exception cref="TableModelException">A sum is too large to be exact.</exception>
    public static Func<string, uint> OfSums(ProtectionTable sums)
    {
        var byCell = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var cell in sums.Cells)
        {
            if (cell.Value is not (>= 0 and < 1L << 53))
                throw new TableModelException("The keys of a cell add up to more than can be held exactly: a cell holds up to two million "
                    + "persons there.");
            byCell[cell.Id] = PersonKeys.CellOf((long)cell.Value);
        }

        return cell => byCell[cell];
    }
}

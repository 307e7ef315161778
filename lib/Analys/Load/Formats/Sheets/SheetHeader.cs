using Analys.Load.Undescribed;

namespace Analys.Load.Formats.Sheets;

/// <summary>The names of a table's columns from one or several rows, and the names of groups that stand on their first row only.</summary>
internal static class SheetHeader
{
    /// <summary>The names; empty where a column has none.</summary>
    public static string[] Names(Sheet sheet, SheetTable table)
    {
        var (first, last) = (table.First, table.Last);
        var rows =
            Enumerable.Range(table.Header.Start.Value, table.Header.End.Value - table.Header.Start.Value).Select(i =>
            sheet.Rows[i]).ToList();
        var names = new string[last - first + 1];
        Array.Fill(names, "");
        for (var level = 0; level < rows.Count; level++)
        {
            var row = rows[level];
            var over = "";
            var stretches = false;
            for (var column = first; column <= last; column++)
            {
                var own = row.At(column);
                var below = rows.Skip(level + 1).Any(next => next.At(column).Length > 0);
                if (own.Length > 0)
                {
                    over = own;
                    // Only what has members below it is the name of a group that stretches to the right.
                    stretches = below;
                }
                else if (!(stretches && below) && !IsMerged(sheet, row.Number, column))
                {
                    continue;
                }

                var part = own.Length > 0 ? own : over;
                if (part.Length == 0 || part == names[column - first]) continue;
                names[column - first] = names[column - first].Length == 0 ? part : $"{names[column - first]} {part}";
            }
        }

        return names;
    }

    /// <summary>Gives the columns without a name at the left of a PxWeb table the names that its title has.</summary>
    /// <remarks>A title reads <i>Folkmängd efter region, kön och år</i>: the variables of the rows first, then those of the
    /// header.</remarks>
    /// <returns>How many were named.</returns>
    public static int NameByTitle(Sheet sheet, SheetTable table, string[] names)
    {
        var stubs = 0;
        while (stubs < names.Length && names[stubs].Length == 0) stubs++;
        if (stubs == 0 || stubs == names.Length) return 0;
        var levels = table.Header.End.Value - table.Header.Start.Value;
        foreach (var title in table.Titles.Select(i => sheet.Rows[i]).Where(row => row.Filled == 1).Select(row => row.Cells[^1]))
        {
            foreach (var (by, and) in new[] { (" efter ", " och "), (" by ", " and ") })
            {
                var at = title.IndexOf(by, StringComparison.Ordinal);
                if (at < 0) continue;
                var list = title[(at + by.Length)..];
                var last = list.LastIndexOf(and, StringComparison.Ordinal);
                string[] variables = last < 0 ? [list] : [.. list[..last].Split(','), list[(last + and.Length)..]];
                variables = [.. variables.Select(variable => variable.Trim())];
                // The last may have the years behind it: "och år 2022-2023", "år. 2023".
                if (variables.Length < stubs || variables.Length > stubs + levels || variables.Any(variable => variable.Length is 0 or > 60)
                    || variables.Distinct().Count() < variables.Length) continue;
                for (var i = 0; i < stubs; i++) names[i] = variables[i];
                return stubs;
            }
        }

        return 0;
    }

    /// <summary>Fills the names of groups down that stand on the first of their rows only; gives the columns that were filled.</summary>
    /// <remarks>
    /// A column is one of groups if its first cell is filled, each name in it occurs once, others are blank, and the column to its right
    /// that is full
    /// tells the rows of a group apart.
    /// </remarks>
    public static List<int> FillDown(IReadOnlyList<string?[]> rows)
    {
        var filled = new List<int>();
        if (rows.Count < 2) return filled;
        var width = rows[0].Length;
        var stubs = 0;
        while (stubs < width
            && rows.Take(1000).All(row => row[stubs] is null or "" || !SheetTables.IsValue(row[stubs]!)
            || YearText.Is(row[stubs]!))) stubs++;
        for (var column = stubs - 2; column >= 0; column--)
        {
            if (rows[0][column] is null or "" || !rows.Any(row => row[column] is null or "")) continue;
            var names = rows.Where(row => row[column] is not (null or "")).Select(row => row[column]!).ToList();
            // Within a group of a column further left its name may come again.
            if (column == 0 && names.Distinct().Count() < names.Count) continue;
            var inner = column + 1;
            if (rows.Any(row => row[column] is null or "" && row[inner] is null or "")) continue;
            var seen = new HashSet<string>();
            var distinct = true;
            foreach (var row in rows)
            {
                if (row[column] is not (null or "")) seen.Clear();
                distinct &= column + 1 < stubs - 1 || seen.Add(row[inner]!);
            }

            if (!distinct) continue;
            for (var i = 1; i < rows.Count; i++)
            {
                if (rows[i][column] is null or "") rows[i][column] = rows[i - 1][column];
            }

            filled.Add(column);
        }

        return filled;
    }

    private static bool IsMerged(Sheet sheet, int row, int column) =>
        sheet.Merged.Any(range => row >= range.FromRow && row <= range.ToRow && column > range.FromColumn && column <= range.ToColumn);
}

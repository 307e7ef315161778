using System.Collections.Immutable;
using Analys.Load;
using Analys.Load.Schema;

namespace Analys.Measure.Segregation;

/// <summary>Takes counts by unit and group from an extract, wide or long.</summary>
internal static class GroupCountsReader
{
    /// <summary>From a table with a row per unit and a column per group.</summary>
    /// <param name="extract">The table. Rows that its schema calls totals are left out; rows of one unit are added up.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="groups">The columns of the groups.</param>
    /// <param name="total">The column of everyone in the unit; null where that is the sum of the groups.</param>
    public static GroupCounts Wide(Extract extract, string unit, IReadOnlyList<string> groups, string? total = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(groups);
        Periods.RequireOne(extract, [unit], Summed(groups, total));
        var (unitOf, names) = Keys(extract, unit);
        var counts = new double[names.Count * groups.Count];
        for (var g = 0; g < groups.Count; g++)
        {
            AddUp(extract, groups[g], unitOf, counts.AsSpan(g), groups.Count);
        }

        var totals = total is null ? [] : new double[names.Count];
        if (total is not null) AddUp(extract, total, unitOf, totals, 1);
        return Reported(new GroupCounts(names, groups, counts, totals, extract.Confidentiality,
            Repeated(extract, unit, Array.ConvertAll(unitOf, key => (long)key))));
    }

    /// <summary>From a wide table whose units lie in areas, which may lie in larger areas.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="groups">The columns of the groups.</param>
    /// <param name="total">The column of everyone in the unit; null where that is the sum of the groups.</param>
    /// <param name="within">The columns of the areas, the largest first.</param>
    public static NestedCounts Wide(Extract extract, string unit, IReadOnlyList<string> groups, string? total, IReadOnlyList<string> within)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(groups);
        Periods.RequireOne(extract, [.. within, unit], Summed(groups, total));
        var nesting = new Nesting([.. within.Append(unit).Select(name => Keys(extract, name))], extract.RowCount);
        var counts = new double[nesting.Units.Length * groups.Count];
        for (var g = 0; g < groups.Count; g++) AddUp(extract, groups[g], nesting.UnitOf, counts.AsSpan(g), groups.Count);
        var totals = total is null ? [] : new double[nesting.Units.Length];
        if (total is not null) AddUp(extract, total, nesting.UnitOf, totals, 1);
        return nesting.Of(within,
            Reported(new GroupCounts(nesting.Units, groups, counts, totals, extract.Confidentiality,
                Repeated(extract, unit, Array.ConvertAll(nesting.UnitOf, key => (long)key)))));
    }

    /// <summary>From a long table whose units lie in areas, which may lie in larger areas.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="group">The column of the group.</param>
    /// <param name="count">The column of the count.</param>
    /// <param name="within">The columns of the areas, the largest first.</param>
    /// <param name="order">The groups in their order; null for the schema's categories, numbers in theirs, else as the rows first have
    /// them.</param>
    /// <exception cref="MeasureOptionException">The order does not name every group.</exception>
    public static NestedCounts Long(Extract extract, string unit, string group, string count, IReadOnlyList<string> within,
        IReadOnlyList<string>? order = null)
    {
        ArgumentNullException.ThrowIfNull(extract);
        Periods.RequireOne(extract, [.. within, unit, group], [count]);
        var nesting = new Nesting([.. within.Append(unit).Select(name => Keys(extract, name))], extract.RowCount);
        return nesting.Of(within, FromLong(extract, nesting.UnitOf, nesting.Units, group, count, order));
    }

    /// <summary>From a table with a row per unit and group.</summary>
    /// <param name="extract">The table. Rows of one unit and group are added up.</param>
    /// <param name="unit">The column of the unit.</param>
    /// <param name="group">The column of the group.</param>
    /// <param name="count">The column of the count.</param>
    public static GroupCounts Long(Extract extract, string unit, string group, string count)
    {
        ArgumentNullException.ThrowIfNull(extract);
        Periods.RequireOne(extract, [unit, group], [count]);
        var (unitOf, units) = Keys(extract, unit);
        return FromLong(extract, unitOf, units, group, count, null);
    }

    private static string[] Summed(IReadOnlyList<string> groups, string? total) => [.. groups, .. total is null ? Array.Empty<string>()
        : [total]];

    /// <summary>Persons by the pair of a home and another place, from a wide or a long table with a column for each.</summary>
    /// <param name="extract">The table.</param>
    /// <param name="unit">The column of the home.</param>
    /// <param name="other">The column of the other place.</param>
    /// <param name="choices">Which columns are the groups and counts.</param>
    public static Activity.JointCounts Joint(Extract extract, string unit, string other, SegregationChoices choices)
    {
        var nested = choices with { Within = [other] };
        var counts = nested.Counts(extract, unit);
        var (homeOf, homes) = Keys(extract, unit);
        var nesting = new Nesting([Keys(extract, other), (homeOf, homes)], extract.RowCount);
        var home = new int[counts.Counts.Units.Length];
        for (var row = 0; row < homeOf.Length; row++)
            if (nesting.UnitOf[row] >= 0) home[nesting.UnitOf[row]] = homeOf[row];
        return new(counts.Counts, home, counts.AreaOfUnit[0], homes.Count, counts.Areas[0].Length);
    }

    private static GroupCounts FromLong(Extract extract, int[] unitOf, IReadOnlyList<string> units, string group, string count,
        IReadOnlyList<string>? order)
    {
        var (groupOf, groups) = Ordered(extract[group].Field, order, Keys(extract, group));
        var column = extract.Number(count);
        var counts = new double[units.Count * groups.Count];
        for (var row = 0; row < unitOf.Length; row++)
        {
            if (unitOf[row] < 0 || groupOf[row] < 0) continue;
            if (!IsCount(column, row)) throw NoCount(extract, column, bad => unitOf[bad] >= 0 && groupOf[bad] >= 0);
            counts[(unitOf[row] * groups.Count) + groupOf[row]] += Count(column, row);
        }

        long[] cells = [.. unitOf.Select((key, row) => key < 0 || groupOf[row] < 0 ? -1 : ((long)key * groups.Count) + groupOf[row])];
        return Reported(new GroupCounts(units, groups, counts, default, extract.Confidentiality, Repeated(extract, group, cells)));
    }

    private static (int[] KeyOf, List<string> Names) Ordered(Field field, IReadOnlyList<string>? given,
        (int[] KeyOf, List<string> Names) keys)
    {
        if (given is not null && keys.Names.Except(given).Any())
            throw new MeasureOptionException("The option group-order must name every group.");
        string[] categories = given is null ? [.. field.Categories.Select(category => category.Value)] : [.. given];
        var order = Enumerable.Range(0, keys.Names.Count);
        if (categories.Length > 0)
            order = order.OrderBy(i => Array.IndexOf(categories, keys.Names[i]) is >= 0 and var place ? place : categories.Length);
        else if (field.IsNumeric)
            order = order.OrderBy(i => double.Parse(keys.Names[i], System.Globalization.CultureInfo.InvariantCulture));
        int[] sorted = [.. order], places = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++) places[sorted[i]] = i;
        return ([.. keys.KeyOf.Select(key => key < 0 ? key : places[key])], [.. sorted.Select(i => keys.Names[i])]);
    }

    // Rows of one cell are added up: right where another column divides them further, a mistake where a unit was written twice.
    private static Provenance Repeated(Extract extract, string column, long[] cells)
    {
        var seen = new HashSet<long>();
        var again = cells.Select(cell => cell >= 0 && !seen.Add(cell)).ToArray();
        if (Array.IndexOf(again, true) < 0) return extract.Provenance;
        var rows = extract.Where(column, row => again[row]);
        return extract.Provenance.With(Divides(extract, cells) is { } other
            ? $"rows of one unit are added up: {rows} come again, told apart by the column {other} (--where {other}=VALUE chooses)"
            : $"rows of one unit are added up: {rows} come again");
    }

    // The one column of words that no row of a cell shares with another; null where none or several are.
    private static string? Divides(Extract extract, long[] cells)
    {
        var found = extract.Columns.OfType<TextColumn>().Where(column => column.Categories.Count is > 1 and <= 100).Where(column =>
        {
            var seen = new HashSet<(long, int)>();
            return !cells.Where((cell, row) => cell >= 0 && !seen.Add((cell, column.Codes[row]))).Any();
        }).Take(2).ToList();
        return found is [var one] ? one.Name : null;
    }

    // Empty units stay in the table, so that geography keeps its alignment, and weigh nothing in any measure.
    private static GroupCounts Reported(GroupCounts counts) =>
        counts.HasEmptyUnits ? counts.With("units without persons drop out") : counts;

    private static void AddUp(Extract extract, string name, int[] unitOf, Span<double> counts, int stride)
    {
        var column = extract.Number(name);
        for (var row = 0; row < unitOf.Length; row++)
        {
            if (unitOf[row] < 0) continue;
            if (!IsCount(column, row)) throw NoCount(extract, column, bad => unitOf[bad] >= 0);
            counts[unitOf[row] * stride] += Count(column, row);
        }
    }

    // A dash in a table of counts is a zero; any other mark means that the count is not known.
    private static double Count(NumberColumn column, int row) => column.MarkAt(row) == Mark.Nil ? 0 : column.Values[row];

    private static bool IsCount(NumberColumn column, int row) => column.MarkAt(row) switch
    {
        Mark.None => column.Values[row] >= 0 && double.IsFinite(column.Values[row]),
        Mark.Nil => true,
        _ => false,
    };

    private static CountException NoCount(Extract extract, NumberColumn column, Func<int, bool> isUsed) =>
        new($"{extract.Where(column.Name, row => isUsed(row) && !IsCount(column, row))}: a count is negative, missing or withheld.");

    // The index of each row's key in the list of names; −1 for rows of totals.
    private static (int[] KeyOf, List<string> Names) Keys(Extract extract, string name)
    {
        var keyOf = new int[extract.RowCount];
        var names = new List<string>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        switch (extract[name])
        {
            case TextColumn text:
                var known = text.Categories.Select(Index).ToArray();
                for (var row = 0; row < keyOf.Length; row++) keyOf[row] = text.Codes[row] < 0 ? throw Missing() : known[text.Codes[row]];
                break;
            case NumberColumn number:
                var byNumber = new Dictionary<double, int>();
                for (var row = 0; row < keyOf.Length; row++)
                {
                    if (number.MarkAt(row) != Mark.None) throw Missing();
                    var value = number.Values[row];
                    if (!byNumber.TryGetValue(value, out keyOf[row]))
                    {
                        byNumber[value] = keyOf[row] = Index(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    }
                }

                break;
        }

        return (keyOf, names);

        int Index(string key)
        {
            if (extract.Schema.Totals.Contains(key)) return -1;
            if (index.TryGetValue(key, out var known)) return known;
            names.Add(key);
            return index[key] = names.Count - 1;
        }

        CountException Missing() => new($"{extract.Where(name, row => extract[name].MarkAt(row) != Mark.None)}: a value is missing.");
    }
}

/// <summary>Counts whose units lie in areas, which may lie in larger areas (city, district, DeSO).</summary>
/// <param name="Counts">The counts of the smallest units.</param>
/// <param name="Levels">The names of the levels above the units, the largest areas first.</param>
/// <param name="AreaOfUnit">For each level the area of each unit, as an index into <paramref name="Areas"/>.</param>
/// <param name="Areas">For each level the names of its areas.</param>
internal sealed record NestedCounts(
    GroupCounts Counts, ImmutableArray<string> Levels, ImmutableArray<int[]> AreaOfUnit, ImmutableArray<ImmutableArray<string>> Areas)
{
    /// <summary>The columns that the counts were taken from.</summary>
    public CountColumns? Columns { get; init; }

    /// <summary>The counts of each area of a level, with the area's name: each area as its own reference.</summary>
    /// <param name="level">The index of the level.</param>
    public IEnumerable<(string Area, GroupCounts Counts)> Split(int level)
    {
        var units = Enumerable.Range(0, Counts.Units.Length).ToLookup(unit => AreaOfUnit[level][unit]);
        return Areas[level].Select((name, area) => (name, Counts.Select([.. units[area]])));
    }
}

/// <summary>Finds the units of a table by their own name and the names of the areas that they lie in.</summary>
/// <remarks>A name that stands in several areas is several units or areas; it is then written with its areas before it.</remarks>
internal sealed class Nesting
{
    private readonly int[][] areaOfUnit;
    private readonly string[][] names;

    /// <param name="keys">For each level, the unit last: the key of each row (−1 in rows of totals) and the names of the keys.</param>
    /// <param name="rows">The number of rows.</param>
    public Nesting((int[] KeyOf, List<string> Names)[] keys, int rows)
    {
        var parent = new int[rows];
        names = new string[keys.Length][];
        var rowsOf = new int[keys.Length][];
        var parents = new List<int>[keys.Length];
        for (var level = 0; level < keys.Length; level++)
        {
            var index = new Dictionary<(int, int), int>();
            var own = new List<int>();
            parents[level] = [];
            rowsOf[level] = new int[rows];
            for (var row = 0; row < rows; row++)
            {
                var key = parent[row] < 0 ? -1 : keys[level].KeyOf[row];
                if (key >= 0 && !index.TryGetValue((parent[row], key), out var found))
                {
                    found = index[(parent[row], key)] = own.Count;
                    own.Add(key);
                    parents[level].Add(parent[row]);
                }

                rowsOf[level][row] = key < 0 ? -1 : index[(parent[row], key)];
            }

            var repeated = own.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
            names[level] = [.. own.Select((key, i) => repeated.Contains(key) && level > 0
                ? names[level - 1][parents[level][i]] + "/" + keys[level].Names[key]
                : keys[level].Names[key])];
            parent = rowsOf[level];
        }

        UnitOf = parent;
        areaOfUnit = new int[keys.Length - 1][];
        var up = Enumerable.Range(0, names[^1].Length).ToArray();
        for (var level = keys.Length - 2; level >= 0; level--)
        {
            up = [.. up.Select(child => parents[level + 1][child])];
            areaOfUnit[level] = up;
        }
    }

    /// <summary>The unit of each row; −1 in rows of totals.</summary>
    public int[] UnitOf { get; }

    /// <summary>The names of the units.</summary>
    public string[] Units => names[^1];

    /// <summary>Counts of these units with their areas.</summary>
    public NestedCounts Of(IEnumerable<string> levels, GroupCounts counts) =>
        new(counts, [.. levels], [.. areaOfUnit], [.. names[..^1].Select(level => level.ToImmutableArray())]);
}

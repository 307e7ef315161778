using System.Collections.Immutable;

namespace Analys.Measure.Segregation;

/// <summary>Counts whose units lie in areas, which may lie in larger areas (city, district, DeSO).</summary>
/// <param name="Counts">The counts of the smallest units.</param>
/// <param name="Levels">The names of the levels above the units, the largest areas first.</param>
/// <param name="AreaOfUnit">For each level the area of each unit, as an index into <paramref name="Areas"/>.</param>
/// <param name="Areas">For each level the names of its areas.</param>
public sealed record NestedCounts(
    GroupCounts Counts, ImmutableArray<string> Levels, ImmutableArray<int[]> AreaOfUnit, ImmutableArray<ImmutableArray<string>> Areas)
{
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

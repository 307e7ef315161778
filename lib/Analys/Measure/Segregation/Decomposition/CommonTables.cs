namespace Analys.Measure.Segregation.Decomposition;

/// <summary>Two tables with the same units and groups: what both times have, as shares of each time's persons.</summary>
internal sealed class CommonTables
{
    /// <summary>Keeps units and groups that have members at both times.</summary>
    public CommonTables(GroupCounts first, GroupCounts second)
    {
        first = first.Complete();
        second = second.Complete();
        First = MultigroupMutualInformation.Formula(new CountTable(first.Counts, first.Groups.Length)).Number;
        Second = MultigroupMutualInformation.Formula(new CountTable(second.Counts, second.Groups.Length)).Number;
        var groups = first.Groups.Where(second.Groups.Contains).ToList();
        var units = first.Units.Where(second.Units.ToHashSet(StringComparer.Ordinal).Contains).ToList();
        double[] a = [], b = [];
        // Leaving out a group may empty a unit and the other way round.
        for (var before = -1; before != groups.Count + units.Count;)
        {
            before = groups.Count + units.Count;
            (a, b) = (Cells(first, units, groups), Cells(second, units, groups));
            var (keepUnit, keepGroup) = (Inhabited(a, b, units.Count, groups.Count, rows: true), Inhabited(a, b, units.Count, groups.Count, rows: false));
            units = [.. units.Where((_, i) => keepUnit[i])];
            groups = [.. groups.Where((_, i) => keepGroup[i])];
        }

        (Units, Groups, A, B) = (units, groups, Shares(a), Shares(b));
    }

    /// <summary>M of the whole first table.</summary>
    public double First { get; }

    /// <summary>M of the whole second table.</summary>
    public double Second { get; }

    /// <summary>The units of both.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>The groups of both.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The first table, as shares of its persons.</summary>
    public double[] A { get; }

    /// <summary>The second table, as shares of its persons.</summary>
    public double[] B { get; }

    /// <summary>M of a table of these units and groups.</summary>
    public double Information(double[] cells) => MultigroupMutualInformation.Formula(new CountTable(cells, Groups.Count)).Number;

    /// <summary>The shares of the units.</summary>
    public double[] UnitShares(double[] cells) => new CountTable(cells, Groups.Count).UnitTotals.ToArray();

    /// <summary>The shares of the groups.</summary>
    public double[] GroupShares(double[] cells) => new CountTable(cells, Groups.Count).GroupTotals.ToArray();

    private static double[] Cells(GroupCounts counts, List<string> units, List<string> groups)
    {
        var unitIndex = counts.Units.Select((unit, i) => (unit, i)).ToDictionary(pair => pair.unit, pair => pair.i, StringComparer.Ordinal);
        var columns = groups.Select(counts.IndexOf).ToArray();
        return [.. units.SelectMany(unit => columns.Select(column => counts[unitIndex[unit], column]))];
    }

    private static bool[] Inhabited(double[] a, double[] b, int units, int groups, bool rows)
    {
        CountTable first = new(a, Math.Max(1, groups)), second = new(b, Math.Max(1, groups));
        var keep = new bool[rows ? units : groups];
        for (var i = 0; i < keep.Length && a.Length > 0; i++)
        {
            keep[i] = rows ? first.UnitTotals[i] > 0 && second.UnitTotals[i] > 0 : first.GroupTotals[i] > 0 && second.GroupTotals[i] > 0;
        }

        return keep;
    }

    private static double[] Shares(double[] cells)
    {
        var total = Sums.Of(cells);
        return [.. cells.Select(cell => cell / total)];
    }
}

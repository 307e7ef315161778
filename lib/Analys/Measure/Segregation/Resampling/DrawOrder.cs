namespace Analys.Measure.Segregation.Resampling;

/// <summary>The order in which units and groups are drawn: that of their names, so that a seed gives the same replicates whatever order a file or an engine has its rows in.</summary>
/// <param name="Units">The indices of the units.</param>
/// <param name="Groups">The indices of the groups.</param>
internal sealed record DrawOrder(int[] Units, int[] Groups)
{
    /// <summary>The order for these counts.</summary>
    public static DrawOrder Of(GroupCounts counts) => new(ByName(counts.Units), ByName(counts.Groups));

    /// <summary>The indices of the cells, unit by unit.</summary>
    public IEnumerable<int> Cells() => Units.SelectMany(unit => Groups.Select(group => (unit * Groups.Length) + group));

    // Sorting is stable: units of one name keep the order that they have.
    private static int[] ByName(IReadOnlyList<string> names) => [.. Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal)];
}

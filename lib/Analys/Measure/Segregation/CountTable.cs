namespace Analys.Measure.Segregation;

/// <summary>Counts by unit and group as a multigroup formula sees them: every person in exactly one cell.</summary>
internal readonly ref struct CountTable
{
    private readonly ReadOnlySpan<double> counts;

    /// <summary>A table over counts, unit by unit.</summary>
    /// <param name="counts">The counts: the groups of the first unit, then those of the second, ...</param>
    /// <param name="groups">The number of groups.</param>
    public CountTable(ReadOnlySpan<double> counts, int groups)
    {
        this.counts = counts;
        Groups = groups;
        Units = groups == 0 ? 0 : counts.Length / groups;
        var groupTotals = new double[groups];
        var unitTotals = new double[Units];
        for (var unit = 0; unit < unitTotals.Length; unit++)
        {
            var row = counts.Slice(unit * groups, groups);
            var sum = 0.0;
            for (var group = 0; group < row.Length; group++)
            {
                sum += row[group];
                groupTotals[group] += row[group];
            }

            unitTotals[unit] = sum;
        }

        GroupTotals = groupTotals;
        UnitTotals = unitTotals;
        Total = Sums.Of(groupTotals);
    }

    /// <summary>A table whose unit totals are known already.</summary>
    /// <param name="counts">The counts: the groups of the first unit, then those of the second, ...</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="unitTotals">The sums of the units.</param>
    internal CountTable(ReadOnlySpan<double> counts, int groups, ReadOnlySpan<double> unitTotals)
    {
        this.counts = counts;
        Groups = groups;
        Units = unitTotals.Length;
        UnitTotals = unitTotals;
        var groupTotals = new double[groups];
        for (var start = 0; start < counts.Length; start += groups)
        {
            var row = counts.Slice(start, groups);
            for (var group = 0; group < row.Length; group++) groupTotals[group] += row[group];
        }

        GroupTotals = groupTotals;
        Total = Sums.Of(groupTotals);
    }

    /// <summary>The number of units, empty ones too.</summary>
    public int Units { get; }

    /// <summary>The number of groups, empty ones too.</summary>
    public int Groups { get; }

    /// <summary>All persons by unit.</summary>
    public ReadOnlySpan<double> UnitTotals { get; }

    /// <summary>All persons by group.</summary>
    public ReadOnlySpan<double> GroupTotals { get; }

    /// <summary>All persons.</summary>
    public double Total { get; }

    /// <summary>All counts, unit by unit.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>The counts of one unit by group.</summary>
    /// <param name="unit">Its index.</param>
    public ReadOnlySpan<double> Unit(int unit) => counts.Slice(unit * Groups, Groups);

    /// <summary>The number of groups that have members.</summary>
    public int GroupsWithMembers
    {
        get
        {
            var number = 0;
            foreach (var total in GroupTotals) number += total > 0 ? 1 : 0;
            return number;
        }
    }

    /// <summary>The number of units where somebody lives.</summary>
    public int InhabitedUnits
    {
        get
        {
            var number = 0;
            foreach (var total in UnitTotals) number += total > 0 ? 1 : 0;
            return number;
        }
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Analys.Measure.Segregation;

/// <summary>Persons by unit and group: the aggregate that every segregation measure is a formula on.</summary>
/// <remarks>
/// Notation: n_ig persons of group g in unit i, t_i all persons in unit i, N all persons. Where a separate total is given, the
/// rest of a unit is its total minus the group. Counts may be fractional for point values.
/// </remarks>
internal sealed class GroupCounts
{
    // Sums of squares of counts must stay finite.
    private const double Largest = 1e100;
    private readonly double[] counts;
    private readonly double[] totals;

    /// <summary>Makes a table of counts.</summary>
    /// <param name="units">The names of the units.</param>
    /// <param name="groups">The names of the groups.</param>
    /// <param name="counts">The counts, unit by unit: the groups of the first unit, then those of the second, ...</param>
    /// <param name="totals">All persons by unit; null where that is the sum of the groups.</param>
    /// <param name="confidentiality">Whether individuals stand behind the counts.</param>
    /// <param name="provenance">Where they came from.</param>
    /// <exception cref="CountException">A count is negative or not finite, or a total is below the sum of its groups.</exception>
    public GroupCounts(
        IEnumerable<string> units,
        IEnumerable<string> groups,
        ReadOnlySpan<double> counts,
        ReadOnlySpan<double> totals = default,
        Confidentiality confidentiality = Confidentiality.Confidential,
        Provenance? provenance = null)
    {
        Units = [.. units];
        Groups = [.. groups];
        this.counts = counts.ToArray();
        Confidentiality = confidentiality;
        Provenance = provenance ?? Provenance.None;
        if (counts.Length != Units.Length * Groups.Length) throw new CountException("There must be one count for each unit and group.");
        if (!double.IsFinite(Sums.Of(totals)) || counts.ContainsAnyInRange(Largest, double.PositiveInfinity))
            throw new CountException("A count is not finite or too large.");
        if (!totals.IsEmpty && totals.Length != Units.Length) throw new CountException("There must be one total for each unit.");
        HasSeparateTotals = !totals.IsEmpty;
        this.totals = totals.IsEmpty ? new double[Units.Length] : totals.ToArray();
        for (var unit = 0; unit < Units.Length; unit++)
        {
            var sum = 0.0;
            foreach (var count in Unit(unit))
            {
                if (!double.IsFinite(count) || count < 0) throw new CountException("A count is negative or missing.");
                sum += count;
            }

            if (!HasSeparateTotals) this.totals[unit] = sum;
            else if (!double.IsFinite(this.totals[unit]) || this.totals[unit] < 0)
                throw new CountException("A total is negative or missing.");
            else if (sum > this.totals[unit] * (1 + 1e-12)) GroupsOverlap = true;
            else if (sum < this.totals[unit] * (1 - 1e-12)) HasRest = true;
        }
    }

    // A replicate of the same shape: nothing is copied or checked.
    private GroupCounts(GroupCounts shape, double[] counts, double[]? totals)
    {
        (Units, Groups, Confidentiality, Provenance) = (shape.Units, shape.Groups, shape.Confidentiality, shape.Provenance);
        (HasSeparateTotals, GroupsOverlap, HasRest) = (totals is not null, shape.GroupsOverlap, shape.HasRest);
        this.counts = counts;
        this.totals = totals ?? new double[Units.Length];
        if (totals is not null) return;
        for (var unit = 0; unit < Units.Length; unit++) this.totals[unit] = Sums.Of(Unit(unit));
    }

    /// <summary>The same counts with one person less in some cells; the group −1 is the rest of a unit.</summary>
    internal GroupCounts Less(IReadOnlyList<(int Unit, int Group)> cells)
    {
        double[] fewer = [.. counts], all = [.. totals];
        foreach (var (unit, group) in cells)
        {
            var one = group < 0 ? 1 : Math.Min(1, fewer[(unit * Groups.Length) + group]);
            if (group >= 0) fewer[(unit * Groups.Length) + group] -= one;
            all[unit] = Math.Max(0, all[unit] - one);
        }

        return new GroupCounts(this, fewer, HasSeparateTotals ? all : null);
    }

    /// <summary>The names of the units.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>The names of the groups.</summary>
    public ImmutableArray<string> Groups { get; }

    /// <summary>Whether totals were given that may hold more than the groups.</summary>
    public bool HasSeparateTotals { get; }

    /// <summary>Whether some unit's groups add up to more than its total, so that a person may be in several groups.</summary>
    public bool GroupsOverlap { get; }

    /// <summary>Whether some unit's total is more than the sum of its groups.</summary>
    public bool HasRest { get; }

    /// <summary>Whether individuals stand behind the counts.</summary>
    public Confidentiality Confidentiality { get; }

    /// <summary>Where they came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>All counts, unit by unit.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>All persons by unit.</summary>
    public ReadOnlySpan<double> Totals => totals;

    /// <summary>Whether nobody lives in some unit. Such a unit weighs nothing in any measure.</summary>
    public bool HasEmptyUnits => totals.AsSpan().Contains(0);

    /// <summary>The same with one more step in its provenance.</summary>
    /// <param name="step">What was done.</param>
    public GroupCounts With(string step) =>
        new(Units, Groups, counts, HasSeparateTotals ? totals : [], Confidentiality, Provenance.With(step));

    /// <summary>All persons.</summary>
    public double Total => Sums.Of(totals);

    /// <summary>All members of a group.</summary>
    /// <param name="group">Its index.</param>
    public double GroupTotal(int group)
    {
        var sum = 0.0;
        for (var i = group; i < counts.Length; i += Groups.Length) sum += counts[i];
        return sum;
    }

    /// <summary>The counts of one unit by group.</summary>
    /// <param name="unit">Its index.</param>
    public ReadOnlySpan<double> Unit(int unit) => counts.AsSpan(unit * Groups.Length, Groups.Length);

    /// <summary>The count of one unit and group.</summary>
    public double this[int unit, int group] => counts[(unit * Groups.Length) + group];

    /// <summary>The counts of one group by unit.</summary>
    /// <param name="group">Its index.</param>
    public double[] Group(int group)
    {
        var column = new double[Units.Length];
        CopyGroup(group, column);
        return column;
    }

    /// <summary>Writes the counts of one group by unit.</summary>
    /// <param name="group">Its index.</param>
    /// <param name="column">Where they go, one place for each unit.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyGroup(int group, Span<double> column)
    {
        var width = Groups.Length;
        for (var (unit, at) = (0, group); unit < column.Length; unit++, at += width) column[unit] = counts[at];
    }

    /// <summary>By unit, everyone who is not of the group.</summary>
    /// <param name="group">Its index.</param>
    /// <exception cref="CountException">A total is below the group's count.</exception>
    public double[] Rest(int group)
    {
        var rest = new double[Units.Length];
        CopyRest(group, rest);
        return rest;
    }

    /// <summary>Writes by unit everyone who is not of the group.</summary>
    /// <param name="group">Its index.</param>
    /// <param name="rest">Where they go, one place for each unit.</param>
    /// <exception cref="CountException">A total is below the group's count.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyRest(int group, Span<double> rest)
    {
        var width = Groups.Length;
        for (var (unit, at) = (0, group); unit < rest.Length; unit++, at += width)
        {
            rest[unit] = totals[unit] - counts[at];
            if (rest[unit] < 0) throw new CountException("A unit's total is below the count of a group in it.");
        }
    }

    /// <summary>The counts with everyone else as a last group, so that each person is in one cell; the same where there is nobody
    /// else.</summary>
    /// <exception cref="CountException">The groups overlap.</exception>
    public GroupCounts Complete()
    {
        if (GroupsOverlap) throw new CountException("The groups overlap: they add up to more than the total.");
        if (!HasRest) return this;
        int old = Groups.Length, wide = old + 1;
        var complete = new double[Units.Length * wide];
        for (var unit = 0; unit < Units.Length; unit++)
        {
            Unit(unit).CopyTo(complete.AsSpan(unit * wide));
            complete[(unit * wide) + old] = Math.Max(0, totals[unit] - Sums.Of(Unit(unit)));
        }

        return new GroupCounts(Units, Groups.Add(RestName), complete, default, Confidentiality, Provenance);
    }

    /// <summary>The name of the group of everyone else, where a separate total makes one.</summary>
    public const string RestName = "(rest)";

    /// <summary>Other counts for the same units and groups; the arrays are kept, not copied.</summary>
    /// <param name="other">The counts, unit by unit; none negative.</param>
    /// <param name="otherTotals">All persons by unit; null where that is the sum of the groups.</param>
    internal GroupCounts Replicate(double[] other, double[]? otherTotals = null) => new(this, other, otherTotals);

    /// <summary>Some of the units, in the order given.</summary>
    /// <param name="units">Their indices.</param>
    public GroupCounts Select(IReadOnlyList<int> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var selected = new double[units.Count * Groups.Length];
        for (var i = 0; i < units.Count; i++) Unit(units[i]).CopyTo(selected.AsSpan(i * Groups.Length));
        return new GroupCounts(
            units.Select(unit => Units[unit]), Groups, selected, HasSeparateTotals ? [.. units.Select(unit => totals[unit])]
            : [], Confidentiality, Provenance);
    }

    /// <summary>The index of a group.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public int IndexOf(string name)
    {
        var index = Groups.IndexOf(name);
        return index >= 0
            ? index : throw new ArgumentException($"There is no group {name}. The groups are {string.Join(", ", Groups)}.", nameof(name));
    }

    /// <summary>The same persons counted in larger units.</summary>
    /// <param name="unit">The new unit of each old one's name; null to leave a unit out.</param>
    /// <param name="step">What this is, for the provenance.</param>
    public GroupCounts Merge(Func<string, string?> unit, string step)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = Units.Select(unit).ToArray();
        foreach (var name in names.OfType<string>()) index.TryAdd(name, index.Count);
        var merged = new double[index.Count * Groups.Length];
        var sums = HasSeparateTotals ? new double[index.Count] : [];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is not { } name) continue;
            for (var group = 0; group < Groups.Length; group++) merged[(index[name] * Groups.Length) + group] += this[i, group];
            if (HasSeparateTotals) sums[index[name]] += totals[i];
        }

        return new GroupCounts(index.Keys, Groups, merged, sums, Confidentiality, Provenance.With(step));
    }
}

/// <summary>Counts cannot be used for a measure. The message never holds a count.</summary>
/// <param name="message">Why.</param>
public sealed class CountException(string message) : Exception(message);

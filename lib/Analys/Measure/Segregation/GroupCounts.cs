using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Persons by unit and group: the aggregate that every segregation measure is a formula on.</summary>
/// <remarks>
/// Notation: n_ig persons of group g in unit i, t_i all persons in unit i, N all persons. Where a separate total is given, the
/// rest of a unit is its total minus the group. Counts may be fractional for point values.
/// </remarks>
public sealed class GroupCounts
{
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
        }
    }

    /// <summary>The names of the units.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>The names of the groups.</summary>
    public ImmutableArray<string> Groups { get; }

    /// <summary>Whether totals were given that may hold more than the groups.</summary>
    public bool HasSeparateTotals { get; }

    /// <summary>Whether individuals stand behind the counts.</summary>
    public Confidentiality Confidentiality { get; }

    /// <summary>Where they came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>All counts, unit by unit.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>All persons by unit.</summary>
    public ReadOnlySpan<double> Totals => totals;

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
        for (var unit = 0; unit < column.Length; unit++) column[unit] = this[unit, group];
        return column;
    }

    /// <summary>By unit, everyone who is not of the group.</summary>
    /// <param name="group">Its index.</param>
    /// <exception cref="CountException">A total is below the group's count.</exception>
    public double[] Rest(int group)
    {
        var rest = new double[Units.Length];
        for (var unit = 0; unit < rest.Length; unit++)
        {
            rest[unit] = totals[unit] - this[unit, group];
            if (rest[unit] < 0) throw new CountException("A unit's total is below the count of a group in it.");
        }

        return rest;
    }

    /// <summary>The index of a group.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none; the message names those there are.</exception>
    public int IndexOf(string name)
    {
        var index = Groups.IndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"There is no group {name}. The groups are {string.Join(", ", Groups)}.", nameof(name));
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

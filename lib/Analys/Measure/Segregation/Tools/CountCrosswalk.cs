namespace Analys.Measure.Segregation.Tools;

/// <summary>Counts moved from one vintage of areas to another.</summary>
/// <remarks>Each old unit is shared out over new ones by given parts that add up to 1, so that nobody is lost. Swedish: <i>nyckel mellan områdesindelningar</i>.</remarks>
public static class CountCrosswalk
{
    /// <summary>A part of an old unit that lies in a new one.</summary>
    /// <param name="From">The old unit.</param>
    /// <param name="To">The new unit.</param>
    /// <param name="Part">The part of the old unit's persons, above 0 and at most 1.</param>
    public readonly record struct Link(string From, string To, double Part);

    /// <summary>The counts by the new units. They are fractional where an old unit is divided.</summary>
    /// <param name="counts">The counts by the old units.</param>
    /// <param name="links">The parts of every old unit.</param>
    /// <param name="step">What this is, for the provenance.</param>
    /// <exception cref="CountException">An old unit has no link, or its parts do not add up to 1.</exception>
    public static GroupCounts Apply(GroupCounts counts, IEnumerable<Link> links, string step)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var byUnit = links.ToLookup(link => link.From, StringComparer.Ordinal);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var link in counts.Units.SelectMany(unit => byUnit[unit])) index.TryAdd(link.To, index.Count);
        var width = counts.Groups.Length;
        var moved = new double[index.Count * width];
        var totals = counts.HasSeparateTotals ? new double[index.Count] : [];
        for (var unit = 0; unit < counts.Units.Length; unit++)
        {
            var parts = byUnit[counts.Units[unit]].ToList();
            if (parts.Any(part => !(part.Part is > 0 and <= 1)) || Math.Abs(parts.Sum(part => part.Part) - 1) > 1e-9)
            {
                throw new CountException("The parts of an old unit do not add up to 1.");
            }

            foreach (var part in parts)
            {
                for (var g = 0; g < width; g++) moved[(index[part.To] * width) + g] += counts[unit, g] * part.Part;
                if (counts.HasSeparateTotals) totals[index[part.To]] += counts.Totals[unit] * part.Part;
            }
        }

        return new GroupCounts(index.Keys, counts.Groups, moved, totals, counts.Confidentiality, counts.Provenance.With(step));
    }
}

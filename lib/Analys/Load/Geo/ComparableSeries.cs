using Analys.Domain;

namespace Analys.Load.Geo;

/// <summary>A count of an area in a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Area">The area's name as the source writes it.</param>
/// <param name="Count">The count; null where the source withholds it or has none.</param>
public sealed record AreaCount(int Year, string Area, double? Count);

/// <summary>A place in a series where figures before and after are not of the same areas.</summary>
/// <param name="Year">The first year after it.</param>
/// <param name="Reason">What changed.</param>
public sealed record DivisionBreak(int Year, string Reason);

/// <summary>Counts by district made comparable over the divisions of the city, with the breaks marked.</summary>
/// <remarks>
/// Counts of districts that were merged are added. Where districts were split (Hammarby, 1999) nothing can be carried over: those years are
/// left out and the break says so. A sum with a part that is withheld is withheld. Only counts may be added; shares and means may not.
/// </remarks>
public sealed class ComparableSeries
{
    private ComparableSeries(IReadOnlyList<AreaCount> counts, IReadOnlyList<DivisionBreak> breaks)
    {
        Counts = counts;
        Breaks = breaks;
    }

    /// <summary>The counts in the division that was asked for, by year and area.</summary>
    public IReadOnlyList<AreaCount> Counts { get; }

    /// <summary>The breaks, oldest first.</summary>
    public IReadOnlyList<DivisionBreak> Breaks { get; }

    /// <summary>Carries counts to one division.</summary>
    /// <param name="counts">Counts by the districts of their own year.</param>
    /// <param name="geography">The city.</param>
    /// <param name="division">The id of the division to carry to, such as <c>sdo11</c>.</param>
    /// <exception cref="ArgumentException">A name is not a district of the division of its year, or a year is later than the division.</exception>
    public static ComparableSeries To(IEnumerable<AreaCount> counts, Geography geography, string division)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(geography);
        var breaks = new List<DivisionBreak>();
        var carried = new List<AreaCount>();
        AreaDivision? before = null;
        foreach (var year in counts.GroupBy(count => count.Year).OrderBy(group => group.Key))
        {
            // Figures of a year are by the division at its end.
            var own = geography.At(new DateOnly(year.Key, 12, 31));
            if (before is not null && own.Id != before.Id) breaks.Add(new DivisionBreak(year.Key, $"{before.Count} districts became {own.Count}"));
            before = own;
            Crosswalk crosswalk;
            try
            {
                crosswalk = geography.Crosswalk(own.Id, division);
            }
            catch (ArgumentException e)
            {
                breaks.Add(new DivisionBreak(year.Key, $"left out: {e.Message.Split(" (Parameter")[0]}"));
                continue;
            }

            foreach (var target in year.GroupBy(count => crosswalk.Find(count.Area)
                ?? throw new ArgumentException($"A name of {year.Key} is not a district of {own.Id}.", nameof(counts))))
            {
                carried.Add(new AreaCount(year.Key, target.Key, target.Any(count => count.Count is null) ? null : target.Sum(count => count.Count)));
            }
        }

        return new ComparableSeries(carried, breaks);
    }
}

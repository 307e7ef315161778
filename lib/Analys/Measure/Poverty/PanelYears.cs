using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Poverty;

/// <summary>Which period stands a number of years before another: by the years' numbers, or by order where periods are no years.</summary>
internal sealed class PanelYears(ImmutableArray<string> periods)
{
    private readonly int?[] years = [.. periods.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : (int?)null)];

    /// <summary>The period a number of years before (or after, when negative); −1 where the data do not have that year.</summary>
    public int Before(int period, int back)
    {
        if (years.All(year => year is not null)) return Array.IndexOf(years, years[period] - back);
        var place = period - back;
        return place >= 0 && place < years.Length ? place : -1;
    }
}

using System.Globalization;

namespace Analys.Present.Figures;

/// <summary>Places periods on an axis: years and tertials at their true distance, anything else one step apart in its own order.</summary>
internal sealed class PeriodAxis
{
    private readonly Dictionary<string, double> positions = new(StringComparer.Ordinal);

    public PeriodAxis(IEnumerable<string> periods)
    {
        var all = periods.Distinct().ToList();
        if (all.TrueForAll(period => Year(period) is not null))
        {
            foreach (var period in all) positions[period] = Year(period)!.Value;
        }
        else if (all.TrueForAll(period => TertialOf(period) is not null))
        {
            foreach (var period in all) positions[period] = TertialOf(period)!.Value;
        }
        else
        {
            foreach (var period in all.Order(StringComparer.Ordinal)) positions[period] = positions.Count;
        }
    }

    /// <summary>The periods in order.</summary>
    public IEnumerable<string> Periods => positions.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    public double Min => positions.Count == 0 ? 0 : positions.Values.Min();

    public double Max => positions.Count == 0 ? 1 : positions.Values.Max();

    public double Of(string period) => positions[period];

    /// <summary>Where a period that need not have data lies; null where it cannot be placed.</summary>
    public double? Find(string period)
    {
        if (positions.TryGetValue(period, out var known)) return known;
        if (Year(period) is { } year && positions.Keys.All(other => Year(other) is not null)) return year;
        return TertialOf(period) is { } tertial && positions.Keys.All(other => TertialOf(other) is not null) ? tertial : null;
    }

    private static double? Year(string period) =>
        period.Length == 4 && int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : null;

    private static double? TertialOf(string period) =>
        period.Length == 6 && period[4] is 'T' && Year(period[..4]) is { } year && period[5] is >= '1' and <= '3' ? year + ((period[5] - '1') / 3.0) : null;
}

using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Poverty;

/// <summary>A base year whose line is moved to other years by prices.</summary>
/// <param name="BasePeriod">The base year.</param>
/// <param name="Prices">A price index by year, the base year included.</param>
public sealed record Anchor(string BasePeriod, ImmutableSortedDictionary<string, double> Prices)
{
    /// <summary>What the base year's line is multiplied by.</summary>
    /// <param name="period">The year.</param>
    /// <exception cref="ArgumentException">No price index is known for the year; the message names those that are.</exception>
    public double Factor(string? period) => Index(period) / Index(BasePeriod);

    /// <summary>Reads <c>2018=100,2019=101.8</c>.</summary>
    /// <param name="basePeriod">The base year.</param>
    /// <param name="prices">The pairs.</param>
    /// <exception cref="FormatException">A pair is not a year and a number above 0.</exception>
    public static Anchor Parse(string basePeriod, IEnumerable<string> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var index = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var pair in prices)
        {
            if (pair.Split('=') is not [var year, var text]
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value > 0) || !double.IsFinite(value))
            {
                throw new FormatException("Prices are written 2018=100,2019=101.8.");
            }

            index[year.Trim()] = value;
        }

        return new Anchor(basePeriod, index.ToImmutable());
    }

    private double Index(string? period) => period is not null && Prices.TryGetValue(period, out var value)
        ? value
        : throw new ArgumentException($"There is no price index for a year of the data. Known are {string.Join(", ", Prices.Keys)}.");
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty;

/// <summary>A poverty line: a percentage of the median or the mean of the whole population, or a fixed amount.</summary>
/// <remarks>Written <c>median:60</c>, <c>mean:50</c> or <c>fixed:120000</c>. Swedish: <i>fattigdomsgräns</i>.</remarks>
internal readonly record struct PovertyLine
{
    private PovertyLine(LineKind kind, double number)
    {
        Kind = kind;
        Number = number;
    }

    /// <summary>60 % of the median: Eurostat's at-risk-of-poverty line and SCB's low economic standard.</summary>
    public static PovertyLine AtRisk { get; } = Median(60);

    /// <summary>What the line is a part of.</summary>
    public LineKind Kind { get; }

    /// <summary>The percentage, or the amount of a fixed line.</summary>
    public double Number { get; }

    /// <summary>A percentage of the median.</summary>
    /// <param name="percent">Above 0.</param>
    public static PovertyLine Median(double percent) => new(LineKind.Median, Positive(percent));

    /// <summary>A percentage of the mean.</summary>
    /// <param name="percent">Above 0.</param>
    public static PovertyLine Mean(double percent) => new(LineKind.Mean, Positive(percent));

    /// <summary>A fixed amount, in the unit of the incomes.</summary>
    /// <param name="amount">Above 0.</param>
    public static PovertyLine Fixed(double amount) => new(LineKind.Fixed, Positive(amount));

    /// <summary>Reads <c>median:60</c>, <c>mean:50</c> or <c>fixed:120000</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a line.</exception>
    public static PovertyLine Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        if (parts.Length == 2
            && double.TryParse(parts[1].TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number > 0 && double.IsFinite(number))
        {
            switch (parts[0])
            {
                case "median": return Median(number);
                case "mean": return Mean(number);
                case "fixed": return Fixed(number);
            }
        }

        throw new FormatException("A line is written median:60, mean:50 or fixed:120000, with a number above 0.");
    }

    /// <summary>The line of a population.</summary>
    /// <param name="whole">Everyone, never a domain.</param>
    /// <param name="rule">The rule of the median.</param>
    public double Of(WeightedIncomes whole, QuantileRule rule) => Kind switch
    {
        LineKind.Median => Of(whole.Quantile(0.5, rule)),
        LineKind.Mean => Of(whole.Sum() / whole.Total),
        _ => Number,
    };

    /// <summary>The line of a population whose median or mean is known; one division, so that 60 % of 100 is 60 exactly.</summary>
    /// <param name="centre">The median or the mean.</param>
    public double Of(double centre) => Kind == LineKind.Fixed ? Number : Number * centre / 100;

    /// <summary>The line as it is written.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(Kind switch { LineKind.Median => "median", LineKind.Mean => "mean", _ => "fixed" })}:{Number}");

    private static double Positive(double number) => number > 0 && double.IsFinite(number)
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), "A poverty line must be above 0.");
}

/// <summary>What a poverty line is a part of.</summary>
internal enum LineKind
{
    /// <summary>A percentage of the median.</summary>
    Median,

    /// <summary>A percentage of the mean.</summary>
    Mean,

    /// <summary>An amount.</summary>
    Fixed,
}

/// <summary>A base year whose line is moved to other years by prices.</summary>
/// <param name="BasePeriod">The base year.</param>
/// <param name="Prices">A price index by year, the base year included.</param>
internal sealed record Anchor(string BasePeriod, ImmutableSortedDictionary<string, double> Prices)
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
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value > 0)
                || !double.IsFinite(value))
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

/// <summary>The line itself: 60 % of the median of the whole population, or the chosen line.</summary>
/// <remarks>One figure of the whole population, never of a domain. Swedish: <i>gräns för risk för fattigdom</i>.</remarks>
internal static class AtRiskOfPovertyThreshold
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("at-risk-of-poverty-threshold", "At-risk-of-poverty threshold", "Gräns för risk för fattigdom",
            "z = 60 % of the whole population's median", Units.Kronor, ValueRange.NonNegative,
            "Eurostat, ilc_li01; Commission Regulation (EC) 1980/2003"),
        (_, context) => Quantity.Known(context.Line))
    {
        Place = 1,
        Choices = Choices.Line | Choices.Quantiles,
        OfWhole = true,
        SumPower = 0,
        Slope = (_, _) => 1,
        Influence = (_, _, influence) => influence.Clear(),
        Aggregate = AggregateForm.OfSums,
        AggregateInfluence = new(_ => []) { Slope = _ => 1 },
    };
}

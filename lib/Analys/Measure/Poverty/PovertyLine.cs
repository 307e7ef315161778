using System.Globalization;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>A poverty line: a percentage of the median or the mean of the whole population, or a fixed amount.</summary>
/// <remarks>Written <c>median:60</c>, <c>mean:50</c> or <c>fixed:120000</c>. Swedish: <i>fattigdomsgräns</i>.</remarks>
public readonly record struct PovertyLine
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
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Kind switch { LineKind.Median => "median", LineKind.Mean => "mean", _ => "fixed" })}:{Number}");

    private static double Positive(double number) => number > 0 && double.IsFinite(number)
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), "A poverty line must be above 0.");
}

/// <summary>What a poverty line is a part of.</summary>
public enum LineKind
{
    /// <summary>A percentage of the median.</summary>
    Median,

    /// <summary>A percentage of the mean.</summary>
    Mean,

    /// <summary>An amount.</summary>
    Fixed,
}

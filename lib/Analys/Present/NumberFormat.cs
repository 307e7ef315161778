using System.Globalization;

namespace Analys;

/// <summary>Numbers as a language prints them, the same on every machine whatever its culture.</summary>
/// <remarks>
/// Swedish: groups by U+00A0, decimal comma, minus U+2212, <c>%</c> after U+00A0. English: comma, point, minus U+2212, <c>%</c> without a
/// space. Halves are rounded away from zero on the decimal number that a reader sees, so that 2.85 becomes 2,9.
/// </remarks>
public sealed class NumberFormat
{
    private const char Minus = '\u2212';
    private const char HardSpace = '\u00A0';
    private static readonly NumberFormat Swedish = new(Language.Swedish);
    private static readonly NumberFormat English = new(Language.English);
    private readonly NumberFormatInfo info;
    private readonly Texts texts;
    private readonly Language language;

    private NumberFormat(Language language)
    {
        this.language = language;
        texts = Texts.Of(language);
        info = new NumberFormatInfo
        {
            NumberGroupSeparator = language == Language.English ? "," : HardSpace.ToString(),
            NumberDecimalSeparator = language == Language.English ? "." : ",",
            NegativeSign = Minus.ToString(),
        };
    }

    /// <summary>The format of a language.</summary>
    /// <param name="language">The language.</param>
    public static NumberFormat For(Language language) => language == Language.English ? English : Swedish;

    /// <summary>The number of decimals that a unit is shown with where nothing else is said.</summary>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    public static int DefaultDecimals(string unit) => unit switch
    {
        Units.Share or Units.MillionKronor or Units.Years => 1,
        Units.Ratio => 2,
        Units.Index or Units.Nats or Units.Outcome or Units.Deviations => 3,
        _ => 0,
    };

    /// <summary>The fewest decimals, at most <paramref name="most"/>, that show all values as they are.</summary>
    /// <param name="values">The values in the unit of the results: shares are fractions.</param>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    /// <param name="most">The largest number of decimals.</param>
    public static int DecimalsNeeded(IEnumerable<double> values, string unit, int most = 3)
    {
        var all = values.Where(double.IsFinite).Select(value => unit == Units.Share ? value * 100 : value).ToList();
        for (var decimals = 0; decimals < most; decimals++)
        {
            if (all.TrueForAll(value => Math.Abs(value - Math.Round(value, decimals)) <= 1e-9 * Math.Max(1, Math.Abs(value))))
                return decimals;
        }

        return most;
    }

    /// <summary>A number: <c>1 298</c>, <c>−0,5</c>. Zero has no sign.</summary>
    /// <param name="value">The number; must be finite.</param>
    /// <param name="decimals">The number of decimals, 0 to 15.</param>
    public string Number(double value, int decimals = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 15);
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), "Only a finite number can be printed; say why there is none instead.");
        var pattern = decimals switch
        {
            0 => "N0",
            1 => "N1",
            2 => "N2",
            3 => "N3",
            _ =>
            string.Create(CultureInfo.InvariantCulture, $"N{decimals}")
        };
        // A decimal has the digits that a reader sees: 1.005 is 1.005, not 1.00499999999999989.
        var text = Math.Abs(value) < 1e12
            ? Math.Round((decimal)value, decimals, MidpointRounding.AwayFromZero).ToString(pattern, info)
            : value.ToString(pattern, info);
        return text[0] == Minus && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;
    }

    /// <summary>A share as a percentage: 0.108 is <c>10,8 %</c>.</summary>
    /// <param name="fraction">The fraction of one.</param>
    /// <param name="decimals">The number of decimals of the percentage.</param>
    public string Percent(double fraction, int decimals = 1) =>
        Number(Shift(fraction, 2), decimals) + (language == Language.English ? "%" : $"{HardSpace}%");

    /// <summary>Percentage points: the difference between two shares, 0.067 is <c>6,7</c>.</summary>
    /// <param name="difference">The difference of the fractions.</param>
    /// <param name="decimals">The number of decimals.</param>
    public string Points(double difference, int decimals = 1) => Number(Shift(difference, 2), decimals);

    /// <summary>Kronor as thousands: 394 500 is <c>394,5 tkr</c>.</summary>
    /// <param name="kronor">The amount in kronor.</param>
    /// <param name="decimals">The number of decimals.</param>
    public string ThousandKronor(double kronor, int decimals = 0) =>
        texts.Get("number.tkr", ("number", Number(Shift(kronor, -3), decimals)));

    /// <summary>A value in its unit.</summary>
    /// <param name="value">The value; shares are fractions.</param>
    /// <param name="unit">One of <see cref="Units"/>; an unknown unit is printed after the number.</param>
    /// <param name="decimals">The number of decimals; null for the unit's own.</param>
    public string Value(double value, string unit, int? decimals = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var digits = decimals ?? DefaultDecimals(unit);
        if (unit == Units.Share) return Percent(value, digits);
        var number = Number(value, digits);
        return texts.Has($"number.{unit}") ? texts.Get($"number.{unit}", ("number", number)) : $"{number}{HardSpace}{unit}";
    }

    /// <summary>A quantity: its number, <c>..</c> where it is withheld, <c>.</c> where it does not exist.</summary>
    /// <param name="value">The quantity.</param>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    /// <param name="decimals">The number of decimals; null for the unit's own.</param>
    public string Value(Quantity value, string unit, int? decimals = null) => value.Status switch
    {
        ValueStatus.Suppressed => "..",
        ValueStatus.Undefined => ".",
        _ => Value(value.Number, unit, decimals),
    };

    /// <summary>An interval: <c>9,8–11,9 %</c>; beside a minus sign a dash is hard to read: <c>−14,8 till −4,7 %</c>.</summary>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end.</param>
    /// <param name="unit">One of <see cref="Units"/>.</param>
    /// <param name="decimals">The number of decimals; null for the unit's own.</param>
    public string Interval(double lower, double upper, string unit, int? decimals = null)
    {
        var first = Number(unit == Units.Share ? Shift(lower, 2) : lower, decimals ?? DefaultDecimals(unit));
        return texts.Get(lower < 0 ? "number.interval.below" : "number.interval", ("lower", first),
            ("upper", Value(upper, unit, decimals)));
    }

    // Multiplied as decimals: 0.285 × 100 is 28.5, not 28.499999999999996.
    private static double Shift(double value, int places)
    {
        if (!(Math.Abs(value) is < 1e12 and > 1e-12)) return value * Math.Pow(10, places);
        var number = (decimal)value;
        return (double)(places > 0 ? number * 100m : number / 1000m);
    }
}

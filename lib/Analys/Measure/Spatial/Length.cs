using System.Globalization;

namespace Analys.Measure.Spatial;

/// <summary>A length with its unit: <c>800m</c>, <c>2km</c>, <c>0.5km</c>. A bare number is not a length.</summary>
/// <param name="Metres">In metres.</param>
public readonly record struct Length(double Metres)
{
    /// <summary>In kilometres.</summary>
    public double Kilometres => Metres / 1000;

    /// <summary>A length in kilometres.</summary>
    /// <param name="kilometres">The number.</param>
    public static Length FromKilometres(double kilometres) => new(kilometres * 1000);

    /// <summary>Reads a length.</summary>
    /// <param name="text">A positive number with a decimal point and the unit <c>m</c> or <c>km</c>.</param>
    /// <exception cref="FormatException">The text is not a length, or has no unit.</exception>
    public static Length Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var (number, scale) = trimmed.EndsWith("km", StringComparison.OrdinalIgnoreCase) ? (trimmed[..^2], 1000.0)
            : trimmed.EndsWith('m') ? (trimmed[..^1], 1.0)
            : throw new FormatException("A length has its unit: 800m or 2km.");
        return double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) && value > 0
            ? new Length(value * scale)
            : throw new FormatException("A length is a positive number with a decimal point and its unit: 800m, 0.5km.");
    }

    /// <summary>The length as it is written: whole and half kilometres in km, else in m.</summary>
    public override string ToString() => Metres >= 1000 || Metres % 500 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Kilometres}km")
        : string.Create(CultureInfo.InvariantCulture, $"{Metres}m");
}

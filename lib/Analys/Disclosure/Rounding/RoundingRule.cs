namespace Analys.Disclosure;

/// <summary>How a single count is rounded.</summary>
/// <remarks>Swedish: <i>avrundning</i>. Deterministic: the same count always gives the same figure, so that repeating a table tells nothing new.</remarks>
public static class RoundingRule
{
    /// <summary>The nearest multiple of a base; halves go away from zero.</summary>
    /// <param name="count">The count.</param>
    /// <param name="base">3, 5 or another positive base.</param>
    public static double ToBase(double count, int @base)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 1);
        return Math.Round(count / @base, MidpointRounding.AwayFromZero) * @base;
    }

    /// <summary>The counts that are shown as a figure, each rounded by itself.</summary>
    /// <param name="shown">The figure.</param>
    /// <param name="base">The base.</param>
    public static (double Low, double High) BehindBase(double shown, int @base) => (Math.Max(0, shown - (@base / 2)), shown + ((@base - 1) / 2));

    /// <summary>The counts that a controlled rounding may show as a figure: both neighbouring multiples are open to it.</summary>
    /// <param name="shown">The figure.</param>
    /// <param name="base">The base.</param>
    public static (double Low, double High) BehindControlled(double shown, int @base) => (Math.Max(0, shown - (@base - 1)), shown + (@base - 1));

    /// <summary>The counts that the city's practice shows as a figure.</summary>
    /// <param name="shown">The figure.</param>
    public static (double Low, double High) BehindCityPractice(double shown) => shown switch { 0 => (0, 2), 5 => (3, 5), _ => (shown, shown) };

    /// <summary>The city's practice for small areas: 1 and 2 become 0, 3 and 4 become 5, all else stays.</summary>
    public static double CityPractice(double count) => count switch
    {
        > 0 and < 3 => 0,
        >= 3 and < 5 => 5,
        _ => count,
    };
}

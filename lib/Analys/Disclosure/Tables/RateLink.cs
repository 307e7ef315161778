namespace Analys.Disclosure;

/// <summary>A rate that is printed beside its base: r = 100·x/N, rounded.</summary>
/// <remarks>
/// Whoever reads r with N knows N(r − h)/100 ≤ x ≤ N(r + h)/100, where h is half a unit of the last printed decimal. A rate that follows its
/// numerator (the default) is withheld with it and then tells nothing; one that is <paramref name="AlwaysShown"/> stays and gives that interval.
/// Swedish: <i>andel</i>.
/// </remarks>
/// <param name="Numerator">Index of the counted cell x.</param>
/// <param name="Base">Index of the base N.</param>
/// <param name="Decimals">Printed decimals of the rate in per cent.</param>
/// <param name="AlwaysShown">The rate is printed even where its numerator or base is withheld.</param>
public sealed record RateLink(int Numerator, int Base, int Decimals, bool AlwaysShown = false)
{
    /// <summary>Half a unit of the last printed decimal, in per cent.</summary>
    public double HalfUnit => 0.5 * Math.Pow(10, -Decimals);

    /// <summary>The rate in per cent as it is printed.</summary>
    public double Printed(double numerator, double @base) => Math.Round(100 * numerator / @base, Decimals, MidpointRounding.AwayFromZero);

    /// <summary>The interval of numerators that a printed rate and its base allow.</summary>
    /// <param name="rate">The printed rate in per cent.</param>
    /// <param name="base">The base N.</param>
    /// <param name="halfUnit">Half a unit of the last printed decimal, in per cent.</param>
    public static (double Lower, double Upper) Numerators(double rate, double @base, double halfUnit) =>
        (Math.Max(0, @base * (rate - halfUnit) / 100), @base * (rate + halfUnit) / 100);
}

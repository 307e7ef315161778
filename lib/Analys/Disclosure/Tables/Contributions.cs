namespace Analys.Disclosure.Tables;

/// <summary>The contributions x₁ ≥ x₂ ≥ … to one cell of a magnitude table.</summary>
/// <remarks>Swedish: <i>bidrag till cellen</i>. Kept sorted; amounts must not be negative.</remarks>
internal sealed class Contributions
{
    private readonly double[] sorted;

    private Contributions(double[] sorted)
    {
        this.sorted = sorted;
        foreach (var amount in sorted) Total += amount;
    }

    /// <summary>Takes the contributions in any order.</summary>
    /// <exception cref="ArgumentException">A contribution is negative or not a number.</exception>
    public static Contributions Of(IEnumerable<double> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var sorted = amounts.ToArray();
        if (Array.Exists(sorted, amount => !(amount >= 0) || double.IsInfinity(amount)))
            throw new ArgumentException("A contribution is negative or not a finite number.", nameof(amounts));
        Array.Sort(sorted, (a, b) => b.CompareTo(a));
        return new Contributions(sorted);
    }

    /// <summary>Number of contributors.</summary>
    public int Count => sorted.Length;

    /// <summary>X = Σ xᵢ.</summary>
    public double Total { get; }

    /// <summary>x₁ + … + xₙ, the n largest.</summary>
    public double Largest(int n)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(n, sorted.Length); i++) sum += sorted[i];
        return sum;
    }
}

/// <summary>A rate that is printed beside its base: r = 100·x/N, rounded.</summary>
/// <remarks>
/// Whoever reads r with N knows N(r − h)/100 ≤ x ≤ N(r + h)/100, where h is half a unit of the last printed decimal. A rate that follows
/// its numerator (the default) is withheld with it and then tells nothing; one that is <paramref name="AlwaysShown"/> stays and gives that
/// interval. Swedish: <i>andel</i>.
/// </remarks>
/// <param name="Numerator">Index of the counted cell x.</param>
/// <param name="Base">Index of the base N.</param>
/// <param name="Decimals">Printed decimals of the rate in per cent.</param>
/// <param name="AlwaysShown">The rate is printed even where its numerator or base is withheld.</param>
internal sealed record RateLink(int Numerator, int Base, int Decimals, bool AlwaysShown = false)
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

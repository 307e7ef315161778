using System.Collections.Immutable;
using Analys.Measure.Inference;

namespace Analys.Measure.Source;

/// <summary>One replicate of the Poisson bootstrap: each cluster's weight is multiplied by a Poisson(1) number that a hash of its key and
/// the replicate gives.</summary>
/// <remarks>
/// The hash is a chain of x → (a x + c) mod m over different primes below 2³¹, with a and c drawn for the replicate. Every product is below
/// 2⁶², so that SQLite, PostgreSQL and SQL Server compute the same numbers as this machine, and every server of several draws alike.
/// Source: Chamandy, Muralidharan, Najmi &amp; Naidu 2012, Estimating uncertainty for massive data streams.
/// </remarks>
internal sealed record PoissonReplicate
{
    private static readonly ImmutableArray<long> Moduli = [2147483647, 2147483629, 2147483587, 2147483579, 2147483563];

    // Cumulated probabilities of Poisson(1) times the last modulus; beyond twelve the rest is below one in a billion.
    private static readonly ImmutableArray<long> Cumulated = Thresholds();

    /// <summary>Draws the constants of a replicate.</summary>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="number">The number of the replicate.</param>
    public PoissonReplicate(long seed, int number)
    {
        Seed = seed;
        Number = number;
        var random = new RandomStream(seed, number);
        Steps = [.. Moduli.Select(modulus => ((modulus / 4) + random.NextLong(modulus / 2), random.NextLong(modulus), modulus))];
    }

    /// <summary>The seed of the bootstrap.</summary>
    public long Seed { get; }

    /// <summary>The number of the replicate.</summary>
    public int Number { get; }

    /// <summary>The steps of the hash: x → (a x + c) mod m.</summary>
    internal ImmutableArray<(long Factor, long Addend, long Modulus)> Steps { get; }

    internal static long FirstModulus => Moduli[0];

    /// <summary>The hash below which a cluster is drawn 0, 1, 2, ... times.</summary>
    internal static ImmutableArray<long> Limits => Cumulated;

    /// <summary>How many times the cluster of this key is drawn.</summary>
    /// <param name="key">The key, a whole number.</param>
    public int Factor(long key)
    {
        var x = ((key % Moduli[0]) + Moduli[0]) % Moduli[0];
        foreach (var (factor, addend, modulus) in Steps) x = ((factor * x) + addend) % modulus;
        var times = 0;
        while (times < Cumulated.Length && x >= Cumulated[times]) times++;
        return times;
    }

    /// <inheritdoc/>
    public bool Equals(PoissonReplicate? other) => other is not null && Seed == other.Seed && Number == other.Number;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seed, Number);

    private static ImmutableArray<long> Thresholds()
    {
        var limits = ImmutableArray.CreateBuilder<long>();
        double probability = Math.Exp(-1), sum = 0;
        for (var k = 0; k < 12; k++)
        {
            sum += probability;
            limits.Add((long)(sum * Moduli[^1]));
            probability /= k + 1;
        }

        return limits.ToImmutable();
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Analys.Measure.Inference;

/// <summary>A generator of its own for each replicate, so that a result does not depend on the number of threads.</summary>
/// <remarks>
/// xoshiro256** (Blackman &amp; Vigna 2021), seeded by SplitMix64 from a seed and the replicate's number. MathNet.Numerics has the same
/// generator behind a 32-bit seed, too small to keep the streams of many replicates apart.
/// </remarks>
internal sealed class RandomStream
{
    /// <summary>Where the stream is. A loop of many numbers takes a copy, which stays in registers, and puts it back at its end.</summary>
    public RandomState State;

    /// <summary>The stream of a replicate.</summary>
    /// <param name="seed">The seed of the whole procedure.</param>
    /// <param name="replicate">The number of the replicate.</param>
    public RandomStream(long seed, long replicate) =>
        State = new RandomState(unchecked((ulong)seed ^ ((ulong)replicate * 0xD1342543DE82EF95UL)));

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64() => State.NextUInt64();

    /// <summary>A number from 0 to below 1, with 53 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, without bias (Lemire 2019).</summary>
    /// <param name="bound">The number of possibilities, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long NextLong(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold) high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (long)high;
    }

    /// <summary>Puts the items in random order.</summary>
    /// <param name="items">The items.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)NextLong(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

/// <summary>The four words of the generator.</summary>
internal struct RandomState
{
    private ulong a, b, c, d;

    /// <summary>The words that SplitMix64 makes of a number.</summary>
    public RandomState(ulong state)
    {
        a = Mix(ref state);
        b = Mix(ref state);
        c = Mix(ref state);
        d = Mix(ref state);
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>Random numbers: normal, Poisson and binomial.</summary>
/// <remarks>
/// Small means by inversion, larger ones by Hörmann's transformed rejection (PTRS, BTRS 1993). Beyond <see cref="Exact"/> a rounded normal
/// stands in: the logarithms of the exact weights would no longer have a correct digit.
/// </remarks>
internal static class Variates
{
    /// <summary>Up to here counts are drawn exactly.</summary>
    internal const double Exact = 1e9;

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    /// <param name="random">The stream.</param>
    public static double Normal(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        while (true)
        {
            double u = (2 * random.NextDouble()) - 1, v = (2 * random.NextDouble()) - 1, square = (u * u) + (v * v);
            if (square is > 0 and < 1) return u * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }

    /// <summary>A Poisson count.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="mean">Its mean, at least 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Poisson(RandomStream random, double mean)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (mean <= 0) return 0;
        if (mean > Exact) return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));
        if (mean < 10)
        {
            double p = PortableMath.Exp(-mean), u = random.NextDouble();
            var k = 0;
            while (u > p && k < 200)
            {
                u -= p;
                p *= mean / ++k;
            }

            return k;
        }

        double root = Math.Sqrt(mean), b = 0.931 + (2.53 * root), a = -0.059 + (0.02483 * b), inverse = 1.1239 + (1.1328 / (b - 3.4)),
            logMean = PortableMath.Log(mean);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= 0.9277 - (3.6224 / (b - 2))) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (PortableMath.Log(v * inverse / ((a / (us * us)) + b)) <= (k * logMean) - mean - LogFactorial.Of(k)) return k;
        }
    }

    /// <summary>A binomial count.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="n">The number of trials, whole.</param>
    /// <param name="p">The chance of each.</param>
    public static double Binomial(RandomStream random, double n, double p)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (n <= 0 || p <= 0) return 0;
        if (p >= 1) return n;
        if (p > 0.5) return n - Binomial(random, n, 1 - p);
        double mean = n * p, spread = Math.Sqrt(mean * (1 - p)), odds = p / (1 - p);
        if (mean > Exact) return Math.Clamp(Math.Round(mean + (spread * Normal(random))), 0, n);
        if (mean < 10)
        {
            double u = random.NextDouble(), weight = PortableMath.Exp(n * PortableMath.Log(1 - p));
            var k = 0.0;
            while (u > weight && k < n)
            {
                u -= weight;
                weight *= odds * (n - k) / (k + 1);
                if (++k > 200) break;
            }

            return k;
        }

        double b = 1.15 + (2.53 * spread), a = -0.0873 + (0.0248 * b) + (0.01 * p), c = mean + 0.5, vr = 0.92 - (4.2 / b),
            alpha = (2.83 + (5.1 / b)) * spread;
        double mode = Math.Floor((n + 1) * p), logOdds = PortableMath.Log(odds), h = LogFactorial.Of(mode) + LogFactorial.Of(n - mode);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + c);
            if (k < 0 || k > n) continue;
            if (us >= 0.07 && v <= vr) return k;
            if (PortableMath.Log(v * alpha / ((a / (us * us)) + b)) <= h - LogFactorial.Of(k) - LogFactorial.Of(n - k)
                + ((k - mode) * logOdds))
                return k;
        }
    }
}

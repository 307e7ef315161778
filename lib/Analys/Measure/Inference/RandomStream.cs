using System.Numerics;

namespace Analys.Measure.Inference;

/// <summary>A generator of its own for each replicate, so that a result does not depend on the number of threads.</summary>
/// <remarks>
/// xoshiro256** (Blackman &amp; Vigna 2021), seeded by SplitMix64 from a seed and the replicate's number. MathNet.Numerics has the same
/// generator behind a 32-bit seed, too small to keep the streams of many replicates apart.
/// </remarks>
public sealed class RandomStream
{
    private ulong a, b, c, d;

    /// <summary>The stream of a replicate.</summary>
    /// <param name="seed">The seed of the whole procedure.</param>
    /// <param name="replicate">The number of the replicate.</param>
    public RandomStream(long seed, long replicate)
    {
        var state = unchecked((ulong)seed ^ ((ulong)replicate * 0xD1342543DE82EF95UL));
        a = Mix(ref state);
        b = Mix(ref state);
        c = Mix(ref state);
        d = Mix(ref state);
    }

    /// <summary>64 random bits.</summary>
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

    /// <summary>A number from 0 to below 1, with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, without bias (Lemire 2019).</summary>
    /// <param name="bound">The number of possibilities, at least 1.</param>
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

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

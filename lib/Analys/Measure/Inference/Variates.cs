namespace Analys.Measure.Inference;

/// <summary>Random counts: normal, Poisson, binomial and hypergeometric.</summary>
/// <remarks>
/// Small spreads by walking outwards from the mode, larger ones by Hörmann's transformed rejection (PTRS, BTRS 1993) and Stadlober's ratio of
/// uniforms (1990). Beyond <see cref="Exact"/> a rounded normal stands in: the logarithms of the exact weights would no longer have a correct digit.
/// </remarks>
public static class Variates
{
    private const double Exact = 1e9;

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    /// <param name="random">The stream.</param>
    public static double Normal(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        while (true)
        {
            double u = (2 * random.NextDouble()) - 1, v = (2 * random.NextDouble()) - 1, square = (u * u) + (v * v);
            if (square is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(square) / square);
        }
    }

    /// <summary>A Poisson count.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="mean">Its mean, at least 0.</param>
    public static double Poisson(RandomStream random, double mean)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (mean <= 0) return 0;
        if (mean > Exact) return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));
        if (mean < 10)
        {
            double p = Math.Exp(-mean), u = random.NextDouble();
            var k = 0;
            while (u > p && k < 200)
            {
                u -= p;
                p *= mean / ++k;
            }

            return k;
        }

        double root = Math.Sqrt(mean), b = 0.931 + (2.53 * root), a = -0.059 + (0.02483 * b), inverse = 1.1239 + (1.1328 / (b - 3.4)), logMean = Math.Log(mean);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + mean + 0.43);
            if (us >= 0.07 && v <= 0.9277 - (3.6224 / (b - 2))) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (Math.Log(v * inverse / ((a / (us * us)) + b)) <= (k * logMean) - mean - LogFactorial.Of(k)) return k;
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
            double u = random.NextDouble(), weight = Math.Exp(n * Math.Log(1 - p));
            var k = 0.0;
            while (u > weight && k < n)
            {
                u -= weight;
                weight *= odds * (n - k) / (k + 1);
                if (++k > 200) break;
            }

            return k;
        }

        double b = 1.15 + (2.53 * spread), a = -0.0873 + (0.0248 * b) + (0.01 * p), c = mean + 0.5, vr = 0.92 - (4.2 / b), alpha = (2.83 + (5.1 / b)) * spread;
        double mode = Math.Floor((n + 1) * p), logOdds = Math.Log(odds), h = LogFactorial.Of(mode) + LogFactorial.Of(n - mode);
        while (true)
        {
            double u = random.NextDouble() - 0.5, v = random.NextDouble(), us = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / us) + b) * u) + c);
            if (k < 0 || k > n) continue;
            if (us >= 0.07 && v <= vr) return k;
            if (Math.Log(v * alpha / ((a / (us * us)) + b)) <= h - LogFactorial.Of(k) - LogFactorial.Of(n - k) + ((k - mode) * logOdds)) return k;
        }
    }

    /// <summary>How many of a sample drawn without replacement are of a kind.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="total">All there are, whole.</param>
    /// <param name="kind">Those of the kind.</param>
    /// <param name="sample">The size of the sample.</param>
    public static double Hypergeometric(RandomStream random, double total, double kind, double sample)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (kind > total / 2) return sample - Hypergeometric(random, total, total - kind, sample);
        if (sample > total / 2) return kind - Hypergeometric(random, total, kind, total - sample);
        if (kind <= 0 || sample <= 0) return 0;
        double p = kind / total, mean = sample * p, most = Math.Min(kind, sample);
        var spread = Math.Sqrt(mean * (1 - p) * (total - sample) / Math.Max(1, total - 1));
        if (total > Exact) return Math.Clamp(Math.Round(mean + (spread * Normal(random))), 0, most);
        return spread < 8 ? FromMode(random, total, kind, sample, most) : RatioOfUniforms(random, total, kind, sample, mean, spread, most);
    }

    private static double LogWeight(double total, double kind, double sample, double k) =>
        -LogFactorial.Of(k) - LogFactorial.Of(kind - k) - LogFactorial.Of(sample - k) - LogFactorial.Of(total - kind - sample + k);

    // Inversion in the order of probability: from the mode outwards, upper and lower neighbour in turn.
    private static double FromMode(RandomStream random, double total, double kind, double sample, double most)
    {
        var mode = Math.Floor((kind + 1) * (sample + 1) / (total + 2));
        var scale = LogFactorial.Of(kind) + LogFactorial.Of(total - kind) + LogFactorial.Of(sample) + LogFactorial.Of(total - sample) - LogFactorial.Of(total);
        double peak = Math.Exp(scale + LogWeight(total, kind, sample, mode)), up = peak, down = peak, u = random.NextDouble() - peak;
        double high = mode, low = mode, others = total - kind - sample;
        while (u > 0 && (high < most || low > 0))
        {
            if (high < most)
            {
                up *= (kind - high) * (sample - high) / ((high + 1) * (others + high + 1));
                high++;
                if ((u -= up) <= 0) return high;
            }

            if (low > 0)
            {
                down *= low * (others + low) / ((kind - low + 1) * (sample - low + 1));
                low--;
                if ((u -= down) <= 0) return low;
            }

            if (up + down < 1e-18) break;
        }

        return mode;
    }

    private static double RatioOfUniforms(RandomStream random, double total, double kind, double sample, double mean, double spread, double most)
    {
        double h = (1.7155277699214135 * Math.Sqrt((spread * spread) + 0.5)) + 0.8989161620588988, a = mean + 0.5;
        double peak = LogWeight(total, kind, sample, Math.Floor((kind + 1) * (sample + 1) / (total + 2)));
        while (true)
        {
            double u = random.NextDouble(), v = random.NextDouble();
            if (u == 0) continue;
            var k = Math.Floor(a + (h * (v - 0.5) / u));
            if (k < 0 || k > most) continue;
            if (2 * Math.Log(u) <= LogWeight(total, kind, sample, k) - peak) return k;
        }
    }
}

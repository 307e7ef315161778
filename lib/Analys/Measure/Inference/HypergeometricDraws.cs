using System.Runtime.CompilerServices;

namespace Analys.Measure.Inference;

/// <summary>Random counts of a kind in samples that are drawn without replacement.</summary>
/// <remarks>
/// Small spreads by walking outwards from the mode, larger ones by Stadlober's ratio of uniforms (1990) with his quick steps. Beyond
/// <see cref="Variates.Exact"/> a rounded normal stands in: the logarithms of the exact weights would no longer have a correct digit. Draws
/// from one population ask for the logarithms of its factorials again and again: they are a table up to a million.
/// </remarks>
/// <param name="most">The largest total that is drawn from.</param>
internal sealed class HypergeometricDraws(double most)
{
    private const int Tabled = 1 << 20;
    private readonly double[] logs = most < Tabled ? LogFactorial.MakeTable((int)most + 1) : [];

    /// <summary>How many of a sample drawn without replacement are of a kind.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="total">All there are, whole.</param>
    /// <param name="kind">Those of the kind.</param>
    /// <param name="sample">The size of the sample.</param>
    public double Draw(RandomStream random, double total, double kind, double sample)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (kind > total / 2) return sample - Draw(random, total, total - kind, sample);
        if (sample > total / 2) return kind - Draw(random, total, kind, total - sample);
        if (kind <= 0 || sample <= 0) return 0;
        double p = kind / total, mean = sample * p, largest = Math.Min(kind, sample);
        var spread = Math.Sqrt(mean * (1 - p) * (total - sample) / Math.Max(1, total - 1));
        if (total > Variates.Exact) return Math.Clamp(Math.Round(mean + (spread * Variates.Normal(random))), 0, largest);
        return spread < 8 ? FromMode(random, total, kind, sample, largest)
            : RatioOfUniforms(random, total, kind, sample, mean, spread, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Log(double n) => n < logs.Length ? logs[(int)n] : LogFactorial.Of(n);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double LogWeight(double total, double kind, double sample, double k) =>
        -Log(k) - Log(kind - k) - Log(sample - k) - Log(total - kind - sample + k);

    // Inversion in the order of probability: from the mode outwards, upper and lower neighbour in turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FromMode(RandomStream random, double total, double kind, double sample, double most)
    {
        var mode = Math.Floor((kind + 1) * (sample + 1) / (total + 2));
        var scale = Log(kind) + Log(total - kind) + Log(sample) + Log(total - sample) - Log(total);
        double peak = PortableMath.Exp(scale + LogWeight(total, kind, sample, mode)), up = peak, down = peak,
            u = random.NextDouble() - peak;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double RatioOfUniforms(RandomStream random, double total, double kind, double sample, double mean, double spread, double most)
    {
        double h = (1.7155277699214135 * Math.Sqrt((spread * spread) + 0.5)) + 0.8989161620588988, a = mean + 0.5;
        double peak = LogWeight(total, kind, sample, Math.Floor((kind + 1) * (sample + 1) / (total + 2)));
        while (true)
        {
            double u = random.NextDouble(), v = random.NextDouble();
            if (u == 0) continue;
            var k = Math.Floor(a + (h * (v - 0.5) / u));
            if (k < 0 || k > most) continue;
            var weight = LogWeight(total, kind, sample, k) - peak;
            // 2 ln u lies between u − 1/u and u (4 − u) − 3: the logarithm is seldom needed.
            if ((u * (4 - u)) - 3 <= weight) return k;
            if (u * (u - weight) < 1 && 2 * PortableMath.Log(u) <= weight) return k;
        }
    }
}

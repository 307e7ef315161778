namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>Exact means over hypergeometric counts: what independence with fixed margins gives a cell.</summary>
internal static class HypergeometricMean
{
    // Below this part of the mode's weight a term no longer changes a double.
    private const double Negligible = 1e-25;
    private const double WideSpread = 20_000;

    /// <summary>The mean of f(n), n of a kind in a sample drawn without replacement.</summary>
    public static double Of<TArgument>(double total, double kind, double sample, TArgument argument, Func<double, TArgument, double> f)
    {
        double p = kind / total, mean = sample * p, others = total - kind - sample;
        double least = Math.Max(0, -others), most = Math.Min(kind, sample);
        var spread = Math.Sqrt(mean * (1 - p) * (total - sample) / Math.Max(1, total - 1));
        if (spread > WideSpread) return Normal(mean, spread, argument, f);
        // Weights relative to the mode's, by their ratios, outwards both ways: no factorial loses digits.
        var mode = Math.Clamp(Math.Floor((kind + 1) * (sample + 1) / (total + 2)), least, most);
        double weights = 1, sum = f(mode, argument), weight = 1;
        for (var n = mode; n < most && weight > Negligible; n++)
        {
            weight *= (kind - n) / (n + 1) * ((sample - n) / (others + n + 1));
            weights += weight;
            sum += weight * f(n + 1, argument);
        }

        weight = 1;
        for (var n = mode; n > least && weight > Negligible; n--)
        {
            weight *= n / (kind - n + 1) * ((others + n) / (sample - n + 1));
            weights += weight;
            sum += weight * f(n - 1, argument);
        }

        return sum / weights;
    }

    // So many persons that counts are as good as continuous: trapezoids of the normal density.
    private static double Normal<TArgument>(double mean, double spread, TArgument argument, Func<double, TArgument, double> f)
    {
        double weights = 0, sum = 0;
        for (var z = -10.0; z <= 10; z += 1.0 / 64)
        {
            var weight = Math.Exp(-z * z / 2);
            weights += weight;
            sum += weight * f(mean + (z * spread), argument);
        }

        return sum / weights;
    }
}

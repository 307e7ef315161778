using MathNet.Numerics.Distributions;

namespace Analys.Measure.Areas;

/// <summary>Rates as they would be if areas had the same ages, and events against those that a standard's rates would give.</summary>
/// <remarks>Sources: Fay &amp; Feuer 1997, Statistics in Medicine 16(7); Breslow &amp; Day 1987, IARC 82.</remarks>
internal static class Standardised
{
    /// <summary>The directly standardised rate per person with the gamma interval of Fay and Feuer.</summary>
    /// <param name="events">By group, the area's events.</param>
    /// <param name="counts">By group, its persons (or person-years).</param>
    /// <param name="standard">By group, the standard population; shares or counts.</param>
    /// <param name="level">The coverage of the interval.</param>
    public static Estimated Direct(double[] events, double[] counts, double[] standard, double level = 0.95)
    {
        var all = standard.Sum();
        double rate = 0, variance = 0, largest = 0;
        for (var g = 0; g < events.Length; g++)
        {
            if (standard[g] == 0) continue;
            if (!(counts[g] > 0)) return new(Quantity.Undefined("the area has nobody in a group that the standard counts"));
            var weight = standard[g] / all / counts[g];
            rate += weight * events[g];
            variance += weight * weight * events[g];
            largest = Math.Max(largest, weight);
        }

        if (!(all > 0)) return new(Quantity.Undefined("the standard has nobody"));
        var tail = (1 - level) / 2;
        var lower = rate == 0 ? 0 : variance / (2 * rate) * ChiSquaredQuantile(2 * rate * rate / variance, tail);
        var raised = rate + largest;
        var upper = (variance + (largest * largest)) / (2 * raised) * ChiSquaredQuantile(2 * raised * raised / (variance
            + (largest * largest)), 1 - tail);
        return new(Quantity.Known(rate), Math.Sqrt(variance), lower, upper);
    }

    /// <summary>Events over those expected at the standard's rates, with the exact Poisson interval.</summary>
    /// <param name="observed">The events.</param>
    /// <param name="expected">The sum over groups of persons times the standard's rate.</param>
    /// <param name="level">The coverage of the interval.</param>
    public static Estimated Ratio(double observed, double expected, double level = 0.95)
    {
        if (!(expected > 0)) return new(Quantity.Undefined("no events are expected"));
        var (lower, upper) = PoissonInterval(observed, level);
        return new(Quantity.Known(observed / expected), Math.Sqrt(observed) / expected, lower / expected, upper / expected);
    }

    /// <summary>The events expected; null where the standard has no rate for a group with persons.</summary>
    /// <param name="counts">By group, the area's persons.</param>
    /// <param name="standardEvents">By group, the standard's events.</param>
    /// <param name="standardCounts">By group, its persons.</param>
    public static double? Expected(double[] counts, double[] standardEvents, double[] standardCounts)
    {
        var sum = 0.0;
        for (var g = 0; g < counts.Length; g++)
        {
            if (counts[g] == 0) continue;
            if (!(standardCounts[g] > 0)) return null;
            sum += counts[g] * standardEvents[g] / standardCounts[g];
        }

        return sum;
    }

    /// <summary>The exact interval of a Poisson mean (Garwood 1936).</summary>
    public static (double Lower, double Upper) PoissonInterval(double events, double level = 0.95)
    {
        var tail = (1 - level) / 2;
        return (events == 0 ? 0 : ChiSquaredQuantile(2 * events, tail) / 2, ChiSquaredQuantile((2 * events) + 2, 1 - tail) / 2);
    }

    // MathNet's own quantile stops at 1e-8: from there Newton and bisection on its distribution function go on to the last digits.
    private static double ChiSquaredQuantile(double freedom, double probability)
    {
        double Distance(double x) => ChiSquared.CDF(freedom, x) - probability;
        double low = 0, high = Math.Max(1, freedom);
        while (Distance(high) < 0) (low, high) = (high, 2 * high);
        return Root.Between(Distance, low, high, low == 0 ? -probability : Distance(low), Distance(high));
    }
}

/// <summary>Limits of a funnel: how far a ratio may lie from 1 at its expected events when nothing but chance, and what all areas share, is
/// at work.</summary>
/// <remarks>Source: Spiegelhalter 2005, Statistics in Medicine 24(8); Spiegelhalter et al. 2012, JRSS A 175(1).</remarks>
/// <param name="Dispersion">φ, the mean of the squared winsorised z; near 1 where chance explains all.</param>
/// <param name="BetweenVariance">τ² of the square root of the ratio between areas; 0 where φ is at most 1.</param>
internal sealed record Funnel(double Dispersion, double BetweenVariance)
{
    private const double Winsorised = 0.1;

    /// <summary>Estimates the overdispersion of areas.</summary>
    /// <param name="observed">By area, the events.</param>
    /// <param name="expected">By area, those expected; above 0.</param>
    public static Funnel Of(double[] observed, double[] expected)
    {
        var m = observed.Length;
        double[] z = [.. observed.Select((o, i) => 2 * (Math.Sqrt(o) - Math.Sqrt(expected[i])))];
        double[] sorted = [.. z.Order()];
        if (m == 0) return new Funnel(1, 0);
        double low = At(sorted, Winsorised), high = At(sorted, 1 - Winsorised);
        var dispersion = z.Average(value => Math.Pow(Math.Clamp(value, low, high), 2));
        // The moment equation on the scale of √ratio, whose chance variance is 1/(4E).
        double weights = expected.Sum(e => 4 * e), squares = expected.Sum(e => 16 * e * e);
        var between = m < 2 ? 0 : ((m * dispersion) - (m - 1)) / (weights - (squares / weights));
        return new Funnel(dispersion, dispersion > 1 && between > 0 ? between : 0);
    }

    /// <summary>The limits of the ratio at an expected number of events.</summary>
    /// <param name="expected">The expected events.</param>
    /// <param name="level">The coverage, such as 0.95 or 0.998.</param>
    public (double Lower, double Upper) Limits(double expected, double level)
    {
        if (BetweenVariance == 0) return (Quantile(expected, (1 - level) / 2) / expected, Quantile(expected, (1 + level) / 2) / expected);
        var half = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt((1 / (4 * expected)) + BetweenVariance);
        return (Math.Pow(Math.Max(0, 1 - half), 2), Math.Pow(1 + half, 2));
    }

    // The Poisson quantile, interpolated between whole numbers so that the limit has no steps.
    private static double Quantile(double mean, double probability)
    {
        double Below(double k) => k < 0 ? 0 : Poisson.CDF(mean, k);
        double low = -1, high = Math.Ceiling(mean + 1);
        while (Below(high) < probability) (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            if (Below(middle) < probability) low = middle;
            else high = middle;
        }

        double at = Below(high), before = Below(high - 1);
        return Math.Max(0, high - ((at - probability) / (at - before)));
    }

    private static double At(double[] sorted, double probability)
    {
        var place = probability * (sorted.Length - 1);
        var low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}

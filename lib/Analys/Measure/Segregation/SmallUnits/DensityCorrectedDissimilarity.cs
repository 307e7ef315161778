using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>D with each unit's difference replaced by its most likely value, given that a difference with sampling error is seen without its sign.</summary>
/// <remarks>½ Σ σ_i μ(z_i), z_i = |x_i / X − y_i / Y| / σ_i, σ_i² = p(1 − p) / X + q(1 − q) / Y; μ(z) maximises φ(z − μ) + φ(z + μ): 0 for z ≤ 1, else the root of μ = z tanh(z μ). A difference without error (all or none of both groups) stands as it is. Swedish: <i>täthetskorrigerat dissimilaritetsindex</i>.</remarks>
public static class DensityCorrectedDissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "density-corrected-dissimilarity", "Density-corrected dissimilarity", "Täthetskorrigerat dissimilaritetsindex", "½ Σ σ_i μ(z_i)",
            Units.Index, ValueRange.Unit, "Allen, Burgess, Davidson & Windmeijer 2015, Econometrics Journal 18(1)"),
        Formula);

    // The mode of the folded normal's likelihood: Newton on μ − z tanh(zμ), which is convex beyond the root.
    internal static double MostLikely(double z)
    {
        if (z <= 1) return 0;
        if (z > 6) return z;
        var mean = z;
        for (var step = 0; step < 100; step++)
        {
            var tanh = Math.Tanh(z * mean);
            var next = mean - ((mean - (z * tanh)) / (1 - (z * z * (1 - (tanh * tanh)))));
            if (Math.Abs(next - mean) < 1e-15 * z) return next;
            mean = next;
        }

        return mean;
    }

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            double p = x[i] / sumX, q = y[i] / sumY, difference = Math.Abs(p - q);
            var error = Math.Sqrt((p * (1 - p) / sumX) + (q * (1 - q) / sumY));
            sum += error > 0 ? error * MostLikely(difference / error) : difference;
        }

        return Quantity.Known(Math.Min(1, sum / 2));
    }
}

using Analys.Measure.Inference;
using MathNet.Numerics.Distributions;

namespace Analys.Measure.Effects;

/// <summary>Standard errors and intervals of any estimate that has an influence function.</summary>
/// <remarks>
/// sqrt(Σψ²)/n for single units; with clusters c sqrt(Σ_c(Σ_{i in c}ψ_i)²)/n: no small-sample factor, as in Callaway and Sant'Anna (2021).
/// The interval is normal unless the estimate has degrees of freedom.
/// </remarks>
internal static class Errors
{
    /// <summary>The standard error from an influence function.</summary>
    /// <param name="influence">One number a unit.</param>
    /// <param name="clusters">The cluster of each unit, from 0; null for units by themselves.</param>
    public static double Of(ReadOnlySpan<double> influence, int[]? clusters = null)
    {
        var sums = clusters is null ? influence : Sums(influence, clusters);
        return Math.Sqrt(Compensated.Dot(sums, sums)) / influence.Length;
    }

    /// <summary>By cluster, the sum of the influence of its units.</summary>
    public static double[] Sums(ReadOnlySpan<double> influence, int[] clusters)
    {
        var sums = new Compensated[clusters.Length == 0 ? 0 : clusters.Max() + 1];
        for (var i = 0; i < influence.Length; i++) sums[clusters[i]].Add(influence[i]);
        return [.. sums.Select(sum => sum.Value)];
    }

    /// <summary>The estimate with its standard error and normal interval from its influence function, if it has one.</summary>
    public static Estimate Complete(Estimate estimate, double level, int[]? clusters = null)
    {
        if (estimate.Value is null || estimate.Influence.Length == 0) return estimate;
        return Interval(estimate with { StandardError = Of(estimate.Influence, clusters), Degrees = null }, level);
    }

    /// <summary>The estimate with the interval value ± quantile · standard error: t where it has degrees of freedom, else normal.</summary>
    public static Estimate Interval(Estimate estimate, double level)
    {
        if (estimate is not { Value: { } value, StandardError: { } error }) return estimate;
        var half = error * (estimate.Degrees is { } degrees ? StudentQuantile.Of(0.5 + (level / 2), degrees)
            : NormalQuantile(0.5 + (level / 2)));
        return double.IsFinite(half) ? estimate with { Lower = value - half, Upper = value + half } : estimate;
    }

    /// <summary>A share as text in a reason, without the rounding of its subtraction.</summary>
    public static string Share(double share) => Math.Round(share, 10).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The quantile of the standard normal distribution.</summary>
    public static double NormalQuantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>Φ(z), right in both tails.</summary>
    public static double NormalCdf(double z) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>The two-sided p value of t with the degrees of freedom; normal where they are null.</summary>
    public static double TwoSided(double t, double? degrees) => degrees is { } df
        ? 2 * StudentT.CDF(0, 1, df, -Math.Abs(t))
        : 2 * NormalCdf(-Math.Abs(t));
}

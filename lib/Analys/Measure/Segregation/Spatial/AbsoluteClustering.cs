using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much of those who live near a member of the group are of the group, above what an even spread over the units would give.</summary>
/// <remarks>At most 1; negative where the group lives apart from itself. d in kilometres. Undefined where the denominator is zero. Swedish: <i>absolut klustring</i>.</remarks>
public static class AbsoluteClustering
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("absolute-clustering", "Absolute clustering", "Absolut klustring", "ACL = (Σ_i x_i/X Σ_j c_ij x_j − X/n² ΣΣ c_ij) / (Σ_i x_i/X Σ_j c_ij t_j − X/n² ΣΣ c_ij), c_ij = exp(−d_ij)", Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="p">The proximities of the two groups.</param>
    public static Quantity Formula(Proximities p)
    {
        // x_i/X Σ_j c_ij x_j = X P_xx, and likewise with t: X P_xx + Y P_xy.
        var even = p.X * p.MeanDecay;
        return Quantity.Ratio((p.X * p.Xx) - even, (p.X * p.Xx) + (p.Y * p.Xy) - even, "the group cannot be more clustered than it is");
    }
}

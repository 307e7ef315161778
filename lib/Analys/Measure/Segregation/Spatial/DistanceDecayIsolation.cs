using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The chance that someone whom a member of the group meets, the likelier the nearer they live, is of the group too.</summary>
/// <remarks>
/// DP_xx = Σ_i (x_i / X) Σ_j k_ij x_j / t_j, k_ij = c_ij t_j / Σ_j c_ij t_j, c_ij = exp(−d_ij), d in kilometres. Isolation and exposure to everyone else add up to
/// one. Swedish: <i>isoleringsindex med avståndsavtagande</i>.
/// </remarks>
public static class DistanceDecayIsolation
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = new(
        new Definition(
            "distance-decay-isolation", "Distance-decay isolation", "Isoleringsindex med avståndsavtagande",
            "DP_xx = Σ_i (x_i/X) Σ_j k_ij x_j/t_j, k_ij = exp(−d_ij) t_j / Σ_j exp(−d_ij) t_j",
            Units.Index, ValueRange.Unit, "Morgan 1983, Area 15(3); Massey & Denton 1988, Social Forces 67(2)"),
        (_, _, _) => throw new MeasureOptionException("distance-decay-isolation needs geography."))
    {
        OwnGroup = true,
        NeedsGeography = true,
        Options = [SpatialOptions.Decay, SpatialOptions.SelfDistance],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("distance-decay-isolation", arguments, counts);
            var (decay, lack) = call.Decay();
            return Measure! with
            {
                Formula = decay is null ? (_, _, _) => Quantity.Undefined(lack!) : (x, y, t) => Formula(x, y, t, decay),
                Parameters = call.Parameters,
            };
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group whose surroundings are described, by unit; not empty.</param>
    /// <param name="y">The group that it meets, here itself.</param>
    /// <param name="t">Everyone.</param>
    /// <param name="decay">The decay of distance.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t, Surroundings decay) =>
        SpatialExposure.Formula(x, y, t, decay);
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The mean proximities that <see cref="SpatialProximity"/> is made of: P_xx, P_yy, P_xy, P_tt.</summary>
/// <remarks>P_xy = Σ_i Σ_j x_i y_j c_ij / (X Y), c_ij = exp(−d_ij), d in kilometres. Swedish: <i>medelnärhet</i>.</remarks>
public static class MeanProximity
{
    /// <summary>Within the group of interest.</summary>
    public static TwoGroupMeasure Group { get; } = Make("xx", "within the group", "inom gruppen", p => p.Xx);

    /// <summary>Within the others.</summary>
    public static TwoGroupMeasure Others { get; } = Make("yy", "within the others", "inom de andra", p => p.Yy);

    /// <summary>Between the two.</summary>
    public static TwoGroupMeasure Between { get; } = Make("xy", "between the group and the others", "mellan gruppen och de andra", p => p.Xy);

    /// <summary>Among everyone.</summary>
    public static TwoGroupMeasure Everyone { get; } = Make("tt", "among everyone", "bland alla", p => p.Tt);

    private static TwoGroupMeasure Make(string pair, string english, string swedish, Func<Proximities, double> value) => Proximities.Measure(
        new Definition(
            $"mean-proximity-{pair}", $"Mean proximity {english}", $"Medelnärhet {swedish}",
            $"P_{pair} = Σ_i Σ_j {pair[0]}_i {pair[1]}_j c_ij / ({char.ToUpperInvariant(pair[0])} {char.ToUpperInvariant(pair[1])})",
            Units.Index, ValueRange.Unit, "White 1986, Social Forces 65(1); Massey & Denton 1988, Social Forces 67(2)"),
        p => Quantity.Known(value(p)));
}

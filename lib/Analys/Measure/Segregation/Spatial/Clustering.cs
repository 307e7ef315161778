using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Mean proximities within and between two groups: P_xx = Σ_i Σ_j x_i x_j c_ij / X² and so on, c the decay of distance.</summary>
/// <param name="Xx">Within the group of interest.</param>
/// <param name="Yy">Within the other.</param>
/// <param name="Xy">Between the two.</param>
/// <param name="Tt">Among everyone of the two.</param>
/// <param name="MeanDecay">The mean of c_ij over pairs of inhabited units, a unit with itself among them.</param>
/// <param name="X">The size of the group of interest.</param>
/// <param name="Y">The size of the other.</param>
internal readonly record struct Proximities(double Xx, double Yy, double Xy, double Tt, double MeanDecay, double X, double Y)
{
    /// <summary>The proximities of two groups.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="decay">The decay of distance between units.</param>
    public static Proximities Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Surroundings decay)
    {
        ArgumentNullException.ThrowIfNull(decay);
        var rows = new double[x.Length * 3];
        double sumX = Sums.Of(x), sumY = Sums.Of(y), units = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var inhabited = x[i] + y[i] > 0 ? 1 : 0;
            (rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2]) = (x[i], y[i], inhabited);
            units += inhabited;
        }

        var sums = decay.Sums(rows, 3);
        double xx = 0, yy = 0, xy = 0, all = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xx += x[i] * sums[3 * i];
            yy += y[i] * sums[(3 * i) + 1];
            xy += x[i] * sums[(3 * i) + 1];
            all += rows[(3 * i) + 2] * sums[(3 * i) + 2];
        }

        var total = sumX + sumY;
        return new Proximities(
            xx / (sumX * sumX), yy / (sumY * sumY), xy / (sumX * sumY), (xx + (2 * xy) + yy) / (total * total), all / (units * units), sumX,
            sumY);
    }

    /// <summary>A measure made of proximities.</summary>
    internal static TwoGroupMeasure Measure(Definition definition, Func<Proximities, Quantity> formula) => SpatialCall.TwoGroup(
        definition,
        [SpatialOptions.Decay, SpatialOptions.SelfDistance],
        call =>
        {
            var (decay, lack) = call.Decay();
            return decay is null ? (null, lack) : ((x, y) => formula(Of(x, y, decay)), null);
        });
}

/// <summary>How much of those who live near a member of the group are of the group, above what an even spread over the units would
/// give.</summary>
/// <remarks>At most 1; negative where the group lives apart from itself. d in kilometres. Undefined where the denominator is zero. Swedish:
/// <i>absolut klustring</i>.</remarks>
internal static class AbsoluteClustering
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("absolute-clustering", "Absolute clustering", "Absolut klustring",
            "ACL = (Σ_i x_i/X Σ_j c_ij x_j − X/n² ΣΣ c_ij) / (Σ_i x_i/X Σ_j c_ij t_j − X/n² ΣΣ c_ij), c_ij = exp(−d_ij)", Units.Index,
            ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
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

/// <summary>How much nearer members of the group live to each other than the others do.</summary>
/// <remarks>0 where both are equally near, without upper bound. Swedish: <i>relativ klustring</i>.</remarks>
internal static class RelativeClustering
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("relative-clustering", "Relative clustering", "Relativ klustring", "RCL = P_xx / P_yy − 1", Units.Index,
            ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="p">The proximities of the two groups.</param>
    public static Quantity Formula(Proximities p) => Quantity.Ratio(p.Xx - p.Yy, p.Yy, "the others live too far from each other");
}

/// <summary>How much nearer people live to their own group than to everyone.</summary>
/// <remarks>1 where there is no difference, above 1 where each group lives nearer to itself. Swedish: <i>rumslig närhet</i>.</remarks>
internal static class SpatialProximity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("spatial-proximity", "Spatial proximity", "Rumslig närhet", "SP = (X P_xx + Y P_yy) / (T P_tt)", Units.Index,
            ValueRange.NonNegative,
            "White 1983, American Journal of Sociology 88(5); White 1986; Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="p">The proximities of the two groups.</param>
    public static Quantity Formula(Proximities p) =>
        Quantity.Ratio((p.X * p.Xx) + (p.Y * p.Yy), (p.X + p.Y) * p.Tt, "people live too far from each other");
}

/// <summary>The mean proximities that <see cref="SpatialProximity"/> is made of: P_xx, P_yy, P_xy, P_tt.</summary>
/// <remarks>P_xy = Σ_i Σ_j x_i y_j c_ij / (X Y), c_ij = exp(−d_ij), d in kilometres. Swedish: <i>medelnärhet</i>.</remarks>
internal static class MeanProximity
{
    /// <summary>Within the group of interest.</summary>
    public static TwoGroupMeasure Group { get; } = Make("xx", "within the group", "inom gruppen", p => p.Xx);

    /// <summary>Within the others.</summary>
    public static TwoGroupMeasure Others { get; } = Make("yy", "within the others", "inom de andra", p => p.Yy);

    /// <summary>Between the two.</summary>
    public static TwoGroupMeasure Between { get; } =
        Make("xy", "between the group and the others", "mellan gruppen och de andra", p => p.Xy);

    /// <summary>Among everyone.</summary>
    public static TwoGroupMeasure Everyone { get; } = Make("tt", "among everyone", "bland alla", p => p.Tt);

    private static TwoGroupMeasure Make(string pair, string english, string swedish, Func<Proximities, double> value) =>
        Proximities.Measure(
        new Definition(
            $"mean-proximity-{pair}", $"Mean proximity {english}", $"Medelnärhet {swedish}",
            $"P_{pair} = Σ_i Σ_j {pair[0]}_i {pair[1]}_j c_ij / ({char.ToUpperInvariant(pair[0])} {char.ToUpperInvariant(pair[1])})",
            Units.Index, ValueRange.Unit, "White 1986, Social Forces 65(1); Massey & Denton 1988, Social Forces 67(2)"),
        p => Quantity.Known(value(p)));
}

using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much nearer members of the group live to each other than the others do.</summary>
/// <remarks>0 where both are equally near, without upper bound. Swedish: <i>relativ klustring</i>.</remarks>
public static class RelativeClustering
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("relative-clustering", "Relative clustering", "Relativ klustring", "RCL = P_xx / P_yy − 1", Units.Index, ValueRange.Any, "Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="p">The proximities of the two groups.</param>
    public static Quantity Formula(Proximities p) => Quantity.Ratio(p.Xx - p.Yy, p.Yy, "the others live too far from each other");
}

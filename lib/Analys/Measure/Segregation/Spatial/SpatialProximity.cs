using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much nearer people live to their own group than to everyone.</summary>
/// <remarks>1 where there is no difference, above 1 where each group lives nearer to itself. Swedish: <i>rumslig närhet</i>.</remarks>
public static class SpatialProximity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = Proximities.Measure(
        new Definition("spatial-proximity", "Spatial proximity", "Rumslig närhet", "SP = (X P_xx + Y P_yy) / (T P_tt)", Units.Index, ValueRange.NonNegative, "White 1983, American Journal of Sociology 88(5); White 1986; Massey & Denton 1988, Social Forces 67(2)"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="p">The proximities of the two groups.</param>
    public static Quantity Formula(Proximities p) =>
        Quantity.Ratio((p.X * p.Xx) + (p.Y * p.Yy), (p.X + p.Y) * p.Tt, "people live too far from each other");
}

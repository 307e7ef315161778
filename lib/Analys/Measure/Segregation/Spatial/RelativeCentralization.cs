using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much nearer to the centre a group lives than the others.</summary>
/// <remarks>
/// RCE = Σ X_{k−1} Y_k − Σ X_k Y_{k−1}, units from the centre outwards, X and Y cumulated shares of the two groups; from −1 to 1, the share of
/// the group that would have to move for both to lie alike around the centre. Units at one distance go together. Swedish: <i>relativ centralisering</i>.
/// </remarks>
public static class RelativeCentralization
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "relative-centralization", "Relative centralization", "Relativ centralisering", "RCE = Σ X_{k−1} Y_k − Σ X_k Y_{k−1}, from the centre outwards",
            Units.Index, new ValueRange(-1, 1), "Duncan & Duncan 1955, American Journal of Sociology 60(5); Massey & Denton 1988; Folch & Rey 2016"),
        [SpatialOptions.Centre],
        call =>
        {
            if (call.Lacks(points: true) is { } lack) return (null, lack);
            var order = call.Central();
            return ((x, y) => Formula(x, y, order), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    /// <param name="order">The units from the centre outwards.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, CentralOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Quantity.Known(order.Lead(x, y, Sums.Of(x), Sums.Of(y)));
    }
}

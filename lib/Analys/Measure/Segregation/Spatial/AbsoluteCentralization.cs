using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much nearer to the centre a group lives than an even spread over the land would have it.</summary>
/// <remarks>
/// ACE = Σ X_{k−1} A_k − Σ X_k A_{k−1}, units from the centre outwards, X and A cumulated shares of the group and of the land; from −1 to 1.
/// Units at one distance go together. With several centres the nearest counts. Swedish: <i>absolut centralisering</i>.
/// </remarks>
public static class AbsoluteCentralization
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = SpatialCall.TwoGroup(
        new Definition(
            "absolute-centralization", "Absolute centralization", "Absolut centralisering", "ACE = Σ X_{k−1} A_k − Σ X_k A_{k−1}, from the centre outwards",
            Units.Index, new ValueRange(-1, 1), "Duncan & Duncan 1955, American Journal of Sociology 60(5); Massey & Denton 1988; Folch & Rey 2016"),
        [SpatialOptions.Centre, SpatialOptions.Land],
        call =>
        {
            if (call.Lacks(points: true, areas: true) is { } lack) return (null, lack);
            var (order, land) = (call.Central(), call.Land()!);
            return ((x, _) => Formula(x, land, order), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="x">The group by unit; not empty.</param>
    /// <param name="areas">The units' land; 0 for units whose land is not counted.</param>
    /// <param name="order">The units from the centre outwards.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> areas, CentralOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var land = Sums.Of(areas);
        return land > 0 ? Quantity.Known(order.Lead(x, areas, Sums.Of(x), land)) : Quantity.Undefined("the units have no area");
    }
}

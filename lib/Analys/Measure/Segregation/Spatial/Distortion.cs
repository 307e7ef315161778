using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The mean over all people of the distortion of their unit: how long the city, seen from home outwards, stays unlike the whole.</summary>
/// <remarks>Σ t_i Δ_i / T, Δ as in <see cref="LocalDistortion"/>. Swedish: <i>distorsion</i>.</remarks>
public static class Distortion
{
    /// <summary>The measure.</summary>
    public static MultigroupMeasure Measure { get; } = SpatialCall.Multigroup(
        new Definition(
            "distortion", "Distortion coefficient", "Distorsion", "Σ t_i Δ_i / T, Δ_i = ∫₀¹ max_{r ≥ s} KL_i(r) ds over that of the most segregated case",
            Units.Index, ValueRange.NonNegative, "Olteanu, Randon-Furling & Clark 2019, PNAS 116(25)"),
        [LocalDistortion.Scale],
        call =>
        {
            var normalised = call.Word(LocalDistortion.Scale.Name, "normalised", "area") == "normalised";
            if (call.Lacks(points: true) is { } lack) return (null, lack);
            var (x, y) = (call.Geography.X, call.Geography.Y);
            return (table => Formula(table, x, y, normalised), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="x">East coordinates in metres.</param>
    /// <param name="y">North coordinates in metres.</param>
    /// <param name="normalised">Whether to divide by the most segregated case.</param>
    public static Quantity Formula(CountTable table, double[] x, double[] y, bool normalised)
    {
        var areas = Egocentric.Areas(table, x, y);
        var mean = 0.0;
        for (var i = 0; i < areas.Length; i++)
        {
            if (table.UnitTotals[i] > 0) mean += table.UnitTotals[i] / table.Total * areas[i];
        }

        return Quantity.Ratio(mean, normalised ? Egocentric.Worst(table.GroupTotals) : 1, UndefinedReason.OneGroup);
    }
}

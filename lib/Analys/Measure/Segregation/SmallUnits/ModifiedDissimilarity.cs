using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>D freed from chance: 0 where it is what chance gives, 1 at complete segregation, below 0 where the groups are spread more alike than by chance.</summary>
/// <remarks>(D − E[D]) / (1 − E[D]) where D ≥ E[D], else (D − E[D]) / E[D]; E[D] exact under independence with fixed margins. Swedish: <i>modifierat dissimilaritetsindex</i>.</remarks>
public static class ModifiedDissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "modified-dissimilarity", "Modified dissimilarity (Carrington-Troske)", "Modifierat dissimilaritetsindex", "(D − E[D]) / (1 − E[D]), or (D − E[D]) / E[D] below chance",
            Units.Index, new ValueRange(-1, 1), "Carrington & Troske 1997, Journal of Business & Economic Statistics 15(4)"),
        Formula)
    {
        PointOnly = true,
    };

    // Where chance itself gives 1 (one person in each unit) every table is what chance gives.
    internal static double Modify(double value, double chance) =>
        value >= chance ? (chance >= 1 ? 0 : (value - chance) / (1 - chance)) : (value - chance) / chance;

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined(Chance.NotWhole);
        var chance = Chance.Dissimilarity(Chance.Totals(x, y), Sums.Of(x), Sums.Of(y));
        return Dissimilarity.Formula(x, y).Select(value => Modify(value, chance));
    }
}

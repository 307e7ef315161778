using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>The Gini index freed from chance, as the modified D.</summary>
/// <remarks>(G − E[G]) / (1 − E[G]) where G ≥ E[G], else (G − E[G]) / E[G]; E[G] the mean of simulated tables under independence with fixed margins (seeded). Swedish: <i>modifierad ginikoefficient</i>.</remarks>
public static class ModifiedGini
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "modified-gini", "Modified Gini (Carrington-Troske)", "Modifierad ginikoefficient", "(G − E[G]) / (1 − E[G]), or (G − E[G]) / E[G] below chance",
            Units.Index, new ValueRange(-1, 1), "Carrington & Troske 1997, Journal of Business & Economic Statistics 15(4)"),
        Formula)
    {
        PointOnly = true,
        Options = [Simulations.Option, Simulations.SeedOption],
        Parameters = Simulations.Default.Parameters,
        Configure = (arguments, _) =>
        {
            var simulations = Simulations.Of(arguments);
            return Measure! with { Formula = (x, y) => Formula(x, y, simulations), Parameters = simulations.Parameters };
        },
    };

    /// <summary>The formula with a number of simulations.</summary>
    private static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Simulations simulations)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined(Chance.NotWhole);
        var chance = simulations.MeanUnderIndependence(x, y, Gini.Formula);
        return Gini.Formula(x, y).Select(value => ModifiedDissimilarity.Modify(value, chance));
    }

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        return Formula(x, y, Simulations.Default);
    }
}

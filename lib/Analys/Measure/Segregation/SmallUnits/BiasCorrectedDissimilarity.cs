using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>D less the bias that a bootstrap shows: 2D − mean of D over tables drawn group by group from the observed spreads.</summary>
/// <remarks>2D − D̄*, each group's members drawn anew over the units with the observed chances (seeded); may fall below 0 where there is little segregation. Swedish: <i>skevhetskorrigerat dissimilaritetsindex</i>.</remarks>
public static class BiasCorrectedDissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "bias-corrected-dissimilarity", "Bias-corrected dissimilarity", "Skevhetskorrigerat dissimilaritetsindex", "2D − mean of D*",
            Units.Index, new ValueRange(-1, 1), "Allen, Burgess, Davidson & Windmeijer 2015, Econometrics Journal 18(1)"),
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
        var mean = simulations.MeanOfRedrawnGroups(x, y, Dissimilarity.Formula);
        return Dissimilarity.Formula(x, y).Select(value => Math.Clamp((2 * value) - mean, -1, 1));
    }

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        return Formula(x, y, Simulations.Default);
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>The index of dissimilarity that chance alone gives, exactly.</summary>
/// <remarks>E[D] = ½ Σ_i E|n / X − (t_i − n) / Y|, n hypergeometric: groups and units independent, their sizes fixed. Swedish: <i>slumpens dissimilaritet</i>.</remarks>
public static class ExpectedDissimilarity
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-dissimilarity", "Expected dissimilarity under independence", "Väntat dissimilaritetsindex vid oberoende", "E[D], both margins fixed",
            Units.Index, ValueRange.Unit, "Cortese, Falk & Cohen 1976; Winship 1977; Elbers 2021"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (!Chance.AreWhole(x) || !Chance.AreWhole(y)) return Quantity.Undefined(Chance.NotWhole);
        return Quantity.Known(Chance.Dissimilarity(Chance.Totals(x, y), Sums.Of(x), Sums.Of(y)));
    }
}

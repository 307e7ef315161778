using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>Theil's H: how much less diverse the units are than the whole, as a share of the whole's diversity.</summary>
/// <remarks>H = Σ t_i (E − E_i) / (T E), E the entropy −Σ p ln p. Swedish: <i>Theils entropiindex</i>.</remarks>
public static class InformationTheory
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "information-theory", "Information theory index (Theil's H)", "Theils entropiindex H", "H = Σ t_i (E − E_i) / (T E), E = −Σ p_g ln p_g",
            Units.Index, ValueRange.Unit, "Theil 1972, Statistical Decomposition Analysis; Reardon & Firebaugh 2002, Sociological Methodology 32"),
        Formula);

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), share = sumX / (sumX + Sums.Of(y));
        var entropy = -(Sums.PLogP(share) + Sums.PLogP(1 - share));
        return MutualInformation.Formula(x, y).Select(information => Math.Min(1, information / entropy));
    }
}

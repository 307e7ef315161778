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
        double sumX = Sums.Of(x), total = sumX + Sums.Of(y), within = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] + y[i] > 0) within += (x[i] + y[i]) * Entropy(x[i] / (x[i] + y[i]));
        }

        return Quantity.Known(1 - (within / (total * Entropy(sumX / total))));
    }

    private static double Entropy(double p) => -(Sums.PLogP(p) + Sums.PLogP(1 - p));
}

using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>Theil's H that chance alone gives a group and the rest, exactly.</summary>
/// <remarks>E[H] = E[M] / E: the entropy is fixed with the margins. Swedish: <i>slumpens entropiindex</i>.</remarks>
public static class ExpectedInformationTheory
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-information-theory", "Expected H under independence (two groups)", "Väntat H vid oberoende", "E[H] = E[M] / E, both margins fixed",
            Units.Index, ValueRange.Unit, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
        Formula)
    {
        PointOnly = true,
    };

    /// <summary>The formula.</summary>
    /// <param name="x">The group of interest by unit; not empty.</param>
    /// <param name="y">The other group by unit; not empty.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sumX = Sums.Of(x), sumY = Sums.Of(y);
        return ExpectedMutualInformation.Formula(x, y).Select(information => information / Diversity.Of([sumX, sumY], sumX + sumY));
    }
}

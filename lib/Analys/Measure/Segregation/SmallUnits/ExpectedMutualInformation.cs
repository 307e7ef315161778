using Analys.Domain;

namespace Analys.Measure.Segregation.SmallUnits;

/// <summary>The mutual information that chance alone gives a group and the rest, exactly.</summary>
/// <remarks>E[M] = Σ_i Σ_g E[(n / N) ln(n N / (t_i G_g))], n hypergeometric. Swedish: <i>slumpens ömsesidiga information</i>.</remarks>
public static class ExpectedMutualInformation
{
    /// <summary>The measure.</summary>
    public static TwoGroupMeasure Measure { get; } = new(
        new Definition(
            "expected-mutual-information", "Expected M under independence (two groups)", "Väntat M vid oberoende", "E[M], both margins fixed",
            Units.Nats, ValueRange.NonNegative, "Elbers 2021; Vinh, Epps & Bailey 2010, JMLR 11"),
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
        return Quantity.Known(Chance.Information(Chance.Totals(x, y), [Sums.Of(x), Sums.Of(y)]));
    }
}

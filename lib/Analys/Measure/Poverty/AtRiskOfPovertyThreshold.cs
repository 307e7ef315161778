using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>The line itself: 60 % of the median of the whole population, or the chosen line.</summary>
/// <remarks>One figure of the whole population, never of a domain. Swedish: <i>gräns för risk för fattigdom</i>.</remarks>
public static class AtRiskOfPovertyThreshold
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("at-risk-of-poverty-threshold", "At-risk-of-poverty threshold", "Gräns för risk för fattigdom", "z = 60 % of the whole population's median", Units.Kronor, ValueRange.NonNegative, "Eurostat, ilc_li01; Commission Regulation (EC) 1980/2003"),
        (_, context) => Quantity.Known(context.Line))
    {
        Choices = Choices.Line | Choices.Quantiles,
        OfWhole = true,
        SumPower = 0,
        Slope = (_, _) => 1,
        Influence = (_, _, influence) => influence.Clear(),
    };
}

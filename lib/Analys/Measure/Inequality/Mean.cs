using Analys.Domain;

namespace Analys.Measure.Inequality;

/// <summary>The weighted mean income.</summary>
/// <remarks>μ = Σ w y / Σ w. Swedish: <i>medelinkomst</i>.</remarks>
public static class Mean
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("mean", "Mean income", "Medelinkomst", "μ = Σ w y / Σ w", Units.Kronor, ValueRange.Any, "Cowell 2011, Measuring Inequality, 3rd ed."),
        (incomes, _) => Quantity.Known(incomes.Sum() / incomes.Total))
    {
        Influence = (incomes, _, influence) =>
        {
            var mean = incomes.Sum() / incomes.Total;
            for (var i = 0; i < influence.Length; i++) influence[i] = (incomes.Incomes[i] - mean) / incomes.Total;
        },
    };
}

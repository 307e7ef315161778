namespace Analys.Measure.Income.Inequality.Ranks;

/// <summary>The length of the Lorenz curve: √2 where all have the same, 2 where one has everything.</summary>
/// <remarks>A = Σ w √(1 + (y/μ)²) / W. Undefined where the mean is not positive. Swedish: <i>Amatoindex</i>.</remarks>
internal static class Amato
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("amato", "Amato index", "Amatoindex", "A = Σ w √(1 + (y / μ)²) / W, the length of the Lorenz curve", Units.Index,
            new ValueRange(Math.Sqrt(2), double.PositiveInfinity),
            "Amato 1968, Metodologia statistica strutturale; Arnold 2012, Economic Quality Control 27(1)"),
        (incomes, _) => incomes.Sum() is > 0 and var sum
            ? Quantity.Known(Math.Max(Math.Sqrt(2), Parts(incomes, sum / incomes.Total).Length)) : Quantity.Undefined(Gini.NoIncome))
    {
        OnRequest = true,
        Within = new ValueRange(Math.Sqrt(2), 2),
        NeedsNonNegative = true,
        Influence = (incomes, _, influence) =>
        {
            var mean = incomes.Sum() / incomes.Total;
            var (length, slope) = Parts(incomes, mean);
            for (var i = 0; i < influence.Length; i++)
            {
                var ratio = incomes.Incomes[i] / mean;
                influence[i] = (Math.Sqrt(1 + (ratio * ratio)) - length - (slope * (ratio - 1))) / incomes.Total;
            }
        },
    };

    // The length, and how it shrinks with the mean.
    private static (double Length, double Slope) Parts(WeightedIncomes incomes, double mean)
    {
        Compensated length = default, slope = default;
        for (var i = 0; i < incomes.Incomes.Length; i++)
        {
            double ratio = incomes.Incomes[i] / mean, side = Math.Sqrt(1 + (ratio * ratio));
            length.Add(incomes.Weights[i] * side);
            slope.Add(incomes.Weights[i] * ratio * ratio / side);
        }

        return (length.Value / incomes.Total, slope.Value / incomes.Total);
    }
}

namespace Analys.Measure.Inequality;

/// <summary>The influence of a person on a quantile, and the density of income that it needs.</summary>
/// <remarks>
/// z_i = −(1[y_i ≤ q] − p) / (f(q) Σ w), with f by a Gaussian kernel and Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(−1/5), n the number of persons.
/// Source: Deville 1999, Survey Methodology 25(2); Osier 2009, Survey Research Methods 3(3).
/// </remarks>
internal static class QuantileInfluence
{
    public static void Of(WeightedIncomes incomes, double p, QuantileRule rule, Span<double> influence)
    {
        var q = incomes.Quantile(p, rule);
        var density = DensityAt(incomes, q);
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = density > 0 ? -((incomes.Incomes[i] <= q ? 1 : 0) - p) / (density * incomes.Total) : 0;
        }
    }

    /// <summary>The density of income at a point; 0 where all incomes are alike.</summary>
    public static double DensityAt(WeightedIncomes incomes, double at)
    {
        if (incomes.IsEmpty) return 0;
        var bandwidth = Bandwidth(incomes);
        if (!(bandwidth > 0)) return 0;
        var sum = 0.0;
        // A kernel farther than six bandwidths away adds nothing that a double would notice.
        var from = incomes.CountPoor(at - (6 * bandwidth), PoorRule.Below);
        var to = incomes.CountPoor(at + (6 * bandwidth), PoorRule.AtOrBelow);
        for (var i = from; i < to; i++)
        {
            var u = (incomes.Incomes[i] - at) / bandwidth;
            sum += incomes.Weights[i] * Math.Exp(-u * u / 2);
        }

        return sum / (incomes.Total * bandwidth * Math.Sqrt(2 * Math.PI));
    }

    private static double Bandwidth(WeightedIncomes incomes)
    {
        double mean = incomes.Sum() / incomes.Total, squares = 0;
        for (var i = 0; i < incomes.Incomes.Length; i++) squares += incomes.Weights[i] * (incomes.Incomes[i] - mean) * (incomes.Incomes[i] - mean);
        var deviation = Math.Sqrt(squares / incomes.Total);
        var spread = (incomes.Quantile(0.75, QuantileRule.Average) - incomes.Quantile(0.25, QuantileRule.Average)) / 1.34;
        return 0.9 * (spread > 0 ? Math.Min(deviation, spread) : deviation) * Math.Pow(incomes.PersonCount, -0.2);
    }
}

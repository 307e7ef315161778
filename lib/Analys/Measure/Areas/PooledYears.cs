namespace Analys.Measure.Areas;

/// <summary>Rates of several years whose samples share persons: each year's, their mean, and changes with the error that the shared persons
/// leave.</summary>
/// <remarks>
/// A year's rate is Σwy/Σw; a person's contribution to it is w(y − rate)/Σw. The covariance of two years adds up the products of
/// contributions of persons
/// who are in both: a rotating sample's change has a smaller error than two separate samples' would (Kish 1965, ch. 12; Berger 2004, Can J
/// Statistics 32(4)).
/// </remarks>
internal sealed class PooledYears
{
    private readonly double[] rates;
    private readonly double[,] covariance;
    private readonly int[,] shared;

    private PooledYears(double[] rates, double[,] covariance, int[,] shared)
    {
        this.rates = rates;
        this.covariance = covariance;
        this.shared = shared;
    }

    /// <summary>Each year's rate.</summary>
    public IReadOnlyList<double> Rates => rates;

    /// <summary>The covariance of two years' rates.</summary>
    public double Covariance(int first, int second) => covariance[first, second];

    /// <summary>The number of persons (clusters) in both years.</summary>
    public int Shared(int first, int second) => shared[first, second];

    /// <summary>Computes the years' rates and their covariance.</summary>
    /// <param name="yearOf">By row, its year's number from 0.</param>
    /// <param name="keyOf">By row, its person's (or household's) number from 0, the same in all years.</param>
    /// <param name="y">By row, the outcome.</param>
    /// <param name="weights">By row, its weight; above 0.</param>
    /// <param name="strata">By row, its stratum from 0; empty for one.</param>
    /// <param name="years">The number of years.</param>
    /// <exception cref="AreaModelException">A year has nobody.</exception>
    public static PooledYears Of(int[] yearOf, int[] keyOf, double[] y, double[] weights, int[] strata, int years)
    {
        double[] weight = new double[years], sums = new double[years];
        for (var i = 0; i < y.Length; i++)
        {
            weight[yearOf[i]] += weights[i];
            sums[yearOf[i]] += weights[i] * y[i];
        }

        if (weight.Any(sum => !(sum > 0))) throw new AreaModelException("a year has nobody");
        double[] rates = [.. sums.Select((sum, t) => sum / weight[t])];

        // By stratum and year, the contributions of clusters; a person with several rows in a year is one cluster.
        var cells = new Dictionary<(int Stratum, int Year), Dictionary<int, double>>();
        for (var i = 0; i < y.Length; i++)
        {
            var t = yearOf[i];
            var cell = (strata.Length == 0 ? 0 : strata[i], t);
            if (!cells.TryGetValue(cell, out var clusters)) cells[cell] = clusters = [];
            clusters[keyOf[i]] = clusters.GetValueOrDefault(keyOf[i]) + (weights[i] * (y[i] - rates[t]) / weight[t]);
        }

        var covariance = new double[years, years];
        var shared = new int[years, years];
        foreach (var ((stratum, s), left) in cells)
        {
            for (var t = 0; t < years; t++)
            {
                if (!cells.TryGetValue((stratum, t), out var right) || left.Count < 2 || right.Count < 2) continue;
                double leftMean = left.Values.Average(), rightMean = right.Values.Average(), sum = 0;
                foreach (var (key, part) in left)
                {
                    if (!right.TryGetValue(key, out var other)) continue;
                    sum += (part - leftMean) * (other - rightMean);
                    shared[s, t]++;
                }

                covariance[s, t] += sum * Math.Sqrt(left.Count / (left.Count - 1.0) * (right.Count / (right.Count - 1.0)));
            }
        }

        return new PooledYears(rates, covariance, shared);
    }

    /// <summary>The mean of some years' rates.</summary>
    /// <param name="years">The years' numbers.</param>
    /// <param name="level">The coverage of the interval.</param>
    public Estimated Mean(IReadOnlyList<int> years, double level = 0.95)
    {
        var factors = new double[rates.Length];
        foreach (var year in years) factors[year] += 1.0 / years.Count;
        return Combination(factors, level);
    }

    /// <summary>The change from a year to another.</summary>
    /// <param name="from">The earlier.</param>
    /// <param name="to">The later.</param>
    /// <param name="level">The coverage of the interval.</param>
    public Estimated Change(int from, int to, double level = 0.95)
    {
        var factors = new double[rates.Length];
        factors[from]--;
        factors[to]++;
        return Combination(factors, level);
    }

    /// <summary>A sum of the years' rates with factors.</summary>
    /// <param name="factors">By year, its factor.</param>
    /// <param name="level">The coverage of the interval.</param>
    public Estimated Combination(double[] factors, double level = 0.95)
    {
        double value = 0, variance = 0;
        for (var s = 0; s < rates.Length; s++)
        {
            value += factors[s] * rates[s];
            for (var t = 0; t < rates.Length; t++) variance += factors[s] * factors[t] * covariance[s, t];
        }

        // Rounding may leave a variance of nothing just below 0.
        var error = Math.Sqrt(Math.Max(0, variance));
        var half = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2) * error;
        return new(Quantity.Known(value), error, value - half, value + half);
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace Analys.Explore.Regression;

/// <summary>The covariance of the coefficients: of a model that is true, of one whose spread differs by row (HC0 to HC3), or of rows that go together.</summary>
/// <remarks>
/// B = (X'WX)⁻¹ and the rows' scores s = w·(y − ŷ)·x. HC0: B·Σss'·B (White 1980); HC1 times n/(n − k); HC2 each s² over 1 − h; HC3 over (1 − h)²
/// (MacKinnon &amp; White 1985). Cluster: sums of scores by cluster, times G/(G − 1), for linear models times (n − 1)/(n − k) too (Liang &amp; Zeger 1986;
/// the factors are those that most programs use).
/// </remarks>
internal static class SandwichErrors
{
    // A row with a leverage of one is fitted exactly, whatever it is: it has no residual to learn from.
    private const double Exact = 1 - 1e-10;

    public static Matrix<double> Covariance(RegressionFit fit, RegressionErrors errors, IReadOnlyList<int>? clusters)
    {
        int n = fit.X.RowCount, k = fit.X.ColumnCount;
        if (errors == RegressionErrors.Classic) return fit.Bread * (fit.Kind == RegressionKind.Linear ? fit.Deviance / (n - k) : 1);
        if (errors == RegressionErrors.Cluster) return Clustered(fit, clusters ?? throw new ModelException("Errors by cluster need a column that names the cluster of each row."));
        if (errors is RegressionErrors.HC2 or RegressionErrors.HC3 && fit.Leverage.Exists(h => h > Exact))
        {
            throw new ModelException("A row is fitted exactly (leverage 1), so HC2 and HC3 are not defined: take HC1, or leave out the kind that has one row only.");
        }

        var meat = Matrix<double>.Build.Dense(k, k);
        var scores = fit.Scores;
        for (var row = 0; row < n; row++)
        {
            var factor = errors switch
            {
                RegressionErrors.HC1 => (double)n / (n - k),
                RegressionErrors.HC2 => 1 / (1 - fit.Leverage[row]),
                RegressionErrors.HC3 => 1 / ((1 - fit.Leverage[row]) * (1 - fit.Leverage[row])),
                _ => 1,
            };
            var size = scores[row] * scores[row] * factor;
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++) meat[i, j] += size * fit.X[row, i] * fit.X[row, j];
            }
        }

        return fit.Bread * meat * fit.Bread;
    }

    /// <summary>The number of clusters.</summary>
    public static int Count(IReadOnlyList<int> clusters) => clusters.Distinct().Count();

    private static Matrix<double> Clustered(RegressionFit fit, IReadOnlyList<int> clusters)
    {
        int n = fit.X.RowCount, k = fit.X.ColumnCount;
        var sums = new SortedDictionary<int, double[]>();
        var scores = fit.Scores;
        for (var row = 0; row < n; row++)
        {
            if (!sums.TryGetValue(clusters[row], out var sum)) sums[clusters[row]] = sum = new double[k];
            for (var i = 0; i < k; i++) sum[i] += scores[row] * fit.X[row, i];
        }

        if (sums.Count < 2) throw new ModelException("Errors by cluster need at least two clusters.");
        var meat = Matrix<double>.Build.Dense(k, k);
        foreach (var sum in sums.Values)
        {
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++) meat[i, j] += sum[i] * sum[j];
            }
        }

        var factor = sums.Count / (sums.Count - 1.0) * (fit.Kind == RegressionKind.Linear ? (n - 1.0) / (n - k) : 1);
        return fit.Bread * meat * fit.Bread * factor;
    }
}

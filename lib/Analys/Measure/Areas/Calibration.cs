using Analys.Measure.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>How weights are moved to the margins.</summary>
internal enum CalibrationMethod
{
    /// <summary>The generalised regression estimator: w = d(1 + x'λ). Weights may become negative.</summary>
    Greg,

    /// <summary>Raking: w = d·exp(x'λ). Weights stay above 0.</summary>
    Raking,
}

/// <summary>Weights moved as little as may be so that they add up to known margins.</summary>
/// <remarks>Source: Deville &amp; Särndal 1992, JASA 87(418); Deville, Särndal &amp; Sautory 1993, JASA 88(423).</remarks>
internal static class Calibration
{
    private const double Tolerance = 1e-12;

    /// <summary>The calibrated weights.</summary>
    /// <param name="weights">The design's weights d; 0 for rows that are not there.</param>
    /// <param name="columns">The auxiliary values x, such as a column of ones and zeros per category of a margin.</param>
    /// <param name="margins">By column, the total that Σwx shall be.</param>
    /// <param name="method">How.</param>
    /// <exception cref="AreaModelException">The margins contradict each other, or no weights of the method meet them.</exception>
    public static double[] Weights(double[] weights, IReadOnlyList<double[]> columns, double[] margins, CalibrationMethod method)
    {
        // In units of each margin: kronor and persons meet the same tolerance.
        double[] units = [.. columns.Select((column, j) =>
            Math.Max(Math.Abs(margins[j]), Math.Max(1e-300, column.Select((x, i) => Math.Abs(weights[i] * x)).Sum())))];
        var lambda = Vector<double>.Build.Dense(columns.Count);
        var current = (double[])weights.Clone();
        var distance = Distance(current, columns, margins, units);
        for (var round = 0; round < 100 && distance.InfinityNorm() > Tolerance; round++)
        {
            var step = PseudoSolve(Slope(method == CalibrationMethod.Greg ? weights : current, columns, units), distance);
            var (next, nextDistance) = (current, distance);
            for (var half = 0; half < 30; half++, step /= 2)
            {
                next = Moved(weights, columns, units, lambda + step, method);
                nextDistance = Distance(next, columns, margins, units);
                if (nextDistance.L2Norm() < distance.L2Norm()) break;
            }

            if (!(nextDistance.L2Norm() < distance.L2Norm())) break;
            lambda += step;
            (current, distance) = (next, nextDistance);
        }

        return distance.InfinityNorm() <= 1e-9
            ? current
            : throw new AreaModelException("no weights meet these margins: they contradict each other, or a margin has nobody in the data");
    }

    /// <summary>Bootstrap replicates of a statistic, each with weights calibrated to the same margins.</summary>
    /// <param name="design">Clusters in strata.</param>
    /// <param name="clusterOf">By row, its cluster.</param>
    /// <param name="weights">The design's weights.</param>
    /// <param name="columns">The auxiliary values.</param>
    /// <param name="margins">Their totals.</param>
    /// <param name="method">How weights are moved.</param>
    /// <param name="statistic">The statistic of weights.</param>
    /// <param name="replicates">The number of replicates.</param>
    /// <param name="seed">The seed; each replicate has its own stream, so threads change nothing.</param>
    /// <returns>The statistic by replicate; NaN where no weights of a replicate meet the margins.</returns>
    public static double[] Bootstrap(
        ClusterDesign design, int[] clusterOf, double[] weights, IReadOnlyList<double[]> columns, double[] margins,
            CalibrationMethod method, Func<double[], double> statistic, int replicates, long seed) =>
        Bootstrap(design, clusterOf, weights, columns, margins, method, statistic, double.NaN, replicates, seed);

    /// <summary>The same of a statistic of any kind.</summary>
    /// <param name="design">Clusters in strata.</param>
    /// <param name="clusterOf">By row, its cluster.</param>
    /// <param name="weights">The design's weights.</param>
    /// <param name="columns">The auxiliary values.</param>
    /// <param name="margins">Their totals.</param>
    /// <param name="method">How weights are moved.</param>
    /// <param name="statistic">The statistic of weights.</param>
    /// <param name="none">What stands for a replicate whose weights cannot meet the margins.</param>
    /// <param name="replicates">The number of replicates.</param>
    /// <param name="seed">The seed.</param>
    public static T[] Bootstrap<T>(
        ClusterDesign design, int[] clusterOf, double[] weights, IReadOnlyList<double[]> columns, double[] margins,
            CalibrationMethod method, Func<double[], T> statistic, T none, int replicates, long seed)
    {
        var values = new T[replicates];
        Parallel.For(0, replicates, replicate =>
        {
            var factors = new double[design.ClusterCount];
            design.Draw(new RandomStream(seed, replicate), factors);
            double[] drawn = [.. weights.Select((d, i) => d * factors[clusterOf[i]])];
            try
            {
                values[replicate] = statistic(Weights(drawn, columns, margins, method));
            }
            catch (AreaModelException)
            {
                // A replicate without anybody of a small category cannot meet its margin.
                values[replicate] = none;
            }
        });
        return values;
    }

    private static double[] Moved(double[] weights, IReadOnlyList<double[]> columns, double[] units, Vector<double> lambda,
        CalibrationMethod method)
    {
        var moved = new double[weights.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < units.Length; j++) sum += columns[j][i] * lambda[j];
            moved[i] = weights[i] * (method == CalibrationMethod.Greg ? 1 + sum : Math.Exp(Math.Min(sum, 700)));
        }

        return moved;
    }

    private static Vector<double> Distance(double[] weights, IReadOnlyList<double[]> columns, double[] margins, double[] units) =>
        Vector<double>.Build.Dense(margins.Length, j =>
        {
            double sum = 0, lost = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                var term = (weights[i] * columns[j][i]) - lost;
                var next = sum + term;
                (lost, sum) = (next - sum - term, next);
            }

            return (margins[j] - sum) / units[j];
        });

    private static Matrix<double> Slope(double[] weights, IReadOnlyList<double[]> columns, double[] units) =>
        Matrix<double>.Build.Dense(units.Length, units.Length, (j, k) =>
        {
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++) sum += weights[i] * columns[j][i] * columns[k][i];
            return sum / units[j];
        });

    // Margins that repeat each other (each adds up to everybody) leave a direction free: the shortest step is taken.
    private static Vector<double> PseudoSolve(Matrix<double> matrix, Vector<double> right)
    {
        var svd = matrix.Svd();
        var along = svd.U.TransposeThisAndMultiply(right);
        for (var j = 0; j < along.Count; j++) along[j] = svd.S[j] > 1e-11 * svd.S[0] ? along[j] / svd.S[j] : 0;
        return svd.VT.TransposeThisAndMultiply(along);
    }
}

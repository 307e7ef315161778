using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>How the variance between areas is estimated.</summary>
internal enum VarianceMethod
{
    /// <summary>Restricted maximum likelihood.</summary>
    Reml,

    /// <summary>Maximum likelihood.</summary>
    Ml,

    /// <summary>The moments of Fay and Herriot.</summary>
    Fh,
}

/// <summary>The area-level model y = Xβ + v + e, fitted, with the estimates of all areas.</summary>
/// <param name="RandomVariance">σ², the variance between areas that the covariates do not explain.</param>
/// <param name="Terms">The names of the coefficients.</param>
/// <param name="Coefficients">β.</param>
/// <param name="CoefficientErrors">Their standard errors, from (X'V⁻¹X)⁻¹.</param>
/// <param name="Estimates">By area, the EBLUP; xβ for areas without a direct estimate.</param>
/// <param name="MeanSquaredErrors">By area, its estimated mean squared error.</param>
/// <param name="Shrinkage">By area, γ; 0 for areas without a direct estimate.</param>
/// <param name="Residuals">By area, the standardised residual of the direct estimate; NaN for areas without one.</param>
/// <param name="LogLikelihood">The log-likelihood at the estimates (restricted for REML).</param>
/// <param name="Fitted">The number of areas that the fit used.</param>
internal sealed record AreaFit(
    double RandomVariance, IReadOnlyList<string> Terms, double[] Coefficients, double[] CoefficientErrors, double[] Estimates,
        double[] MeanSquaredErrors,
    double[] Shrinkage, double[] Residuals, double LogLikelihood, int Fitted)
{
    /// <summary>The correlation with the neighbours' effects; null where the model has none or it does not exist.</summary>
    public double? Autocorrelation { get; init; }

    /// <summary>The standard error of the correlation, asymptotic.</summary>
    public double? AutocorrelationError { get; init; }

    /// <summary>Akaike's criterion, for models fitted by the same method to the same areas.</summary>
    public double Akaike => 2 * (Coefficients.Length + (Autocorrelation is null ? 1 : 2) - LogLikelihood);

    /// <summary>The estimates moved so that their weighted mean is the direct one.</summary>
    /// <param name="direct">The direct estimates; NaN where there is none.</param>
    /// <param name="weights">The areas' weights, such as their counts.</param>
    /// <param name="ratio">Multiply all by one factor; else add one amount.</param>
    /// <param name="target">The city's value; null for the weighted mean of the direct estimates.</param>
    /// <exception cref="AreaModelException">The estimates add up to 0, so no factor carries them to the city.</exception>
    public AreaFit Benchmark(ReadOnlySpan<double> direct, ReadOnlySpan<double> weights, bool ratio, double? target = null)
    {
        double all = 0, there = 0, of = 0;
        for (var i = 0; i < Estimates.Length; i++)
        {
            if (target is null && double.IsNaN(direct[i])) continue;
            all += weights[i];
            there += weights[i] * direct[i];
            of += weights[i] * Estimates[i];
        }

        if (!(all > 0)) throw new AreaModelException("the weights of the benchmark add up to 0");
        var aim = target ?? there / all;
        var mean = of / all;
        if (ratio && mean == 0) throw new AreaModelException("the estimates add up to 0: no factor carries them to the city's value");
        double[] moved = [.. Estimates.Select(estimate => ratio ? estimate * (aim / mean) : estimate + (aim - mean))];
        double[] errors = [.. MeanSquaredErrors.Select((mse, i) => mse + ((moved[i] - Estimates[i]) * (moved[i] - Estimates[i])))];
        return this with { Estimates = moved, MeanSquaredErrors = errors };
    }
}

/// <summary>Fay and Herriot's area-level model: a direct estimate with its sampling variance borrows strength from what resembles
/// it.</summary>
/// <remarks>
/// Sources: Fay &amp; Herriot 1979, JASA 74(366); Prasad &amp; Rao 1990, JASA 85(409); Datta &amp; Lahiri 2000, Statistica Sinica 10;
/// Datta, Rao &amp; Smith 2005,
/// Biometrika 92(1).
/// </remarks>
internal static class FayHerriot
{
    /// <summary>Fits the model.</summary>
    /// <param name="direct">The direct estimates; NaN where there is none.</param>
    /// <param name="variances">Their sampling variances; NaN or 0 where there is no direct estimate to speak of.</param>
    /// <param name="columns">The covariates, known for all areas.</param>
    /// <param name="names">Their names.</param>
    /// <param name="method">How σ² is found.</param>
    /// <exception cref="AreaModelException">There are too few areas, or a covariate depends on the others.</exception>
    public static AreaFit Fit(
        double[] direct, double[] variances, IReadOnlyList<double[]> columns, IReadOnlyList<string> names, VarianceMethod method =
            VarianceMethod.Reml)
    {
        var used = Used(direct, variances);
        var m = used.Count(flag => flag);
        var p = columns.Count + 1;
        if (m <= p) throw new AreaModelException("there are no more areas with a direct estimate than coefficients");
        var model = new Model(direct, variances, used, new Design(columns, names, direct.Length, used), m);
        var variance = Variance(model, method);
        var state = model.At(variance);
        return Estimate(model, state, method);
    }

    /// <summary>The areas that take part in a fit: a finite direct estimate with a variance above 0.</summary>
    public static bool[] Used(double[] direct, double[] variances) =>
        [.. direct.Select((y, i) => double.IsFinite(y) && double.IsFinite(variances[i]) && variances[i] > 0)];

    private static AreaFit Estimate(Model model, State state, VarianceMethod method)
    {
        var (sum, squares) = (state.Weights.Sum(), state.Weights.Sum(v => v * v));
        var m = model.Count;
        var asymptotic = method == VarianceMethod.Fh ? 2 * m / (sum * sum) : 2 / squares;
        var bias = method switch
        {
            VarianceMethod.Ml => -Trace(state.Inverse, model.Design.Normal([.. state.Weights.Select(v => v * v)])) / squares,
            VarianceMethod.Fh => 2 * ((m * squares) - (sum * sum)) / (sum * sum * sum),
            _ => 0,
        };
        int rows = model.Direct.Length;
        double[] estimates = new double[rows], errors = new double[rows], shrinkage = new double[rows], residuals = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var fit = model.Design.Fit(state.Orthonormal, i);
            var spread = model.Design.Quadratic(state.Inverse, i);
            if (!model.Used[i])
            {
                (estimates[i], errors[i], residuals[i]) = (fit, state.Variance + spread, double.NaN);
                continue;
            }

            double psi = model.Variances[i], v = state.Weights[i], outside = psi * v, residual = model.Direct[i] - fit;
            shrinkage[i] = state.Variance * v;
            estimates[i] = fit + (shrinkage[i] * residual);
            errors[i] = (shrinkage[i] * psi) + (outside * outside * spread)
                + (2 * psi * psi * v * v * v * asymptotic) - (bias * outside * outside);
            // An area that alone decides a coefficient is fitted exactly: its residual says nothing.
            var left = (1 / v) - spread;
            residuals[i] = left > 1e-12 / v ? residual / Math.Sqrt(left) : double.NaN;
        }

        var covariance = model.Design.Covariance(state.Inverse);
        return new AreaFit(
            state.Variance, model.Design.Terms, model.Design.Coefficients(state.Orthonormal).ToArray(),
                [.. covariance.Diagonal().Select(Math.Sqrt)],
            estimates, errors, shrinkage, residuals, Likelihood(model, state, method == VarianceMethod.Reml), m);
    }

    private static double Variance(Model model, VarianceMethod method)
    {
        double Score(double variance)
        {
            var state = model.At(variance);
            double fit = 0, trace = 0;
            for (var i = 0; i < state.Weights.Length; i++)
            {
                double v = state.Weights[i], r = state.Residuals[i];
                fit += method == VarianceMethod.Fh ? v * r * r : v * v * r * r;
                trace += v;
            }

            return method switch
            {
                VarianceMethod.Fh => fit - (model.Count - model.Design.Width),
                VarianceMethod.Ml => fit - trace,
                _ => fit - trace + Trace(state.Inverse, model.Design.Normal([.. state.Weights.Select(v => v * v)])),
            };
        }

        var grid = Grid(model);
        double best = 0, bestLikelihood = method == VarianceMethod.Fh ? 0 : Likelihood(model, model.At(0), method == VarianceMethod.Reml),
            before = Score(0);
        for (var k = 1; k < grid.Length; k++)
        {
            var here = Score(grid[k]);
            if (before > 0 && here <= 0)
            {
                var root = Root.Between(Score, grid[k - 1], grid[k], before, here);
                // Fay and Herriot's function only falls: there is one root. A likelihood may have several maxima.
                if (method == VarianceMethod.Fh) return root;
                var likelihood = Likelihood(model, model.At(root), method == VarianceMethod.Reml);
                if (likelihood > bestLikelihood) (best, bestLikelihood) = (root, likelihood);
            }

            before = here;
        }

        return best;
    }

    // 0, then rising by factors from far below the least sampling variance to beyond any variance that the residuals can have.
    private static double[] Grid(Model model)
    {
        var state = model.At(0);
        var squares = state.Residuals.Select((r, i) => model.Used[i] ? r * r : 0).Sum();
        var psi = model.Variances.Where((_, i) => model.Used[i]).ToArray();
        double low = psi.Min() * 1e-6, high = 10 * (squares + psi.Max());
        const int Steps = 60;
        return [0, .. Enumerable.Range(0, Steps + 1).Select(k => low * Math.Pow(high / low, k / (double)Steps))];
    }

    private static double Likelihood(Model model, State state, bool restricted)
    {
        double logs = 0, squares = 0;
        for (var i = 0; i < state.Weights.Length; i++)
        {
            if (!model.Used[i]) continue;
            logs -= Math.Log(state.Weights[i]);
            squares += state.Weights[i] * state.Residuals[i] * state.Residuals[i];
        }

        if (!restricted) return -0.5 * ((model.Count * Math.Log(2 * Math.PI)) + logs + squares);
        // Z is orthonormal: ln|Z'V⁻¹Z| differs from that of X by a constant, which is no part of the restricted likelihood.
        return -0.5 * (((model.Count - model.Design.Width) * Math.Log(2 * Math.PI)) + logs
            + squares - Math.Log(state.Inverse.Determinant()));
    }

    private static double Trace(Matrix<double> a, Matrix<double> b)
    {
        var trace = 0.0;
        for (var j = 0; j < a.RowCount; j++)
        {
            for (var k = 0; k < a.ColumnCount; k++) trace += a[j, k] * b[k, j];
        }

        return trace;
    }

    private sealed record State(double Variance, double[] Weights, Vector<double> Orthonormal, Matrix<double> Inverse, double[] Residuals);

    private sealed record Model(double[] Direct, double[] Variances, bool[] Used, Design Design, int Count)
    {
        // Rows that do not count have weight 0 and a stand-in estimate, so that no NaN enters a sum.
        private readonly double[] y = [.. Direct.Select((value, i) => Used[i] ? value : 0)];

        public State At(double variance)
        {
            double[] weights = [.. Variances.Select((psi, i) => Used[i] ? 1 / (variance + psi) : 0)];
            var inverse = Design.Normal(weights).Inverse();
            var orthonormal = inverse * Design.Moments(weights, y);
            double[] residuals = [.. y.Select((value, i) => value - Design.Fit(orthonormal, i))];
            return new State(variance, weights, orthonormal, inverse, residuals);
        }
    }
}

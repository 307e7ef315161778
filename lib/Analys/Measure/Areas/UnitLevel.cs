using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>The nested-error model fitted to single units.</summary>
/// <param name="AreaVariance">σ_v², between areas.</param>
/// <param name="ResidualVariance">σ_e², within them.</param>
/// <param name="AreaVarianceError">The standard error of σ_v², asymptotic.</param>
/// <param name="Terms">The names of the coefficients.</param>
/// <param name="Coefficients">β.</param>
/// <param name="CoefficientErrors">Their standard errors.</param>
/// <param name="Estimates">By area, the EBLUP of its mean.</param>
/// <param name="MeanSquaredErrors">By area, Prasad and Rao's mean squared error.</param>
/// <param name="Shrinkage">By area, γ.</param>
/// <param name="LogLikelihood">The restricted log-likelihood.</param>
internal sealed record UnitFit(
    double AreaVariance, double ResidualVariance, double AreaVarianceError, IReadOnlyList<string> Terms, double[] Coefficients,
        double[] CoefficientErrors,
    double[] Estimates, double[] MeanSquaredErrors, double[] Shrinkage, double LogLikelihood)
{
    /// <summary>The share of the variance that lies between areas.</summary>
    public double IntraclassCorrelation => AreaVariance / (AreaVariance + ResidualVariance);
}

/// <summary>Battese, Harter and Fuller's unit-level model y_ij = x_ij'β + v_i + e_ij, by restricted maximum likelihood.</summary>
/// <remarks>
/// Sources: Battese, Harter &amp; Fuller 1988, JASA 83(401); Prasad &amp; Rao 1990, JASA 85(409). The ratio λ = σ_v²/σ_e² is the one
/// unknown that is searched;
/// the rest follows from sums within and between areas, so the units are passed over a few times only.
/// </remarks>
internal static class UnitLevel
{
    /// <summary>Fits the model and estimates the mean of every area.</summary>
    /// <param name="areaOf">By unit, its area's number from 0.</param>
    /// <param name="y">By unit, the outcome.</param>
    /// <param name="columns">The covariates by unit.</param>
    /// <param name="names">Their names.</param>
    /// <param name="areas">The number of areas.</param>
    /// <param name="means">By area, the covariates' means in its population; null for those of the units.</param>
    /// <exception cref="AreaModelException">There is one area, one unit in each, or a covariate depends on the others.</exception>
    public static UnitFit Fit(int[] areaOf, double[] y, IReadOnlyList<double[]> columns, IReadOnlyList<string> names, int areas,
        double[][]? means = null)
    {
        var design = new Design(columns, names, y.Length);
        var sums = new Sums(design, areaOf, y, areas);
        if (sums.Occupied < 2) throw new AreaModelException("a variance between areas needs at least two of them");
        if (y.Length - design.Width <= 0
            || sums.Occupied == y.Length) throw new AreaModelException(
            "every area has one unit: its effect cannot be told from the unit's");
        var ratio = Ratio(sums);
        var state = sums.At(ratio);
        var residual = state.Squares / (y.Length - design.Width);
        if (!(residual > 0)) throw new AreaModelException("the units have no variance left within areas");
        return Estimate(sums, state, ratio, residual, means);
    }

    private static UnitFit Estimate(Sums sums, State state, double ratio, double residual, double[][]? means)
    {
        var design = sums.Design;
        double between = ratio * residual, total = sums.Count;
        var (a, b, c) = Information(sums, state, ratio, residual);
        var determinant = (a * c) - (b * b);
        var (varianceBetween, varianceWithin, covariance) = (c / determinant, a / determinant, -b / determinant);
        var h = (residual * residual * varianceBetween) + (between * between * varianceWithin) - (2 * residual * between * covariance);
        var areas = sums.Sizes.Length;
        double[] estimates = new double[areas], errors = new double[areas], shrinkage = new double[areas];
        for (var i = 0; i < areas; i++)
        {
            var n = sums.Sizes[i];
            var mean = n > 0 ? sums.Means[i] : Vector<double>.Build.Dense(design.Width);
            if (n == 0 && means is null)
            {
                (estimates[i], errors[i]) = (double.NaN, double.NaN);
                continue;
            }

            var there = means is null ? mean : design.Row(means[i]);
            shrinkage[i] = n > 0 ? ratio * n / (1 + (ratio * n)) : 0;
            estimates[i] = there.DotProduct(state.Orthonormal)
                + (n > 0 ? shrinkage[i] * (sums.OutcomeMeans[i] - mean.DotProduct(state.Orthonormal)) : 0);
            var outside = there - (mean * shrinkage[i]);
            var g1 = n > 0 ? shrinkage[i] * residual / n : between;
            var g2 = residual * (outside * state.Inverse).DotProduct(outside);
            var g3 = n > 0 ? h / (n * (double)n * Math.Pow(between + (residual / n), 3)) : 0;
            errors[i] = g1 + g2 + (2 * g3);
        }

        var covarianceOfBeta = design.Covariance(state.Inverse * residual);
        return new UnitFit(
            between, residual, Math.Sqrt(varianceBetween), design.Terms, design.Coefficients(state.Orthonormal).ToArray(),
            [.. covarianceOfBeta.Diagonal().Select(Math.Sqrt)], estimates, errors, shrinkage,
            -0.5 * (state.Deviance + ((total - design.Width) * (1 + Math.Log(2 * Math.PI * residual)))));
    }

    // The expected information of REML: ½tr(P V_j P V_k) with V_1 = the areas' blocks of ones, V_2 = the identity, in the form that the
    // sums allow.
    private static (double A, double B, double C) Information(Sums sums, State state, double ratio, double residual)
    {
        var q = state.Inverse;
        int areas = sums.Sizes.Length, p = sums.Design.Width;
        double one = 0, two = 0, mixed = 0;
        Matrix<double> first = Matrix<double>.Build.Dense(p, p), identity = Matrix<double>.Build.Dense(p, p), firstTwice = first.Clone(),
            firstIdentity = first.Clone();
        Matrix<double> identityTwice = first.Clone();
        for (var i = 0; i < areas; i++)
        {
            var n = (double)sums.Sizes[i];
            if (n == 0) continue;
            // V⁻¹ on the area's mean direction is 1/(1 + λn) and on the rest 1, both over σ_e².
            double k = 1 / (1 + (ratio * n));
            one += n * n * k * k;
            mixed += n * k * k;
            two += n - 1 + (k * k);
            var mean = sums.Means[i];
            var outer = mean.OuterProduct(mean);
            first += outer * (n * n * k * k);
            firstTwice += outer * (n * n * n * k * k * k);
            firstIdentity += outer * (n * n * k * k * k);
            identity += sums.Within[i] + (outer * (n * k * k));
            identityTwice += sums.Within[i] + (outer * (n * k * k * k));
        }

        Matrix<double> qFirst = q * first, qIdentity = q * identity;
        var scale = 0.5 / (residual * residual);
        return (
            scale * (one - (2 * (q * firstTwice).Trace()) + (qFirst * qFirst).Trace()),
            scale * (mixed - (2 * (q * firstIdentity).Trace()) + (qFirst * qIdentity).Trace()),
            scale * (two - (2 * (q * identityTwice).Trace()) + (qIdentity * qIdentity).Trace()));
    }

    // The root of the profiled restricted score in λ with the greatest likelihood; 0 where none is better.
    private static double Ratio(Sums sums)
    {
        double Score(double ratio) => sums.At(ratio).Score;
        const int Steps = 80;
        const double Low = 1e-8, High = 1e8;
        double best = 0, before = Score(0), left = 0;
        var least = sums.At(0).Profile;
        for (var k = 0; k <= Steps; k++)
        {
            var right = Low * Math.Pow(High / Low, k / (double)Steps);
            var here = Score(right);
            if (before > 0 && here <= 0)
            {
                var root = Root.Between(Score, left, right, before, here);
                var profile = sums.At(root).Profile;
                if (profile < least) (best, least) = (root, profile);
            }

            (left, before) = (right, here);
        }

        return best;
    }

    private sealed record State(Vector<double> Orthonormal, Matrix<double> Inverse, double Squares, double Deviance, double Profile,
        double Score);

    private sealed class Sums
    {
        private readonly Vector<double>[] products;
        private readonly double[] squares;

        public Sums(Design design, int[] areaOf, double[] y, int areas)
        {
            Design = design;
            Count = y.Length;
            Sizes = new int[areas];
            OutcomeMeans = new double[areas];
            var p = design.Width;
            var means = new double[areas, p];
            for (var row = 0; row < y.Length; row++)
            {
                var i = areaOf[row];
                Sizes[i]++;
                OutcomeMeans[i] += y[row];
                for (var j = 0; j < p; j++) means[i, j] += design.Columns[j][row];
            }

            Means = new Vector<double>[areas];
            Within = new Matrix<double>[areas];
            products = new Vector<double>[areas];
            squares = new double[areas];
            for (var i = 0; i < areas; i++)
            {
                var n = Math.Max(1, Sizes[i]);
                OutcomeMeans[i] /= n;
                Means[i] = Vector<double>.Build.Dense(p, j => means[i, j] / n);
                Within[i] = Matrix<double>.Build.Dense(p, p);
                products[i] = Vector<double>.Build.Dense(p);
            }

            // Around the area's means: nothing is lost where areas differ by much more than their units do.
            var centred = new double[p];
            for (var row = 0; row < y.Length; row++)
            {
                var i = areaOf[row];
                var outcome = y[row] - OutcomeMeans[i];
                squares[i] += outcome * outcome;
                for (var j = 0; j < p; j++) centred[j] = design.Columns[j][row] - Means[i][j];
                for (var j = 0; j < p; j++)
                {
                    products[i][j] += centred[j] * outcome;
                    for (var k = 0; k < p; k++) Within[i][j, k] += centred[j] * centred[k];
                }
            }

            Occupied = Sizes.Count(size => size > 0);
        }

        public Design Design { get; }

        public int Count { get; }

        public int Occupied { get; }

        public int[] Sizes { get; }

        public double[] OutcomeMeans { get; }

        public Vector<double>[] Means { get; }

        public Matrix<double>[] Within { get; }

        public State At(double ratio)
        {
            var p = Design.Width;
            Matrix<double> normal = Matrix<double>.Build.Dense(p, p), curve = normal.Clone();
            var moments = Vector<double>.Build.Dense(p);
            double logs = 0;
            for (var i = 0; i < Sizes.Length; i++)
            {
                double n = Sizes[i], k = 1 / (1 + (ratio * n));
                if (n == 0) continue;
                var outer = Means[i].OuterProduct(Means[i]);
                normal += Within[i] + (outer * (n * k));
                curve += outer * (n * n * k * k);
                moments += products[i] + (Means[i] * (n * k * OutcomeMeans[i]));
                logs -= Math.Log(k);
            }

            var inverse = normal.Inverse();
            var beta = inverse * moments;
            double rest = 0, score = 0;
            for (var i = 0; i < Sizes.Length; i++)
            {
                double n = Sizes[i], k = 1 / (1 + (ratio * n));
                if (n == 0) continue;
                var residual = OutcomeMeans[i] - Means[i].DotProduct(beta);
                rest += squares[i] - (2 * beta.DotProduct(products[i])) + (beta * Within[i]).DotProduct(beta)
                    + (n * k * residual * residual);
                score += n * n * k * k * residual * residual;
            }

            var trace = (inverse * curve).Trace();
            var blocks = Sizes.Sum(n => n / (1 + (ratio * n)));
            var deviance = logs + Math.Log(normal.Determinant());
            return new State(beta, inverse, rest, deviance, deviance + ((Count - p) * Math.Log(rest)),
                ((Count - p) * score / rest) - blocks + trace);
        }
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>Fay and Herriot's model where the effects of neighbouring areas are alike: v = ρWv + u, fitted by restricted maximum likelihood.</summary>
/// <remarks>
/// W has rows that add up to 1 (0 for an area without neighbours). Sources: Petrucci &amp; Salvati 2006, JABES 11(2); Singh, Shukla &amp; Kundu 2005, Survey
/// Methodology 31(2); Molina, Salvati &amp; Pratesi 2009, Computational Statistics 24. All matrices are dense: the work grows with the cube of the areas.
/// </remarks>
internal static class SpatialFayHerriot
{
    /// <summary>The largest number of areas.</summary>
    public const int Most = 1500;

    private const double Edge = 0.999;
    private const int Rounds = 500;

    /// <summary>Fits the model.</summary>
    /// <param name="direct">The direct estimates; NaN where there is none.</param>
    /// <param name="variances">Their sampling variances; NaN or 0 where there is no direct estimate to speak of.</param>
    /// <param name="columns">The covariates.</param>
    /// <param name="names">Their names.</param>
    /// <param name="neighbours">By area, its neighbours' numbers.</param>
    /// <exception cref="AreaModelException">There are too few or too many areas, no neighbours, or a covariate depends on the others.</exception>
    public static AreaFit Fit(
        double[] direct, double[] variances, IReadOnlyList<double[]> columns, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var rows = direct.Length;
        if (rows > Most) throw new AreaModelException(FormattableString.Invariant($"the spatial model is for at most {Most} areas"));
        var used = FayHerriot.Used(direct, variances);
        // Where there is no independent variance there is nothing for neighbours to share.
        var start = FayHerriot.Fit(direct, variances, columns, names);
        int[] fitted = [.. Enumerable.Range(0, rows).Where(i => used[i])];
        var w = Matrix<double>.Build.Dense(rows, rows);
        for (var i = 0; i < rows; i++)
        {
            foreach (var j in neighbours[i]) w[i, j] = 1.0 / neighbours[i].Count;
        }

        if (neighbours.All(list => list.Count == 0)) throw new AreaModelException("no area has a neighbour");
        var model = new Model(direct, variances, fitted, new Design(columns, names, rows, used), w);
        var best = Start(model, start);
        var state = Climb(model, best.Variance, best.Rho);
        return state.Variance == 0 ? start : Estimate(model, state, start);
    }

    // The likelihood may have several tops in ρ: the climb starts from the best of a grid.
    private static (double Variance, double Rho) Start(Model model, AreaFit independent)
    {
        var psi = model.Variances.Where(v => v > 0).ToArray();
        var scale = independent.RandomVariance > 0 ? independent.RandomVariance : psi.Average() / 10;
        (double Variance, double Rho) best = (scale, 0);
        var most = double.NegativeInfinity;
        foreach (var rho in new[] { -0.75, -0.4, 0, 0.4, 0.7, 0.9 })
        {
            foreach (var factor in new[] { 0.3, 1.0, 2.5 })
            {
                var likelihood = model.Likelihood(scale * factor, rho);
                if (likelihood > most) (most, best) = (likelihood, (scale * factor, rho));
            }
        }

        return best;
    }

    // Fisher's scoring, the step halved while it does not climb.
    private static State Climb(Model model, double variance, double rho)
    {
        var state = model.At(variance, rho);
        for (var round = 0; round < Rounds; round++)
        {
            var (atZero, atEdge) = (state.Variance == 0, Math.Abs(state.Rho) >= Edge);
            if (atZero && state.Score[0] <= 0) return state;
            var step = atEdge
                ? Vector<double>.Build.DenseOfArray([state.Score[0] / state.Information[0, 0], 0])
                : state.Information.Solve(state.Score);
            State? next = null;
            for (var half = 0; half < 30; half++, step /= 2)
            {
                var trial = model.At(Math.Max(0, state.Variance + step[0]), Math.Clamp(state.Rho + step[1], -Edge, Edge));
                if (trial.LogLikelihood < state.LogLikelihood - (1e-13 * Math.Abs(state.LogLikelihood))) continue;
                next = trial;
                break;
            }

            if (next is null) return state;
            var moved = Math.Max(Math.Abs(next.Variance - state.Variance) / Math.Max(next.Variance, double.Epsilon), Math.Abs(next.Rho - state.Rho));
            state = next;
            if (moved < 1e-13) return state;
        }

        throw new AreaModelException("the spatial model did not settle: the areas do not tell the variance and the correlation apart");
    }

    private static AreaFit Estimate(Model model, State state, AreaFit independent)
    {
        var rows = model.Direct.Length;
        var design = model.Design;
        var covariance = state.Information.Inverse();
        // All areas' effects given those that were observed: G_all,fitted V⁻¹ r.
        var cross = Matrix<double>.Build.Dense(rows, model.Fitted.Length, (i, k) => state.Effects[i, model.Fitted[k]]);
        var weights = cross * state.Precision;
        var effects = weights * state.Residuals;
        double[] estimates = new double[rows], errors = new double[rows], shrinkage = new double[rows], residuals = new double[rows];
        Array.Fill(residuals, double.NaN);
        var observed = weights * state.Orthonormal;
        var g1 = Enumerable.Range(0, rows).Select(i => state.Effects[i, i] - weights.Row(i).DotProduct(cross.Row(i))).ToArray();
        for (var i = 0; i < rows; i++)
        {
            estimates[i] = design.Fit(state.Coefficients, i) + effects[i];
            var outside = design.Row(i) - observed.Row(i);
            errors[i] = g1[i] + (outside * state.Inverse * outside);
        }

        double[][] curves = [.. state.Derivatives.Select((d, k) => Diagonal(state, d, state.Derivatives[k]))];
        var mixed = Diagonal(state, state.Derivatives[0], state.Derivatives[1]);
        var bendMixed = Sandwich(state, state.MixedSecond);
        var bendRho = Sandwich(state, state.RhoSecond);
        for (var k = 0; k < model.Fitted.Length; k++)
        {
            var i = model.Fitted[k];
            double psi = model.Variances[i], square = psi * psi;
            var g3 = square * ((curves[0][k] * covariance[0, 0]) + (2 * mixed[k] * covariance[0, 1]) + (curves[1][k] * covariance[1, 1]));
            var g4 = square * ((bendMixed[k] * covariance[0, 1]) + (0.5 * bendRho[k] * covariance[1, 1]));
            errors[i] += (2 * g3) - g4;
            shrinkage[i] = 1 - (psi * state.Precision[k, k]);
            residuals[i] = state.Projection[k] / Math.Sqrt(Math.Max(state.ProjectionDiagonal[k], double.Epsilon));
        }

        var beta = design.Covariance(state.Inverse);
        return independent with
        {
            RandomVariance = state.Variance, Coefficients = design.Coefficients(state.Coefficients).ToArray(), CoefficientErrors = [.. beta.Diagonal().Select(Math.Sqrt)],
            Estimates = estimates, MeanSquaredErrors = errors, Shrinkage = shrinkage, Residuals = residuals, LogLikelihood = state.LogLikelihood,
            Autocorrelation = state.Rho, AutocorrelationError = Math.Abs(state.Rho) >= Edge ? null : Math.Sqrt(covariance[1, 1]),
        };
    }

    // The diagonal of V⁻¹ A V⁻¹ B V⁻¹ and of V⁻¹ A V⁻¹.
    private static double[] Diagonal(State state, Matrix<double> a, Matrix<double> b)
    {
        Matrix<double> left = state.Precision * a, right = b * state.Precision, middle = left * state.Precision;
        return [.. Enumerable.Range(0, middle.RowCount).Select(i => middle.Row(i).DotProduct(right.Column(i)))];
    }

    private static double[] Sandwich(State state, Matrix<double> a)
    {
        var left = state.Precision * a;
        return [.. Enumerable.Range(0, left.RowCount).Select(i => left.Row(i).DotProduct(state.Precision.Column(i)))];
    }

    private sealed record State(
        double Variance, double Rho, double LogLikelihood, Matrix<double> Effects, Matrix<double> Precision, Matrix<double> Orthonormal, Matrix<double> Inverse,
        Vector<double> Coefficients, Vector<double> Residuals, Vector<double> Projection, double[] ProjectionDiagonal, Matrix<double>[] Derivatives,
        Matrix<double> MixedSecond, Matrix<double> RhoSecond, Vector<double> Score, Matrix<double> Information);

    private sealed record Model(double[] Direct, double[] Variances, int[] Fitted, Design Design, Matrix<double> Neighbours)
    {
        private readonly Matrix<double> z = Matrix<double>.Build.Dense(Fitted.Length, Design.Width, (k, j) => Design.Columns[j][Fitted[k]]);
        private readonly Vector<double> y = Vector<double>.Build.Dense(Fitted.Length, k => Direct[Fitted[k]]);
        private readonly Matrix<double> sum = Neighbours + Neighbours.Transpose();
        private readonly Matrix<double> product = Neighbours.TransposeThisAndMultiply(Neighbours);

        public double Likelihood(double variance, double rho)
        {
            var v = Observed(Structure(rho) * variance);
            for (var k = 0; k < Fitted.Length; k++) v[k, k] += Variances[Fitted[k]];
            var factor = v.Cholesky();
            var solved = factor.Solve(z);
            var normal = z.TransposeThisAndMultiply(solved).Cholesky();
            var residuals = y - (z * normal.Solve(solved.TransposeThisAndMultiply(y)));
            return Likelihood(factor.DeterminantLn, normal.DeterminantLn, residuals.DotProduct(factor.Solve(residuals)));
        }

        public State At(double variance, double rho)
        {
            var structure = Structure(rho);
            Matrix<double> slope = (product * (2 * rho)) - sum;
            var first = structure * slope * structure * -1;
            var second = (structure * slope * first * -2) - (structure * (product * 2) * structure);
            var v = Observed(structure) * variance;
            for (var k = 0; k < Fitted.Length; k++) v[k, k] += Variances[Fitted[k]];
            var factor = v.Cholesky();
            var precision = factor.Solve(Matrix<double>.Build.DenseIdentity(Fitted.Length));
            var solved = precision * z;
            var normal = z.TransposeThisAndMultiply(solved);
            var inverse = normal.Inverse();
            var coefficients = inverse * solved.TransposeThisAndMultiply(y);
            var residuals = y - (z * coefficients);
            var projected = precision * residuals;
            var projection = precision - (solved * inverse * solved.Transpose());
            Matrix<double>[] derivatives = [Observed(structure), Observed(first) * variance];
            Matrix<double>[] parts = [projection * derivatives[0], projection * derivatives[1]];
            var score = Vector<double>.Build.Dense(2, j => 0.5 * (projected.DotProduct(derivatives[j] * projected) - parts[j].Trace()));
            var information = Matrix<double>.Build.Dense(2, 2, (j, k) => 0.5 * Product(parts[j], parts[k]));
            return new State(
                variance, rho, Likelihood(factor.DeterminantLn, Math.Log(normal.Determinant()), residuals.DotProduct(projected)), structure * variance, precision, z, inverse,
                coefficients, residuals, projected, projection.Diagonal().ToArray(), derivatives, Observed(first), Observed(second) * variance, score, information);
        }

        private double Likelihood(double logV, double logNormal, double squares) =>
            -0.5 * (((Fitted.Length - Design.Width) * Math.Log(2 * Math.PI)) + logV + logNormal + squares);

        // [(I − ρW)'(I − ρW)]⁻¹ = (I − ρ(W + W') + ρ²W'W)⁻¹
        private Matrix<double> Structure(double rho) => (Matrix<double>.Build.DenseIdentity(Direct.Length) - (sum * rho) + (product * (rho * rho)))
            .Cholesky().Solve(Matrix<double>.Build.DenseIdentity(Direct.Length));

        private Matrix<double> Observed(Matrix<double> all) => Fitted.Length == Direct.Length
            ? all.Clone()
            : Matrix<double>.Build.Dense(Fitted.Length, Fitted.Length, (i, j) => all[Fitted[i], Fitted[j]]);

        private static double Product(Matrix<double> a, Matrix<double> b)
        {
            var sum = 0.0;
            for (var i = 0; i < a.RowCount; i++)
            {
                for (var j = 0; j < a.ColumnCount; j++) sum += a[i, j] * b[j, i];
            }

            return sum;
        }
    }
}

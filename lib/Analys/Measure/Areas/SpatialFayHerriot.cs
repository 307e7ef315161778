using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>Fay and Herriot's model where the effects of neighbouring areas are alike: v = ρWv + u, fitted by restricted maximum
/// likelihood.</summary>
/// <remarks>
/// W has rows that add up to 1 (0 for an area without neighbours). Sources: Petrucci &amp; Salvati 2006, JABES 11(2); Singh, Shukla &amp;
/// Kundu 2005, Survey
/// Methodology 31(2); Molina, Salvati &amp; Pratesi 2009, Computational Statistics 24. All matrices are dense: the work grows with the cube
/// of the areas.
/// </remarks>
internal static class SpatialFayHerriot
{
    /// <summary>The largest number of areas.</summary>
    public const int Most = 1500;

    private const double Edge = 0.999;
    private static readonly double[] Correlations = [-0.5, 0, 0.3, 0.6, 0.85];
    private static readonly double[] Factors = [0.4, 1.0, 2.5];
    private const int Rounds = 500;

    /// <summary>Fits the model.</summary>
    /// <param name="direct">The direct estimates; NaN where there is none.</param>
    /// <param name="variances">Their sampling variances; NaN or 0 where there is no direct estimate to speak of.</param>
    /// <param name="columns">The covariates.</param>
    /// <param name="names">Their names.</param>
    /// <param name="neighbours">By area, its neighbours' numbers.</param>
    /// <exception cref="AreaModelException">There are too few or too many areas, no neighbours, or a covariate depends on the
    /// others.</exception>
    public static AreaFit Fit(
        double[] direct, double[] variances, IReadOnlyList<double[]> columns, IReadOnlyList<string> names,
            IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var rows = direct.Length;
        if (rows > Most) throw new AreaModelException(FormattableString.Invariant($"the spatial model is for at most {Most} areas"));
        var used = FayHerriot.Used(direct, variances);
        // Where there is no independent variance there is nothing for neighbours to share.
        var start = FayHerriot.Fit(direct, variances, columns, names);
        int[] fitted = [.. Enumerable.Range(0, rows).Where(i => used[i])];
        if (neighbours.All(list => list.Count == 0)) throw new AreaModelException("no area has a neighbour");
        var model = new Model(direct, variances, fitted, new Design(columns, names, rows, used), neighbours);
        var best = Start(model, start);
        var state = Climb(model, best.Variance, best.Rho);
        return state.Variance == 0 ? start : Estimate(model, state, start);
    }

    // The likelihood may have several tops in ρ: the climb starts from the best of a few places.
    private static (double Variance, double Rho) Start(Model model, AreaFit independent)
    {
        var psi = model.Variances.Where(v => v > 0).ToArray();
        var scale = independent.RandomVariance > 0 ? independent.RandomVariance : psi.Average() / 10;
        var rho = Correlations.MaxBy(value => model.At(scale, value, derivatives: false).LogLikelihood);
        var factor = Factors.MaxBy(value => model.At(scale * value, rho, derivatives: false).LogLikelihood);
        return (scale * factor, rho);
    }

    // Fisher's scoring, the step halved while it does not climb.
    private static State Climb(Model model, double variance, double rho)
    {
        var state = model.At(variance, rho);
        for (var round = 0; round < Rounds; round++)
        {
            if (state.Variance == 0 && state.Score[0] <= 0) return state;
            var (a, b, c) = state.Information;
            var (stepVariance, stepRho) = Math.Abs(state.Rho) >= Edge || state.Variance == 0
                ? (state.Score[0] / a, 0.0)
                : (((c * state.Score[0]) - (b * state.Score[1])) / ((a * c) - (b * b)),
                    ((a * state.Score[1]) - (b * state.Score[0])) / ((a * c) - (b * b)));
            State? next = null;
            for (var half = 1.0; half > 1e-9; half /= 2)
            {
                var trial = model.At(Math.Max(0, state.Variance + (half * stepVariance)),
                    Math.Clamp(state.Rho + (half * stepRho), -Edge, Edge));
                if (trial.LogLikelihood < state.LogLikelihood - (1e-13 * Math.Abs(state.LogLikelihood))) continue;
                next = trial;
                break;
            }

            if (next is null) return state;
            var moved = Math.Max(Math.Abs(next.Variance - state.Variance) / Math.Max(next.Variance, double.Epsilon),
                Math.Abs(next.Rho - state.Rho));
            state = next;
            if (moved < 1e-12) return state;
        }

        throw new AreaModelException("the spatial model did not settle: the areas do not tell the variance and the correlation apart");
    }

    private static AreaFit Estimate(Model model, State state, AreaFit independent)
    {
        int rows = model.Direct.Length, m = model.Fitted.Length;
        var design = model.Design;
        var (a, b, c) = state.Information;
        var determinant = (a * c) - (b * b);
        var (varianceOfVariance, covariance, varianceOfRho) = (c / determinant, -b / determinant, a / determinant);
        // All areas' effects given those that were observed: G_all,fitted V⁻¹ r.
        var cross = Dense.Make(rows, m, (i, k) => state.Variance * state.Structure[i][model.Fitted[k]]);
        var weights = Dense.Times(cross, state.Precision);
        double[] estimates = new double[rows], errors = new double[rows], shrinkage = new double[rows], residuals = new double[rows];
        Array.Fill(residuals, double.NaN);
        var outside = new double[design.Width];
        for (var i = 0; i < rows; i++)
        {
            estimates[i] = design.Fit(state.Coefficients, i) + Dense.Dot(weights[i], state.Residuals);
            for (var j = 0; j < outside.Length; j++) outside[j] = design.Columns[j][i] - Dense.Dot(weights[i], model.Z[j]);
            var left = (state.Variance * state.Structure[i][i]) - Dense.Dot(weights[i], cross[i]);
            errors[i] = left + outside.Select((part, j) => part * outside.Select((other, k) => other * state.Inverse[j, k]).Sum()).Sum();
        }

        double[][] first = Dense.Times(state.Precision, state.ByVariance), second = Dense.Times(state.Precision, state.ByRho);
        double[][] firstTwice = Dense.Times(first, state.Precision), secondTwice = Dense.Times(second, state.Precision);
        var bend = Dense.Times(state.Precision, model.Bend(state));
        for (var k = 0; k < m; k++)
        {
            var i = model.Fitted[k];
            double psi = model.Variances[i], square = psi * psi;
            // The diagonals of V⁻¹ V_d V⁻¹ V_e V⁻¹ and of V⁻¹ V_de V⁻¹; first[k]·p is row k of V⁻¹V_1 times a row of V⁻¹.
            double one = Dense.Dot(firstTwice[k], first[k]), two = Dense.Dot(secondTwice[k], second[k]),
                mixed = Dense.Dot(firstTwice[k], second[k]);
            var g3 = square * ((one * varianceOfVariance) + (2 * mixed * covariance) + (two * varianceOfRho));
            var g4 = square * ((Dense.Dot(second[k], state.Precision[k]) / state.Variance * covariance)
                + (0.5 * Dense.Dot(bend[k], state.Precision[k]) * varianceOfRho));
            errors[i] += (2 * g3) - g4;
            shrinkage[i] = 1 - (psi * state.Precision[k][k]);
            residuals[i] = state.Projected[k] / Math.Sqrt(Math.Max(state.Projection[k][k], double.Epsilon));
        }

        return independent with
        {
            RandomVariance = state.Variance,
            Coefficients = design.Coefficients(state.Coefficients).ToArray(),
            CoefficientErrors = [.. design.Covariance(state.Inverse).Diagonal().Select(Math.Sqrt)],
            Estimates = estimates,
            MeanSquaredErrors = errors,
            Shrinkage = shrinkage,
            Residuals = residuals,
            LogLikelihood = state.LogLikelihood,
            Autocorrelation = state.Rho,
            AutocorrelationError = Math.Abs(state.Rho) >= Edge ? null : Math.Sqrt(varianceOfRho),
        };
    }

    private sealed record State(
        double Variance, double Rho, double LogLikelihood, double[][] Structure, double[][] Precision, Matrix<double> Inverse,
            Vector<double> Coefficients,
        double[] Residuals, double[] Projected, double[][] Projection, double[][] ByVariance, double[][] ByRho, double[] Score,
            (double A, double B, double C) Information);

    private sealed class Model
    {
        private readonly double[] y;
        private readonly IReadOnlyList<(int Column, double Value)>[] sum, product;

        public Model(double[] direct, double[] variances, int[] fitted, Design design, IReadOnlyList<IReadOnlyList<int>> neighbours)
        {
            (Direct, Variances, Fitted, Design) = (direct, variances, fitted, design);
            y = [.. fitted.Select(i => direct[i])];
            Z = [.. design.Columns.Select(column => fitted.Select(i => column[i]).ToArray())];
            // W + W' and W'W have a few numbers a row.
            Dictionary<int, double>[] both = [.. neighbours.Select(_ => new Dictionary<int, double>())],
                twice = [.. neighbours.Select(_ => new Dictionary<int, double>())];
            for (var i = 0; i < neighbours.Count; i++)
            {
                var w = 1.0 / Math.Max(1, neighbours[i].Count);
                foreach (var j in neighbours[i])
                {
                    both[i][j] = both[i].GetValueOrDefault(j) + w;
                    both[j][i] = both[j].GetValueOrDefault(i) + w;
                    foreach (var k in neighbours[i]) twice[j][k] = twice[j].GetValueOrDefault(k) + (w * w);
                }
            }

            (sum, product) = (Rows(both), Rows(twice));
        }

        public double[] Direct { get; }

        public double[] Variances { get; }

        public int[] Fitted { get; }

        public Design Design { get; }

        public double[][] Z { get; }

        public State At(double variance, double rho, bool derivatives = true)
        {
            int rows = Direct.Length, m = Fitted.Length;
            // [(I − ρW)'(I − ρW)]⁻¹ = (I − ρ(W + W') + ρ²W'W)⁻¹
            var structure = Dense.Make(rows, rows, (i, j) => i == j ? 1 : 0);
            Add(structure, sum, -rho);
            Add(structure, product, rho * rho);
            structure = Dense.Inverse(structure, out _);
            var precision = Dense.Make(m, m, (j, k) => (variance * structure[Fitted[j]][Fitted[k]]) + (j == k ? Variances[Fitted[j]] : 0));
            precision = Dense.Inverse(precision, out var logs);
            double[][] solved = [.. Z.Select(column => precision.Select(row => Dense.Dot(row, column)).ToArray())];
            var normal = Matrix<double>.Build.Dense(Z.Length, Z.Length, (j, k) => Dense.Dot(solved[j], Z[k]));
            var inverse = normal.Inverse();
            var beta = inverse * Vector<double>.Build.Dense(Z.Length, j => Dense.Dot(solved[j], y));
            double[] residuals = [.. y.Select((value, k) => value - Z.Select((column, j) => column[k] * beta[j]).Sum())];
            double[] projected = [.. precision.Select(row => Dense.Dot(row, residuals))];
            var likelihood = -0.5 * (((m - Z.Length) * Math.Log(2 * Math.PI)) + logs + Math.Log(normal.Determinant())
                + Dense.Dot(residuals, projected));
            if (!derivatives) return new State(variance, rho, likelihood, structure, precision, inverse, beta, residuals, projected, [], [],
                [], [], default);

            var projection = Dense.Make(m, m, (j, k) => precision[j][k]);
            for (var j = 0; j < m; j++)
            {
                for (var p = 0; p < Z.Length; p++)
                {
                    for (var q = 0; q < Z.Length; q++)
                    {
                        var factor = solved[p][j] * inverse[p, q];
                        for (var k = 0; k < m; k++) projection[j][k] -= factor * solved[q][k];
                    }
                }
            }

            double[][] byVariance = Observed(structure), byRho = Observed(Dense.Times(Sloped(structure, rho), structure));
            foreach (var row in byRho)
            {
                for (var k = 0; k < m; k++) row[k] *= -variance;
            }

            double[][] first = Dense.Times(projection, byVariance), second = Dense.Times(projection, byRho);
            double Score(double[][] part, double[][] derivative) =>
                0.5 * (derivative.Select((row, k) => projected[k] * Dense.Dot(row, projected)).Sum() - part.Select((row, k) => row[k])
                    .Sum());
            return new State(
                variance, rho, likelihood, structure, precision, inverse, beta, residuals, projected, projection, byVariance, byRho,
                [Score(first, byVariance), Score(second, byRho)],
                    (0.5 * Trace(first, first), 0.5 * Trace(first, second), 0.5 * Trace(second, second)));
        }

        /// <summary>The second derivative of V in ρ: σ²(2SCSCS − S·2W'W·S), S the structure and C the slope of its inverse.</summary>
        public double[][] Bend(State state)
        {
            var sloped = Sloped(state.Structure, state.Rho);
            double[][] twice = Dense.Times(Dense.Times(sloped, Dense.Transpose(sloped)), state.Structure),
                flat = Dense.Times(Times(state.Structure, product, 2), state.Structure);
            return Observed(Dense.Make(twice.Length, twice.Length, (i, j) => state.Variance * ((2 * twice[i][j]) - flat[i][j])));
        }

        // S·C with C = 2ρW'W − W − W'.
        private double[][] Sloped(double[][] structure, double rho)
        {
            double[][] left = Times(structure, product, 2 * rho), right = Times(structure, sum, -1);
            return Dense.Make(left.Length, left.Length, (i, j) => left[i][j] + right[i][j]);
        }

        private double[][] Observed(double[][] all) => Dense.Make(Fitted.Length, Fitted.Length, (j, k) => all[Fitted[j]][Fitted[k]]);

        private static IReadOnlyList<(int, double)>[] Rows(Dictionary<int, double>[] rows) =>
            [.. rows.Select(row => row.Select(pair => (pair.Key, pair.Value)).ToArray())];

        private static void Add(double[][] matrix, IReadOnlyList<(int Column, double Value)>[] sparse, double factor)
        {
            for (var i = 0; i < matrix.Length; i++)
            {
                foreach (var (column, value) in sparse[i]) matrix[i][column] += factor * value;
            }
        }

        // Both sparse matrices are symmetric.
        private static double[][] Times(double[][] matrix, IReadOnlyList<(int Column, double Value)>[] sparse, double factor) => Dense.Make(
            matrix.Length, matrix.Length, (i, j) =>
            {
                var total = 0.0;
                foreach (var (column, value) in sparse[j]) total += matrix[i][column] * value;
                return factor * total;
            });

        // tr(AB)
        private static double Trace(double[][] a, double[][] b)
        {
            var turned = Dense.Transpose(b);
            return a.Select((row, i) => Dense.Dot(row, turned[i])).Sum();
        }
    }
}

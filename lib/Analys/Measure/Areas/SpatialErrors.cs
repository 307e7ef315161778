using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>The estimates of the spatial model with their mean squared errors, and the information on σ² and ρ.</summary>
/// <remarks>
/// g1 + g2 + 2·g3 − g4 (Singh, Shukla &amp; Kundu 2005). With N = Q⁻¹ and S = H⁻¹ every matrix of theirs is a product of N, S − N and
/// the sparse H' and H'': V⁻¹V_σ = Ψ⁻¹EN, V⁻¹V_ρ V⁻¹ = −σ²Ψ⁻¹E·NH'N·E'Ψ⁻¹, Sσ²E'Ψ⁻¹EN = S − N. A row of N or S is one solution.
/// </remarks>
internal static class SpatialErrors
{
    /// <summary>The fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The model at the estimates; σ² above 0.</param>
    /// <param name="independent">The fit without neighbours, for what both share.</param>
    /// <param name="atBound">Whether ρ stands at its bound, where it has no error.</param>
    public static AreaFit Estimate(SpatialModel model, SpatialState state, AreaFit independent, bool atBound)
    {
        int rows = model.Direct.Length, width = model.Design.Width;
        var variance = state.Variance;
        var parts = new Parts(model, state);
        var (a, b, c) = parts.Information();
        var determinant = (a * c) - (b * b);
        var (varianceOfVariance, covariance, varianceOfRho) = (c / determinant, -b / determinant, a / determinant);
        double[][] carried = [.. model.Design.Columns.Select(column => state.Joined.Solve(model.Weighted(column)))];
        double[] estimates = new double[rows], errors = new double[rows], shrinkage = new double[rows], residuals = new double[rows];
        Array.Fill(residuals, double.NaN);
        Parallel.For(0, rows, i =>
        {
            estimates[i] = model.Design.Fit(state.Coefficients, i) + (variance * state.SpreadResiduals[i]);
            errors[i] = variance * parts.Joined[i][i];
            for (var j = 0; j < width; j++)
            {
                for (var k = 0; k < width; k++)
                {
                    errors[i] += (model.Design.Columns[j][i] - (variance * carried[j][i])) * state.Inverse[j, k]
                        * (model.Design.Columns[k][i] - (variance * carried[k][i]));
                }
            }

            if (model.Weights[i] == 0) return;
            var (one, mixed, two, first, second) = parts.Of(i);
            var g3 = (one * varianceOfVariance) + (2 * mixed * covariance) + (two * varianceOfRho);
            var g4 = (first * covariance) + (0.5 * second * varianceOfRho);
            errors[i] += (2 * g3) - g4;
            shrinkage[i] = variance * parts.Joined[i][i] * model.Weights[i];
            var left = model.Weights[i] * (1 - shrinkage[i]);
            for (var j = 0; j < width; j++)
            {
                for (var k = 0; k < width; k++) left -= state.Solved[j][i] * state.Inverse[j, k] * state.Solved[k][i];
            }

            residuals[i] = state.Projected[i] / Math.Sqrt(Math.Max(left, double.Epsilon));
        });
        return independent with
        {
            RandomVariance = variance,
            Coefficients = model.Design.Coefficients(state.Coefficients).ToArray(),
            CoefficientErrors = [.. model.Design.Covariance(state.Inverse).Diagonal().Select(Math.Sqrt)],
            Estimates = estimates,
            MeanSquaredErrors = errors,
            Shrinkage = shrinkage,
            Residuals = residuals,
            LogLikelihood = state.LogLikelihood,
            Autocorrelation = state.Rho,
            AutocorrelationError = atBound ? null : Math.Sqrt(varianceOfRho),
        };
    }

    private sealed class Parts
    {
        private readonly SpatialModel model;
        private readonly SpatialState state;
        private readonly SparseRows slope, bend;

        // (S − N)·H' by rows.
        private readonly double[][] bent;

        public Parts(SpatialModel model, SpatialState state)
        {
            (this.model, this.state, slope, bend) = (model, state, model.Slope(state.Rho), model.Bend());
            var rows = model.Direct.Length;
            Joined = new double[rows][];
            bent = new double[rows][];
            Parallel.For(0, rows, i =>
            {
                var unit = new double[rows];
                unit[i] = 1;
                Joined[i] = state.Joined.Solve(unit);
                bent[i] = slope.Times(Less(state.Structure.Solve(unit), Joined[i]));
            });
        }

        /// <summary>N by rows.</summary>
        public double[][] Joined { get; }

        /// <summary>½ tr(P V_d P V_e) for σσ, σρ, ρρ.</summary>
        public (double A, double B, double C) Information()
        {
            var rows = Joined.Length;
            double[] ones = new double[rows], mixed = new double[rows], twos = new double[rows];
            Parallel.For(0, rows, i =>
            {
                for (var j = 0; j < rows; j++)
                {
                    var turned = -Joined[i][j] * model.Weights[j];
                    ones[i] += turned * -Joined[j][i] * model.Weights[i];
                    mixed[i] += turned * bent[j][i];
                    twos[i] += bent[i][j] * bent[j][i];
                }
            });
            // What the fitted coefficients take: V_d V⁻¹Z as vectors.
            double[][] byVariance = state.Spread;
            double[][] byRho = [.. state.Spread.Select(column => Times(state.Structure.Solve(slope.Times(column)), -state.Variance))];
            return (0.5 * (ones.Sum() - Taken(byVariance, byVariance)), 0.5 * (mixed.Sum() - Taken(byVariance, byRho)),
                0.5 * (twos.Sum() - Taken(byRho, byRho)));
        }

        /// <summary>Of an observed area, ψ² times the diagonals of V⁻¹V_dV⁻¹V_eV⁻¹ (σσ, σρ, ρρ) and of V⁻¹V_σρV⁻¹ and
        /// V⁻¹V_ρρV⁻¹.</summary>
        public (double One, double Mixed, double Two, double First, double Second) Of(int i)
        {
            var variance = state.Variance;
            var row = Joined[i];
            var across = slope.Times(row);
            double[] spread = state.Structure.Solve(across), narrow = Less(spread, state.Joined.Solve(across));
            var weighted = model.Weighted(row);
            // −(N·H)/σ² = −(I − σ²NΨ⁻¹)/σ²
            var turned = Times(weighted, 1);
            turned[i] -= 1 / variance;
            var carried = state.Joined.Solve(weighted);
            return (-variance * SpatialModel.Dot(turned, carried), variance * SpatialModel.Dot(narrow, turned),
                variance * SpatialModel.Dot(narrow, across), -SpatialModel.Dot(across, row),
                variance * ((2 * SpatialModel.Dot(across, spread)) - SpatialModel.Dot(row, bend.Times(row))));
        }

        // 2·tr(C·Z'V⁻¹V_dV⁻¹V_eV⁻¹Z) − tr(C·Z'V⁻¹V_dV⁻¹Z·C·Z'V⁻¹V_eV⁻¹Z)
        private double Taken(double[][] one, double[][] two)
        {
            var width = one.Length;
            double[][] precise = [.. two.Select(vector => model.Precise(vector, state.Joined.Solve(model.Weighted(vector)),
                state.Variance))];
            Matrix<double> Between(double[][] left, double[][] right) =>
                Matrix<double>.Build.Dense(width, width, (j, k) => SpatialModel.Dot(left[j], right[k]));
            var once = state.Inverse * Between(one, precise);
            var twice = state.Inverse * Between(state.Solved, one) * state.Inverse * Between(state.Solved, two);
            return (2 * once.Trace()) - twice.Trace();
        }

        private static double[] Less(double[] a, double[] b) => [.. a.Select((value, i) => value - b[i])];

        private static double[] Times(double[] vector, double factor) => [.. vector.Select(value => factor * value)];
    }
}

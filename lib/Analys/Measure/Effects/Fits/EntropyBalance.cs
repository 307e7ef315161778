namespace Analys.Measure.Effects.Fits;

/// <summary>Weights of the comparison units, as even as can be, that give them the treated units' means (Hainmueller 2012).</summary>
/// <remarks>
/// w_i ∝ q_i·exp(λ'(x_i − m)), Σw = 1: λ minimises the convex dual ln Σ q·exp(λ'(x − m)), by Newton's steps, halved where one goes too far.
/// </remarks>
internal static class EntropyBalance
{
    private const int MostSteps = 200;

    /// <summary>The weights; null where no weights give these means (they lie outside what the comparison units span).</summary>
    /// <param name="columns">Independent columns over the comparison units, without an intercept, of like scale.</param>
    /// <param name="targets">The treated units' mean of each column.</param>
    /// <param name="prior">The weights to stay near.</param>
    public static double[]? Weights(IReadOnlyList<double[]> columns, double[] targets, double[] prior)
    {
        int rows = prior.Length, size = columns.Count;
        var centred = columns.Select((column, k) => Array.ConvertAll(column, value => value - targets[k])).ToArray();
        var lambda = new double[size];
        var weights = new double[rows];
        var dual = Dual(centred, prior, lambda, weights);
        var before = double.PositiveInfinity;
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = new double[size];
            for (var k = 0; k < size; k++) gradient[k] = Compensated.Dot(weights, centred[k]);
            var worst = size == 0 ? 0 : gradient.Max(Math.Abs);
            // Below 1e-12 standard deviations one step more gains nothing; the last one is taken while it still helps.
            if (worst <= 1e-15 || (worst <= 1e-12 && worst >= before)) return weights;
            before = worst;
            var curvature = Symmetric.Cross(centred, weights);
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < size; k++) curvature[j, k] -= gradient[j] * gradient[k];
            }

            if (Symmetric.Factor(curvature) is not { } factor) return worst <= 1e-10 ? weights : null;
            var move = factor.Solve(gradient);
            var tried = new double[rows];
            var scale = 1.0;
            double[] next;
            double reached;
            while (true)
            {
                next = [.. lambda.Select((value, k) => value - (scale * move[k]))];
                reached = Dual(centred, prior, next, tried);
                if (reached <= dual + (1e-13 * Math.Abs(dual)) || scale < 1e-8) break;
                scale /= 2;
            }

            if (next.Any(value => !(Math.Abs(value) < 1e4))) return null;
            (lambda, weights, dual) = (next, tried, reached);
        }

        return before <= 1e-10 ? weights : null;
    }

    private static double Dual(double[][] centred, double[] prior, double[] lambda, double[] weights)
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < weights.Length; i++)
        {
            double eta = Math.Log(prior[i]);
            for (var k = 0; k < lambda.Length; k++) eta += lambda[k] * centred[k][i];
            weights[i] = eta;
            largest = Math.Max(largest, eta);
        }

        for (var i = 0; i < weights.Length; i++) weights[i] = Math.Exp(weights[i] - largest);
        var sum = Compensated.Sum(weights);
        for (var i = 0; i < weights.Length; i++) weights[i] /= sum;
        return largest + Math.Log(sum);
    }
}

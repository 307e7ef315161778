using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Effects.Fits;

/// <summary>
/// The weights, none negative and with sum 1, that bring a mixture of columns nearest to a target: an exact quadratic programme.
/// </summary>
/// <remarks>
/// min ‖Aw − b‖² + ρ‖w‖². Wolfe's method (1976): columns enter one at a time where they improve, the best mixture of those that are in is
/// solved by least squares, and a column leaves where its weight would be negative. It ends after finitely many steps at the optimum: no
/// step size, no tolerance on the objective. Where several mixtures are equally near (more columns than rows, target inside), the most even
/// one is given: it does not depend on the order of the columns.
/// </remarks>
internal sealed class SimplexFit
{
    private SimplexFit(double[] weights, bool unique)
    {
        Weights = weights;
        Unique = unique;
    }

    /// <summary>The weights.</summary>
    public double[] Weights { get; }

    /// <summary>False where other weights are as near to the target; these are the ones with the smallest sum of squares.</summary>
    public bool Unique { get; }

    /// <summary>Solves.</summary>
    /// <param name="columns">The columns of A, at least one.</param>
    /// <param name="target">b.</param>
    /// <param name="ridge">ρ, at least 0.</param>
    public static SimplexFit Solve(IReadOnlyList<double[]> columns, double[] target, double ridge)
    {
        var moved = columns.Select(column => column.Select((value, t) => value - target[t]).ToArray()).ToArray();
        var size = moved.Length;
        var squares = Array.ConvertAll(moved, column => Compensated.Dot(column, column));
        var scale = Math.Max(squares.Max(), ridge);
        var weights = new double[size];
        List<int> inside = [Array.IndexOf(squares, squares.Min())];
        weights[inside[0]] = 1;
        var gradient = new double[size];
        for (var step = 0; step < 50 * (size + 1); step++)
        {
            var rest = Gradient(moved, weights, ridge, gradient);
            var level = inside.Min(j => gradient[j]);
            var best = Enumerable.Range(0, size).Where(j => !inside.Contains(j)).OrderBy(j => gradient[j]).FirstOrDefault(-1);
            // Rounding in a column's product with what is left; what is left carries the rounding of the columns themselves.
            var noise = (1e-14 * ((Math.Sqrt(squares.Max()) * rest) + ridge)) + (4e-16 * squares.Max());
            if (best < 0 || !(gradient[best] < level - noise)) break;
            inside.Add(best);
            if (!Improve(moved, ridge, inside, weights, best)) break;
        }

        if (ridge > 0) return new(weights, true);
        Gradient(moved, weights, 0, gradient);
        var lowest = inside.Min(j => gradient[j]);
        int[] equal = [.. Enumerable.Range(0, size).Where(j => gradient[j] <= lowest + (1e-10 * scale))];
        return MostEven(moved, weights, equal);
    }

    // Moves to the best mixture of the columns inside; columns that would turn negative leave. False where nothing more can be gained.
    private static bool Improve(double[][] columns, double ridge, List<int> inside, double[] weights, int entered)
    {
        while (true)
        {
            if (Best(columns, ridge, inside) is not { } wanted)
            {
                inside.Remove(entered);
                return false;
            }

            var share = 1.0;
            var leaving = -1;
            for (var k = 0; k < inside.Count; k++)
            {
                var now = weights[inside[k]];
                if (wanted[k] >= 0 || now - wanted[k] <= 0) continue;
                var reach = now / (now - wanted[k]);
                if (reach < share) (share, leaving) = (reach, k);
            }

            if (leaving >= 0 && share == 0 && inside[leaving] == entered)
            {
                inside.Remove(entered);
                return false;
            }

            for (var k = 0; k < inside.Count; k++) weights[inside[k]] += share * (wanted[k] - weights[inside[k]]);
            if (leaving < 0)
            {
                for (var k = 0; k < inside.Count; k++) weights[inside[k]] = Math.Max(0, wanted[k]);
                return true;
            }

            weights[inside[leaving]] = 0;
            inside.RemoveAt(leaving);
            if (inside.Count == 0) return false;
        }
    }

    // The mixture with sum 1, of either sign, that is nearest; null where the columns are not affinely independent.
    private static double[]? Best(double[][] columns, double ridge, List<int> inside)
    {
        if (inside.Count == 1) return [1];
        var first = columns[inside[0]];
        int rows = first.Length, extra = ridge > 0 ? inside.Count : 0;
        var root = Math.Sqrt(ridge);
        // w0 = 1 − Σ others: the ridge's row for w0 is then root·(1 − Σu), for the others root·u.
        var target = new double[rows + extra];
        for (var t = 0; t < rows; t++) target[t] = -first[t];
        if (extra > 0) target[rows] = -root;
        var differences = new List<double[]>();
        for (var k = 1; k < inside.Count; k++)
        {
            var column = new double[rows + extra];
            for (var t = 0; t < rows; t++) column[t] = columns[inside[k]][t] - first[t];
            if (extra > 0) (column[rows], column[rows + k]) = (-root, root);
            differences.Add(column);
        }

        var fit = new LeastSquares(differences, target);
        if (fit.Rank < differences.Count) return null;
        var others = fit.Coefficients;
        return [1 - Compensated.Sum(others), .. others];
    }

    // By column what a little more of it changes; the distance that is left.
    private static double Gradient(double[][] columns, double[] weights, double ridge, double[] gradient)
    {
        var rest = new double[columns[0].Length];
        for (var j = 0; j < columns.Length; j++)
        {
            if (weights[j] == 0) continue;
            for (var t = 0; t < rest.Length; t++) rest[t] += weights[j] * columns[j][t];
        }

        for (var j = 0; j < columns.Length; j++) gradient[j] = Compensated.Dot(columns[j], rest) + (ridge * weights[j]);
        return Math.Sqrt(Compensated.Dot(rest, rest));
    }

    // Among all mixtures of the equally good columns with the same fit, the one with the smallest sum of squares (least distance
    // programming).
    private static SimplexFit MostEven(double[][] columns, double[] weights, int[] equal)
    {
        var rows = columns[0].Length;
        var scale = Math.Sqrt(columns.Max(column => Compensated.Dot(column, column)));
        if (scale == 0) scale = 1;
        var conditions = Matrix<double>.Build.Dense(equal.Length, rows + 1, (k, t) => t < rows ? columns[equal[k]][t] / scale : 1);
        var svd = conditions.Svd();
        var rank = svd.S.Count(value => value > 1e-9 * svd.S[0]);
        if (rank == equal.Length) return new(weights, true);
        var start = Vector<double>.Build.Dense(equal.Length, k => weights[equal[k]]);
        var free = svd.U.SubMatrix(0, equal.Length, rank, equal.Length - rank);
        var needed = start - (free * (free.TransposeThisAndMultiply(start)));
        // min ‖z‖ with free·z ≥ −needed: Lawson and Hanson's problem LDP, by non-negative least squares.
        var system = Enumerable.Range(0, equal.Length).Select(k => (double[])[.. free.Row(k), -needed[k]]).ToArray();
        var goal = new double[free.ColumnCount + 1];
        goal[^1] = 1;
        var u = NonNegative.Solve(system, goal);
        var residual = new double[goal.Length];
        for (var t = 0; t < residual.Length; t++) residual[t] = Enumerable.Range(0, equal.Length).Sum(k => system[k][t] * u[k]) - goal[t];
        if (!(Math.Abs(residual[^1]) > 1e-12)) return new(weights, false);
        var z = Vector<double>.Build.Dense(free.ColumnCount, t => -residual[t] / residual[^1]);
        var even = needed + (free * z);
        var result = new double[weights.Length];
        for (var k = 0; k < equal.Length; k++) result[equal[k]] = even[k] < 1e-12 ? 0 : even[k];
        var sum = Compensated.Sum(result);
        for (var j = 0; j < result.Length; j++) result[j] /= sum;
        return new(result, false);
    }
}

/// <summary>Least squares with coefficients that are not negative (Lawson and Hanson 1974).</summary>
internal static class NonNegative
{
    /// <summary>min ‖Ax − b‖ with x ≥ 0.</summary>
    /// <param name="columns">The columns of A.</param>
    /// <param name="target">b.</param>
    public static double[] Solve(double[][] columns, double[] target)
    {
        var size = columns.Length;
        var x = new double[size];
        List<int> inside = [];
        var scale = columns.Max(column => Math.Sqrt(Compensated.Dot(column, column))) * Math.Sqrt(Compensated.Dot(target, target));
        for (var step = 0; step < 50 * (size + 1); step++)
        {
            var rest = (double[])target.Clone();
            for (var j = 0; j < size; j++)
            {
                for (var t = 0; t < rest.Length && x[j] != 0; t++) rest[t] -= x[j] * columns[j][t];
            }

            var best = Enumerable.Range(0, size).Where(j => !inside.Contains(j)).OrderByDescending(j => Compensated.Dot(columns[j], rest))
                .FirstOrDefault(-1);
            if (best < 0 || Compensated.Dot(columns[best], rest) <= 1e-13 * scale) break;
            inside.Add(best);
            while (inside.Count > 0)
            {
                var fit = new LeastSquares([.. inside.Select(j => columns[j])], target);
                if (fit.Rank < inside.Count)
                {
                    inside.Remove(best);
                    return x;
                }

                var wanted = fit.Coefficients;
                var share = 1.0;
                for (var k = 0; k < inside.Count; k++)
                {
                    if (wanted[k] <= 0) share = Math.Min(share, x[inside[k]] / (x[inside[k]] - wanted[k]));
                }

                for (var k = 0; k < inside.Count; k++) x[inside[k]] += share * (wanted[k] - x[inside[k]]);
                if (share >= 1) break;
                var leaving = inside.Where((j, k) => wanted[k] <= 0 && x[j] <= 1e-14).ToArray();
                foreach (var j in leaving)
                {
                    x[j] = 0;
                    inside.Remove(j);
                }
            }
        }

        return x;
    }
}

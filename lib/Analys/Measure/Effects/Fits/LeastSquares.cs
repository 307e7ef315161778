namespace Analys.Measure.Effects.Fits;

/// <summary>Weighted least squares by an orthogonal basis; columns that depend on earlier ones are left out, as R does.</summary>
/// <remarks>
/// Columns are made orthogonal one after the other, each twice, so that the basis stays orthogonal to the last digit where covariates are
/// nearly collinear. The coefficients come from the triangle that is left.
/// </remarks>
internal sealed class LeastSquares
{
    // A column whose part that is not in the earlier ones is this small beside it carries rounding, not information.
    private const double Dependent = 1e-9;

    private readonly double[] roots;
    private readonly double[][] basis;
    private readonly double[][] triangle;
    private readonly int[] kept;

    /// <summary>Fits.</summary>
    /// <param name="columns">The columns, each with a number a row.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="weights">The rows' weights; null for one each. A row of weight 0 does not count.</param>
    public LeastSquares(IReadOnlyList<double[]> columns, double[] outcome, double[]? weights = null)
    {
        var rows = outcome.Length;
        roots = new double[rows];
        for (var i = 0; i < rows; i++) roots[i] = weights is null ? 1 : Math.Sqrt(weights[i]);
        Rows = weights is null ? rows : weights.Count(weight => weight > 0);
        var vectors = new List<double[]>();
        var factors = new List<double[]>();
        var places = new List<int>();
        for (var column = 0; column < columns.Count; column++)
        {
            var vector = new double[rows];
            for (var i = 0; i < rows; i++) vector[i] = columns[column][i] * roots[i];
            var length = Norm(vector);
            var factor = Remove(vectors, vector);
            var left = Norm(vector);
            if (!(left > Dependent * length)) continue;
            for (var i = 0; i < rows; i++) vector[i] /= left;
            vectors.Add(vector);
            factors.Add([.. factor, left]);
            places.Add(column);
        }

        basis = [.. vectors];
        triangle = [.. factors];
        kept = [.. places];
        Columns = columns;
        var rest = new double[rows];
        for (var i = 0; i < rows; i++) rest[i] = outcome[i] * roots[i];
        var solution = Solve(Remove(basis, rest));
        Coefficients = new double[columns.Count];
        for (var k = 0; k < kept.Length; k++) Coefficients[kept[k]] = solution[k];
        Residuals = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            var fitted = default(Compensated);
            foreach (var k in kept) fitted.Add(columns[k][i] * Coefficients[k]);
            Residuals[i] = outcome[i] - fitted.Value;
        }
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>By column its coefficient; 0 for one that was left out.</summary>
    public double[] Coefficients { get; }

    /// <summary>The outcome less the fit, unweighted, also of rows with weight 0.</summary>
    public double[] Residuals { get; }

    /// <summary>The rows that count.</summary>
    public int Rows { get; }

    /// <summary>The columns that were kept.</summary>
    public int Rank => kept.Length;

    /// <summary>Rows less columns.</summary>
    public int Degrees => Rows - Rank;

    /// <summary>True where the column was kept.</summary>
    public bool Has(int column) => Array.IndexOf(kept, column) >= 0;

    /// <summary>The leverage of a row.</summary>
    public double Leverage(int row)
    {
        double sum = 0;
        foreach (var vector in basis) sum += vector[row] * vector[row];
        return sum;
    }

    /// <summary>The row's influence on a coefficient: Σ over rows of the square of (this · residual) is its variance of kind HC0.</summary>
    public double[] Influence(int column)
    {
        var place = Array.IndexOf(kept, column);
        var direction = new double[kept.Length];
        direction[place] = 1;
        var weightsOfBasis = SolveTransposed(direction);
        var influence = new double[roots.Length];
        for (var i = 0; i < influence.Length; i++)
        {
            double sum = 0;
            for (var k = 0; k < basis.Length; k++) sum += weightsOfBasis[k] * basis[k][i];
            influence[i] = sum * roots[i];
        }

        return influence;
    }

    /// <summary>
    /// The heteroscedastic standard error HC2 of a coefficient: squared residuals over 1 − leverage (MacKinnon and White 1985).
    /// </summary>
    public double RobustError(int column)
    {
        var influence = Influence(column);
        var sum = default(Compensated);
        for (var i = 0; i < influence.Length; i++)
        {
            // A row that fits itself alone has no residual: it says nothing of the error.
            var free = 1 - Leverage(i);
            if (free > 1e-12) sum.Add(influence[i] * influence[i] * Residuals[i] * Residuals[i] / free);
        }

        return Math.Sqrt(sum.Value);
    }

    /// <summary>The classical standard error of a coefficient.</summary>
    public double ClassicalError(int column)
    {
        double squares = 0, scale = 0;
        var influence = Influence(column);
        for (var i = 0; i < influence.Length; i++)
        {
            squares += roots[i] * roots[i] * Residuals[i] * Residuals[i];
            if (roots[i] > 0) scale += influence[i] * influence[i] / (roots[i] * roots[i]);
        }

        return Math.Sqrt(squares / Degrees * scale);
    }

    /// <summary>The fit of a row that need not be among those fitted.</summary>
    /// <param name="columns">Columns of the same meaning.</param>
    /// <param name="row">The row.</param>
    public double Fit(IReadOnlyList<double[]> columns, int row)
    {
        var sum = default(Compensated);
        foreach (var k in kept) sum.Add(columns[k][row] * Coefficients[k]);
        return sum.Value;
    }

    private static double Norm(double[] vector) => Math.Sqrt(Compensated.Dot(vector, vector));

    private static double[] Remove(IReadOnlyList<double[]> basis, double[] vector)
    {
        var factor = new double[basis.Count];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < basis.Count; k++)
            {
                var dot = Compensated.Dot(basis[k], vector);
                factor[k] += dot;
                for (var i = 0; i < vector.Length; i++) vector[i] -= dot * basis[k][i];
            }
        }

        return factor;
    }

    // R b = z, R upper triangular; triangle[k] is column k of R.
    private double[] Solve(double[] right)
    {
        var solution = (double[])right.Clone();
        for (var k = solution.Length - 1; k >= 0; k--)
        {
            solution[k] /= triangle[k][k];
            for (var j = 0; j < k; j++) solution[j] -= triangle[k][j] * solution[k];
        }

        return solution;
    }

    // R' z = e.
    private double[] SolveTransposed(double[] right)
    {
        var solution = (double[])right.Clone();
        for (var k = 0; k < solution.Length; k++)
        {
            for (var j = 0; j < k; j++) solution[k] -= triangle[k][j] * solution[j];
            solution[k] /= triangle[k][k];
        }

        return solution;
    }
}

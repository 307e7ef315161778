namespace Analys.Measure.Effects.Fits;

/// <summary>A small symmetric positive definite matrix, by Cholesky's factor.</summary>
internal sealed class Symmetric
{
    private readonly double[,] factor;
    private readonly int size;

    private Symmetric(double[,] factor)
    {
        this.factor = factor;
        size = factor.GetLength(0);
    }

    /// <summary>Factors the matrix; null where it is not positive definite beyond rounding.</summary>
    /// <param name="matrix">The matrix; its lower triangle is read.</param>
    /// <param name="tolerance">A pivot must be larger than this share of its diagonal element.</param>
    public static Symmetric? Factor(double[,] matrix, double tolerance = 1e-13)
    {
        var n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var pivot = matrix[j, j];
            for (var k = 0; k < j; k++) pivot -= factor[j, k] * factor[j, k];
            if (!(pivot > tolerance * Math.Abs(matrix[j, j])) || pivot <= 0) return null;
            factor[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= factor[i, k] * factor[j, k];
                factor[i, j] = sum / factor[j, j];
            }
        }

        return new(factor);
    }

    /// <summary>Solves A x = b.</summary>
    public double[] Solve(double[] right)
    {
        var x = (double[])right.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= factor[i, k] * x[k];
            x[i] /= factor[i, i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) x[i] -= factor[k, i] * x[k];
            x[i] /= factor[i, i];
        }

        return x;
    }

    /// <summary>Σ over rows of weight · column_j · column_k.</summary>
    public static double[,] Cross(IReadOnlyList<double[]> columns, double[] weights)
    {
        var size = columns.Count;
        var cross = new double[size, size];
        var product = new double[weights.Length];
        for (var j = 0; j < size; j++)
        {
            for (var i = 0; i < product.Length; i++) product[i] = weights[i] * columns[j][i];
            for (var k = 0; k <= j; k++) cross[j, k] = cross[k, j] = Compensated.Dot(product, columns[k]);
        }

        return cross;
    }
}

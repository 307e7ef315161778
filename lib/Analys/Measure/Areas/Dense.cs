using Lanes = System.Numerics.Vector<double>;

namespace Analys.Measure.Areas;

/// <summary>Dense matrices as rows, for the products that the spatial model repeats: every inner loop is a dot product of two
/// rows.</summary>
internal static class Dense
{
    /// <summary>A matrix by its places.</summary>
    public static double[][] Make(int rows, int columns, Func<int, int, double> value)
    {
        var matrix = new double[rows][];
        Parallel.For(0, rows, i =>
        {
            var row = matrix[i] = new double[columns];
            for (var j = 0; j < columns; j++) row[j] = value(i, j);
        });
        return matrix;
    }

    /// <summary>The matrix turned.</summary>
    public static double[][] Transpose(double[][] matrix) => Make(matrix[0].Length, matrix.Length, (i, j) => matrix[j][i]);

    /// <summary>A·B for a symmetric B, or A·B' for any.</summary>
    public static double[][] Times(double[][] a, double[][] b) => Make(a.Length, b.Length, (i, j) => Dot(a[i], b[j]));

    /// <summary>Σab.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Lanes one = default, two = default;
        int i = 0, width = Lanes.Count;
        for (; i + (2 * width) <= a.Length; i += 2 * width)
        {
            one += new Lanes(a[i..]) * new Lanes(b[i..]);
            two += new Lanes(a[(i + width)..]) * new Lanes(b[(i + width)..]);
        }

        var sum = System.Numerics.Vector.Sum(one + two);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The inverse of a symmetric positive matrix by Cholesky's factor, and the logarithm of its determinant.</summary>
    /// <exception cref="AreaModelException">The matrix is not positive.</exception>
    public static double[][] Inverse(double[][] matrix, out double logDeterminant)
    {
        var n = matrix.Length;
        // Rows of L below the diagonal; then the columns of its inverse as rows, so that L⁻ᵀL⁻¹ is dot products too.
        var lower = new double[n][];
        logDeterminant = 0;
        for (var j = 0; j < n; j++) lower[j] = (double[])matrix[j].Clone();
        for (var j = 0; j < n; j++)
        {
            var row = lower[j];
            var pivot = row[j] - Dot(row.AsSpan(0, j), row.AsSpan(0, j));
            if (!(pivot > 0)) throw new AreaModelException("the areas' covariance matrix is not positive");
            logDeterminant += Math.Log(pivot);
            var root = row[j] = Math.Sqrt(pivot);
            var column = j;
            void Below(int i) => lower[i][column] =
                (lower[i][column] - Dot(lower[i].AsSpan(0, column), lower[column].AsSpan(0, column))) / root;
            if ((long)(n - j) * j > 20000) Parallel.For(j + 1, n, Below);
            else for (var i = j + 1; i < n; i++) Below(i);
        }

        var inverse = new double[n][];
        Parallel.For(0, n, column =>
        {
            // x = L⁻¹e, kept from the place where it begins.
            var x = inverse[column] = new double[n];
            x[column] = 1 / lower[column][column];
            for (var i = column + 1; i < n; i++) x[i] = -Dot(lower[i].AsSpan(column, i - column),
                x.AsSpan(column, i - column)) / lower[i][i];
        });
        var result = Make(n, n, (i, j) => j < i ? 0 : Dot(inverse[i].AsSpan(j), inverse[j].AsSpan(j)));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) result[i][j] = result[j][i];
        }

        return result;
    }
}

using MathNet.Numerics.LinearAlgebra;

namespace Analys.Measure.Areas;

/// <summary>Regressors made orthonormal once: what is fitted does not depend on their scale, and a normal matrix of them cannot lose its
/// digits.</summary>
/// <remarks>
/// X = Z·R by Gram–Schmidt, each column made orthogonal twice (Giraud, Langou &amp; Rozložník 2005: twice is enough). Fits, residuals and
/// x'Qx are the same
/// for Z as for X; coefficients come back through R.
/// </remarks>
internal sealed class Design
{
    // A column that keeps less than this part of its length beside the earlier ones says nothing that they do not say.
    private const double Dependent = 1e-10;

    private readonly Matrix<double> inverse;

    /// <summary>Makes a design with an intercept first.</summary>
    /// <param name="columns">The covariates, each as long as the rows.</param>
    /// <param name="names">Their names, for the message where one depends on the others.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="fitted">The rows that the fit uses; orthonormal over these. Null for all.</param>
    /// <exception cref="AreaModelException">A covariate depends linearly on the ones before it.</exception>
    public Design(IReadOnlyList<double[]> columns, IReadOnlyList<string> names, int rows, bool[]? fitted = null)
    {
        Terms = ["intercept", .. names];
        Width = columns.Count + 1;
        var r = Matrix<double>.Build.Dense(Width, Width);
        Columns = new double[Width][];
        for (var j = 0; j < Width; j++)
        {
            var column = j == 0 ? Ones(rows) : (double[])columns[j - 1].Clone();
            var before = Length(column, fitted);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var k = 0; k < j; k++)
                {
                    var part = Dot(column, Columns[k], fitted);
                    r[k, j] += part;
                    for (var i = 0; i < rows; i++) column[i] -= part * Columns[k][i];
                }
            }

            var length = Length(column, fitted);
            if (!(length > Dependent * before)) throw new AreaModelException(j == 0
                ? "there are no areas to fit"
                : $"the covariate {names[j - 1]} is constant or depends on the others");
            r[j, j] = length;
            for (var i = 0; i < rows; i++) column[i] /= length;
            Columns[j] = column;
        }

        inverse = r.Inverse();
    }

    /// <summary>The orthonormal columns.</summary>
    public double[][] Columns { get; }

    /// <summary>The number of coefficients.</summary>
    public int Width { get; }

    /// <summary>The names of the coefficients: <c>intercept</c>, then the covariates.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Coefficients of the covariates from those of the orthonormal columns.</summary>
    public Vector<double> Coefficients(Vector<double> orthonormal) => inverse * orthonormal;

    /// <summary>The covariance of the coefficients from that of the orthonormal columns.</summary>
    public Matrix<double> Covariance(Matrix<double> orthonormal) => inverse * orthonormal * inverse.Transpose();

    /// <summary>The row of the orthonormal columns that belongs to values of the covariates.</summary>
    public Vector<double> Row(ReadOnlySpan<double> covariates)
    {
        var x = Vector<double>.Build.Dense(Width, 1);
        for (var j = 1; j < Width; j++) x[j] = covariates[j - 1];
        return inverse.TransposeThisAndMultiply(x);
    }

    /// <summary>A row's vector of orthonormal values.</summary>
    public Vector<double> Row(int row) => Vector<double>.Build.Dense(Width, j => Columns[j][row]);

    /// <summary>z'Mz of a row.</summary>
    public double Quadratic(Matrix<double> matrix, int row)
    {
        var sum = 0.0;
        for (var j = 0; j < Width; j++)
        {
            for (var k = 0; k < Width; k++) sum += Columns[j][row] * matrix[j, k] * Columns[k][row];
        }

        return sum;
    }

    /// <summary>The fit of a row.</summary>
    public double Fit(Vector<double> orthonormal, int row)
    {
        var sum = 0.0;
        for (var j = 0; j < Width; j++) sum += Columns[j][row] * orthonormal[j];
        return sum;
    }

    /// <summary>Z'WZ for row weights, 0 for rows that do not count.</summary>
    public Matrix<double> Normal(ReadOnlySpan<double> weights)
    {
        var normal = Matrix<double>.Build.Dense(Width, Width);
        for (var j = 0; j < Width; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                double[] a = Columns[j], b = Columns[k];
                var sum = 0.0;
                for (var i = 0; i < weights.Length; i++) sum += weights[i] * a[i] * b[i];
                normal[j, k] = normal[k, j] = sum;
            }
        }

        return normal;
    }

    /// <summary>Z'Wy for row weights.</summary>
    public Vector<double> Moments(ReadOnlySpan<double> weights, ReadOnlySpan<double> y)
    {
        var moments = Vector<double>.Build.Dense(Width);
        for (var j = 0; j < Width; j++)
        {
            var column = Columns[j];
            var sum = 0.0;
            for (var i = 0; i < weights.Length; i++) sum += weights[i] * column[i] * y[i];
            moments[j] = sum;
        }

        return moments;
    }

    private static double[] Ones(int rows)
    {
        var ones = new double[rows];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double Length(double[] column, bool[]? fitted) => Math.Sqrt(Dot(column, column, fitted));

    private static double Dot(double[] a, double[] b, bool[]? fitted)
    {
        double sum = 0, lost = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (fitted is not null && !fitted[i]) continue;
            var term = (a[i] * b[i]) - lost;
            var next = sum + term;
            lost = next - sum - term;
            sum = next;
        }

        return sum;
    }
}

/// <summary>A model cannot be fitted to these data; the message says why in words, without a value of the data.</summary>
internal sealed class AreaModelException(string message) : Exception(message);

/// <summary>Roots of a function of one variable.</summary>
internal static class Root
{
    /// <summary>The root between two places where the function has different signs, to the last digits (Brent 1973).</summary>
    public static double Between(Func<double, double> function, double low, double high, double atLow, double atHigh)
    {
        if (atLow == 0) return low;
        if (atHigh == 0) return high;
        double a = low, b = high, fa = atLow, fb = atHigh, c = a, fc = fa, step = b - a, last = step;
        for (var round = 0; round < 200; round++)
        {
            if (Math.Abs(fc) < Math.Abs(fb)) (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            double tolerance = 2 * 2.2e-16 * Math.Abs(b), middle = (c - b) / 2;
            if (Math.Abs(middle) <= tolerance || fb == 0) return b;
            if (Math.Abs(last) < tolerance || Math.Abs(fa) <= Math.Abs(fb))
            {
                step = last = middle;
            }
            else
            {
                double s = fb / fa, p, q;
                if (a == c)
                {
                    (p, q) = (2 * middle * s, 1 - s);
                }
                else
                {
                    double u = fa / fc, r = fb / fc;
                    (p, q) = (s * ((2 * middle * u * (u - r)) - ((b - a) * (r - 1))), (u - 1) * (r - 1) * (s - 1));
                }

                if (p > 0) q = -q;
                p = Math.Abs(p);
                if (2 * p < Math.Min((3 * middle * q) - Math.Abs(tolerance * q), Math.Abs(last * q))) (last, step) = (step, p / q);
                else step = last = middle;
            }

            (a, fa) = (b, fb);
            b += Math.Abs(step) > tolerance ? step : Math.CopySign(tolerance, middle);
            fb = function(b);
            if (fb > 0 == fc > 0) (c, fc, step, last) = (a, fa, b - a, b - a);
        }

        return b;
    }
}

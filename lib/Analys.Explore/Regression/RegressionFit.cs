using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Analys.Explore.Regression;

/// <summary>
/// The coefficients of a linear, logistic or Poisson model: least squares by QR, the others by iteratively reweighted least squares
/// (McCullagh &amp; Nelder 1989) until the coefficients stand still.
/// </summary>
internal sealed class RegressionFit
{
    private const int MostSteps = 100;

    // exp(-30) is a probability of 1e-13: a coefficient that asks for it runs off to infinity.
    private const double Boundless = 30;

    private RegressionFit(RegressionKind kind, Matrix<double> x, Vector<double> y, Vector<double> prior, Vector<double> offset)
    {
        Kind = kind;
        X = x;
        Y = y;
        Prior = prior;
        Offset = offset;
    }

    public RegressionKind Kind { get; }

    public Matrix<double> X { get; }

    public Vector<double> Y { get; }

    /// <summary>The weights that were given, one where none were.</summary>
    public Vector<double> Prior { get; }

    public Vector<double> Offset { get; }

    public Vector<double> Coefficients { get; private set; } = null!;

    /// <summary>What the model expects of each row.</summary>
    public Vector<double> Fitted { get; private set; } = null!;

    /// <summary>The inverse of X'WX with the weights of the last step.</summary>
    public Matrix<double> Bread { get; private set; } = null!;

    /// <summary>How much each row draws the fit to itself, 0 to 1; the sum is the number of coefficients.</summary>
    public Vector<double> Leverage { get; private set; } = null!;

    /// <summary>Each row's part of the score, without its x: weight times residual.</summary>
    public Vector<double> Scores => Prior.PointwiseMultiply(Y - Fitted);

    /// <summary>The sum of weighted squared residuals of a linear model, else the deviance.</summary>
    public double Deviance => DevianceOf(Kind, Y, Fitted, Prior);

    public static RegressionFit Of(RegressionKind kind, Matrix<double> x, Vector<double> y, Vector<double> prior, Vector<double> offset)
    {
        var fit = new RegressionFit(kind, x, y, prior, offset);
        if (kind != RegressionKind.Linear)
        {
            fit.Iterate();
            return fit;
        }

        fit.Solve(y - offset, prior);
        fit.Fitted = (x * fit.Coefficients) + offset;
        fit.Finish(prior);
        return fit;
    }

    private void Iterate()
    {
        var eta = (Y + (Kind == RegressionKind.Poisson ? 0.1 : 0)).MapIndexed((row, value) => Kind == RegressionKind.Poisson
            ? Math.Log(value)
            : Logit(((Prior[row] * value) + 0.5) / (Prior[row] + 1)));
        var change = double.PositiveInfinity;
        Vector<double>? before = null;
        for (var step = 0; step < MostSteps && change > 1e-13; step++)
        {
            var mean = eta.Map(Mean);
            var slope = mean.Map(m => Kind == RegressionKind.Poisson ? m : m * (1 - m));
            if (slope.Exists(value => !(value > 0) || !double.IsFinite(value))) throw Separated();
            var working = eta - Offset + (Y - mean).PointwiseDivide(slope);
            Solve(working, Prior.PointwiseMultiply(slope));
            eta = (X * Coefficients) + Offset;
            if (before is not null) change = (Coefficients - before).Map2((d, c) => Math.Abs(d) / (Math.Abs(c) + 1e-3), Coefficients).AbsoluteMaximum();
            before = Coefficients;
            // Rounding keeps some fits from standing quite still: what remains is far below what anyone prints.
            if (step > 25 && change < 1e-10) break;
        }

        if (Kind == RegressionKind.Logistic && eta.Exists(value => Math.Abs(value) > Boundless)) throw Separated();
        if (change > 1e-10) throw Separated();
        Fitted = eta.Map(Mean);
        Finish(Prior.PointwiseMultiply(Fitted.Map(m => Kind == RegressionKind.Poisson ? m : m * (1 - m))));
    }

    private void Solve(Vector<double> target, Vector<double> weights)
    {
        var roots = weights.PointwiseSqrt();
        var qr = Weighted(roots).QR(QRMethod.Thin);
        Coefficients = UpperSolve(qr.R, qr.Q.TransposeThisAndMultiply(target.PointwiseMultiply(roots)));
    }

    private void Finish(Vector<double> weights)
    {
        var qr = Weighted(weights.PointwiseSqrt()).QR(QRMethod.Thin);
        var inverse = Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, X.ColumnCount)
            .Select(column => UpperSolve(qr.R, Vector<double>.Build.Dense(X.ColumnCount, i => i == column ? 1 : 0))));
        Bread = inverse.TransposeAndMultiply(inverse);
        Leverage = Vector<double>.Build.Dense(X.RowCount, row => Math.Min(1, qr.Q.Row(row).DotProduct(qr.Q.Row(row))));
    }

    private Matrix<double> Weighted(Vector<double> roots) => Matrix<double>.Build.Dense(X.RowCount, X.ColumnCount, (row, column) => X[row, column] * roots[row]);

    private static Vector<double> UpperSolve(Matrix<double> r, Vector<double> target)
    {
        var solution = target.Clone();
        for (var i = r.ColumnCount - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < r.ColumnCount; j++) solution[i] -= r[i, j] * solution[j];
            solution[i] /= r[i, i];
        }

        return solution;
    }

    private double Mean(double eta) => Kind switch
    {
        RegressionKind.Poisson => Math.Exp(eta),
        RegressionKind.Logistic => 1 / (1 + Math.Exp(-eta)),
        _ => eta,
    };

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private ModelException Separated() => new(Kind == RegressionKind.Logistic
        ? "A combination of the columns tells the outcome without fail (complete separation), so there is no largest likelihood: leave a column out or merge kinds."
        : "The fit did not come to rest: a kind may have no events at all, or a column is far too large; leave it out, merge kinds or change its unit.");

    public static double DevianceOf(RegressionKind kind, Vector<double> y, Vector<double> mean, Vector<double> prior)
    {
        double sum = 0, lost = 0;
        for (var row = 0; row < y.Count; row++)
        {
            double a = y[row], m = mean[row];
            var term = prior[row] * kind switch
            {
                RegressionKind.Linear => (a - m) * (a - m),
                RegressionKind.Poisson => 2 * (Entropy(a, m) - (a - m)),
                _ => 2 * (Entropy(a, m) + Entropy(1 - a, 1 - m)),
            };
            // Neumaier: the parts of millions of rows lose no digits.
            var next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    private static double Entropy(double a, double m) => a == 0 ? 0 : a * Math.Log(a / m);
}

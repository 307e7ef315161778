namespace Analys.Measure.Areas;

/// <summary>Holt's trend, damped: level and slope follow the errors, the slope dies out by φ a step. Fitted by least squares,
/// globally.</summary>
/// <remarks>
/// y_t = l + φb + e; l ← l + φb + αe; b ← φb + βe; 0 ≤ α ≤ 1, 0 ≤ β ≤ α, 0.80 ≤ φ ≤ 0.98 (Gardner &amp; McKenzie 1985). The errors are
/// linear in the two
/// starting values, which are therefore solved for; the other three are searched in the box (α, β/α, φ), each climb from many starts
/// polished by Newton's
/// steps on the exact gradient.
/// </remarks>
/// <param name="Alpha">The part of an error that the level keeps.</param>
/// <param name="Beta">The part of it that the slope keeps.</param>
/// <param name="Phi">The part of the slope that is left after a step.</param>
/// <param name="Level">The level after the last observation.</param>
/// <param name="Slope">The slope there.</param>
/// <param name="Squares">The sum of squared errors.</param>
internal sealed record DampedTrend(double Alpha, double Beta, double Phi, double Level, double Slope, double Squares)
{
    /// <summary>The number of values that are fitted: α, β, φ, level and slope.</summary>
    public const int Parameters = 5;

    private static readonly double[] Low = [0, 0, 0.80];
    private static readonly double[] High = [1, 1, 0.98];

    /// <summary>The global minimum.</summary>
    public static DampedTrend Fit(double[] y)
    {
        double origin = y[0], scale = y.Max(value => Math.Abs(value - y[0]));
        if (scale == 0) return new DampedTrend(0, 0, Low[2], origin, 0, 0);
        double[] x = [.. y.Select(value => (value - origin) / scale)];
        var starts = new List<(double Squares, double[] Place)>();
        foreach (var alpha in new[] { 0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9, 1.0 })
        {
            foreach (var part in new[] { 0.0, 0.1, 0.3, 0.6, 1.0 })
            {
                foreach (var phi in new[] { 0.80, 0.86, 0.92, 0.98 })
                {
                    double[] place = [alpha, part, phi];
                    starts.Add((At(x, place).Fit.Squares, place));
                }
            }
        }

        DampedTrend? best = null;
        foreach (var (_, place) in starts.OrderBy(start => start.Squares).Take(10))
        {
            var candidate = Descend(x, place);
            // Of equal fits the earlier start's: a curve without errors has many.
            if (best is null || candidate.Squares < best.Squares * (1 - 1e-12)) best = candidate;
        }

        return best! with { Level = origin + (scale * best!.Level), Slope = scale * best.Slope, Squares = scale * scale * best.Squares };
    }

    // Newton's method on the places that are not held at an end of the box, the matrix by differences of the exact gradient.
    private static DampedTrend Descend(double[] y, double[] from)
    {
        var place = (double[])from.Clone();
        var here = At(y, place);
        for (var round = 0; round < 60; round++)
        {
            int[] free = [.. Enumerable.Range(0, 3).Where(j => !Held(place[j], here.Gradient[j], j))];
            if (free.Length == 0 || here.Fit.Squares < 1e-28) break;
            var step = Step(y, place, here.Gradient, free);
            var moved = false;
            for (var half = 0; half < 40; half++)
            {
                double[] trial = [.. place];
                for (var k = 0; k < free.Length; k++) trial[free[k]] = Math.Clamp(place[free[k]] + step[k], Low[free[k]], High[free[k]]);
                var there = At(y, trial);
                if (there.Fit.Squares < here.Fit.Squares)
                {
                    moved = Enumerable.Range(0, 3).Any(j => Math.Abs(trial[j] - place[j]) > 1e-15);
                    (place, here) = (trial, there);
                    break;
                }

                for (var k = 0; k < step.Length; k++) step[k] /= 2;
            }

            if (!moved) break;
        }

        return here.Fit;
    }

    private static bool Held(double value, double gradient, int j) => (value <= Low[j] && gradient >= 0)
        || (value >= High[j] && gradient <= 0);

    private static double[] Step(double[] y, double[] place, double[] gradient, int[] free)
    {
        var size = free.Length;
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(size, size);
        for (var k = 0; k < size; k++)
        {
            const double Difference = 1e-6;
            double[] up = [.. place], down = [.. place];
            up[free[k]] = Math.Min(High[free[k]], place[free[k]] + Difference);
            down[free[k]] = Math.Max(Low[free[k]], place[free[k]] - Difference);
            double[] above = At(y, up).Gradient, below = At(y, down).Gradient;
            for (var j = 0; j < size; j++) matrix[j, k] = (above[free[j]] - below[free[j]]) / (up[free[k]] - down[free[k]]);
        }

        var right = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(size, j => -gradient[free[j]]);
        matrix = (matrix + matrix.Transpose()) * 0.5;
        // Where the squares do not curve upwards, downhill with a curvature of their size.
        var values = matrix.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        var vectors = values.EigenVectors;
        var along = vectors.TransposeThisAndMultiply(right);
        var largest = values.EigenValues.Max(value => Math.Abs(value.Real));
        for (var j = 0; j < size; j++) along[j] /= Math.Max(Math.Abs(values.EigenValues[j].Real), Math.Max(1e-9 * largest, 1e-300));
        var step = (vectors * along).ToArray();
        var most = step.Max(Math.Abs);
        return most > 0.5 ? [.. step.Select(part => part * 0.5 / most)] : step;
    }

    // The states and errors with their derivatives in the starting values (linear) and in α, β, φ (at the best starting values: the
    // envelope theorem).
    private static (DampedTrend Fit, double[] Gradient) At(double[] y, double[] place)
    {
        double alpha = place[0], beta = place[0] * place[1], phi = place[2];
        double l = 0, b = 0, ll = 1, lb = 0, bl = 0, bb = 1;
        double s11 = 0, s12 = 0, s22 = 0, t1 = 0, t2 = 0;
        foreach (var value in y)
        {
            // e = e0 − c1·level − c2·slope
            double e0 = value - l - (phi * b), c1 = ll + (phi * bl), c2 = lb + (phi * bb);
            s11 += c1 * c1;
            s12 += c1 * c2;
            s22 += c2 * c2;
            t1 += c1 * e0;
            t2 += c2 * e0;
            (l, b) = (l + (phi * b) + (alpha * e0), (phi * b) + (beta * e0));
            (ll, bl) = (c1 - (alpha * c1), (phi * bl) - (beta * c1));
            (lb, bb) = (c2 - (alpha * c2), (phi * bb) - (beta * c2));
        }

        var determinant = (s11 * s22) - (s12 * s12);
        // One starting value is enough where the other changes nothing (all weight on the last value).
        double level, slope;
        if (determinant > 1e-14 * s11 * s22) (level, slope) = (((s22 * t1) - (s12 * t2)) / determinant,
            ((s11 * t2) - (s12 * t1)) / determinant);
        else (level, slope) = s11 >= s22 ? (t1 / s11, 0.0) : (0.0, t2 / s22);

        (l, b) = (level, slope);
        double squares = 0, ga = 0, gb = 0, gp = 0;
        double la = 0, ba = 0, lbeta = 0, bbeta = 0, lp = 0, bp = 0;
        foreach (var value in y)
        {
            double e = value - l - (phi * b);
            squares += e * e;
            double ea = -la - (phi * ba), eb = -lbeta - (phi * bbeta), ep = -lp - (phi * bp) - b;
            ga += 2 * e * ea;
            gb += 2 * e * eb;
            gp += 2 * e * ep;
            (la, ba) = (la + (phi * ba) + e + (alpha * ea), (phi * ba) + (beta * ea));
            (lbeta, bbeta) = (lbeta + (phi * bbeta) + (alpha * eb), (phi * bbeta) + e + (beta * eb));
            (lp, bp) = (lp + b + (phi * bp) + (alpha * ep), b + (phi * bp) + (beta * ep));
            (l, b) = (l + (phi * b) + (alpha * e), (phi * b) + (beta * e));
        }

        // β = α·part
        return (new DampedTrend(alpha, beta, phi, l, b, squares), [ga + (place[1] * gb), place[0] * gb, gp]);
    }
}

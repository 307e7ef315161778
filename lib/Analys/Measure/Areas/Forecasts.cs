using MathNet.Numerics.Distributions;

namespace Analys.Measure.Areas;

/// <summary>How a series is carried on.</summary>
internal enum ForecastMethod
{
    /// <summary>The last value.</summary>
    Naive,

    /// <summary>Simple exponential smoothing.</summary>
    Ses,

    /// <summary>Theta: smoothing plus half the trend.</summary>
    Theta,

    /// <summary>Holt's trend, damped.</summary>
    Damped,
}

/// <summary>Forecasts of one to some steps ahead, and the error of each; the error is null where there are too few values for
/// one.</summary>
/// <param name="Method">The method.</param>
/// <param name="Values">By step, the forecast.</param>
/// <param name="Errors">By step, its standard error.</param>
internal sealed record Forecast(ForecastMethod Method, double[] Values, double?[] Errors)
{
    /// <summary>A step's interval, from the normal distribution.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="level">The coverage.</param>
    public Estimated At(int step, double level = 0.95)
    {
        var (value, error) = (Values[step - 1], Errors[step - 1]);
        if (error is not { } se) return new(Quantity.Known(value));
        var half = Normal.InvCDF(0, 1, (1 + level) / 2) * se;
        return new(Quantity.Known(value), se, value - half, value + half);
    }
}

/// <summary>Methods for short series without a season.</summary>
/// <remarks>
/// Sources: Assimakopoulos &amp; Nikolopoulos 2000, Int J Forecasting 16(4); Hyndman &amp; Billah 2003, Int J Forecasting 19(2); Gardner
/// &amp; McKenzie 1985,
/// Management Science 31(10); Hyndman, Koehler, Ord &amp; Snyder 2008.
/// </remarks>
internal static class Forecasts
{
    /// <summary>The fewest values that a method can be fitted to.</summary>
    public static int Fewest(ForecastMethod method) => method switch
    {
        ForecastMethod.Naive => 1,
        ForecastMethod.Damped => 4,
        _ => 3,
    };

    /// <summary>Carries a series on.</summary>
    /// <param name="series">The values, oldest first.</param>
    /// <param name="horizon">The number of steps, at least 1.</param>
    /// <param name="method">How.</param>
    /// <exception cref="AreaModelException">The series is too short for the method.</exception>
    public static Forecast Of(ReadOnlySpan<double> series, int horizon, ForecastMethod method)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (series.Length < Fewest(method)) throw new AreaModelException(
            FormattableString.Invariant($"the method needs at least {Fewest(method)} periods in a row"));
        return method switch
        {
            ForecastMethod.Naive => Naive(series, horizon),
            ForecastMethod.Ses => Smoothed(series, horizon, trend: false),
            ForecastMethod.Theta => Smoothed(series, horizon, trend: true),
            _ => Damped(series, horizon),
        };
    }

    private static Forecast Naive(ReadOnlySpan<double> y, int horizon)
    {
        var squares = 0.0;
        for (var t = 1; t < y.Length; t++) squares += (y[t] - y[t - 1]) * (y[t] - y[t - 1]);
        double? sigma = y.Length > 1 ? Math.Sqrt(squares / (y.Length - 1)) : null;
        double last = y[^1];
        return new Forecast(
            ForecastMethod.Naive, [.. Enumerable.Repeat(last, horizon)],
                [.. Enumerable.Range(1, horizon).Select(h => sigma * Math.Sqrt(h))]);
    }

    private static Forecast Smoothed(ReadOnlySpan<double> series, int horizon, bool trend)
    {
        var y = series.ToArray();
        var n = y.Length;
        var fit = Smoothing.Fit(y);
        var drift = trend ? Slope(y) / 2 : 0;
        var start = fit.Alpha < 1e-12 ? n : (1 - Math.Pow(1 - fit.Alpha, n)) / fit.Alpha;
        var sigma = Math.Sqrt(fit.Squares / (n - 2));
        return new Forecast(
            trend ? ForecastMethod.Theta : ForecastMethod.Ses,
            [.. Enumerable.Range(1, horizon).Select(h => fit.Level + (drift * (h - 1 + start)))],
            [.. Enumerable.Range(1, horizon).Select(h => (double?)(sigma * Math.Sqrt(1 + ((h - 1) * fit.Alpha * fit.Alpha))))]);
    }

    private static Forecast Damped(ReadOnlySpan<double> series, int horizon)
    {
        var fit = DampedTrend.Fit(series.ToArray());
        int n = series.Length, free = n - DampedTrend.Parameters;
        double? sigma = free > 0 ? Math.Sqrt(fit.Squares / free) : null;
        var values = new double[horizon];
        var errors = new double?[horizon];
        double damping = 0, variance = 1, power = 1;
        for (var h = 1; h <= horizon; h++)
        {
            power *= fit.Phi;
            damping += power;
            values[h - 1] = fit.Level + (damping * fit.Slope);
            errors[h - 1] = sigma * Math.Sqrt(variance);
            variance += Math.Pow(fit.Alpha + (fit.Beta * damping), 2);
        }

        return new Forecast(ForecastMethod.Damped, values, errors);
    }

    private static double Slope(double[] y)
    {
        double middle = (y.Length - 1) / 2.0, mean = y.Average(), top = 0, bottom = 0;
        for (var t = 0; t < y.Length; t++)
        {
            top += (t - middle) * (y[t] - mean);
            bottom += (t - middle) * (t - middle);
        }

        return top / bottom;
    }
}

/// <summary>Simple exponential smoothing with the level before the first observation free, fitted by least squares of the one-step
/// errors.</summary>
/// <param name="Alpha">The part of an error that stays, 0 to 1.</param>
/// <param name="Level">The level after the last observation.</param>
/// <param name="Squares">The sum of squared errors.</param>
internal sealed record Smoothing(double Alpha, double Level, double Squares)
{
    private const int Grid = 200;

    /// <summary>The global minimum: every stationary point between the places of a fine grid, and both ends.</summary>
    public static Smoothing Fit(double[] y)
    {
        // In units of the series' own spread, around its first value: the search does not depend on kronor or thousands.
        double origin = y[0], scale = y.Max(value => Math.Abs(value - y[0]));
        if (scale == 0) return new Smoothing(0, origin, 0);
        double[] x = [.. y.Select(value => (value - origin) / scale)];
        var best = At(x, 0).Fit;
        double before = At(x, 0).Slope, left = 0;
        for (var k = 1; k <= Grid; k++)
        {
            var right = k / (double)Grid;
            var here = At(x, right).Slope;
            if (before < 0 && here >= 0) best = Better(best, At(x, Root.Between(alpha => At(x, alpha).Slope, left, right, before, here))
                .Fit);
            (left, before) = (right, here);
        }

        best = Better(best, At(x, 1).Fit);
        return new Smoothing(best.Alpha, origin + (scale * best.Level), scale * scale * best.Squares);
    }

    private static Smoothing Better(Smoothing old, Smoothing candidate) => candidate.Squares < old.Squares * (1 - 1e-12) ? candidate : old;

    // Errors are linear in the first level: e_t = a_t − c_t·level. The best level is known, and the slope of the squares in α by the
    // envelope theorem.
    private static (Smoothing Fit, double Slope) At(double[] y, double alpha)
    {
        double level = 0, share = 1, top = 0, bottom = 0;
        foreach (var value in y)
        {
            var error = value - level;
            top += error * share;
            bottom += share * share;
            level += alpha * error;
            share *= 1 - alpha;
        }

        var start = top / bottom;
        double slope = 0, squares = 0, change = 0;
        level = start;
        foreach (var value in y)
        {
            var error = value - level;
            squares += error * error;
            slope -= 2 * error * change;
            change += error - (alpha * change);
            level += alpha * error;
        }

        return (new Smoothing(alpha, level, squares), slope);
    }
}

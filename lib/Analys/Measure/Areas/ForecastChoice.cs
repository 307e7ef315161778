namespace Analys.Measure.Areas;

/// <summary>A series of a unit, as far as it is one: periods in a row since the last break.</summary>
/// <param name="First">The first period that counts.</param>
/// <param name="Values">The values from there, oldest first.</param>
internal sealed record Series(int First, double[] Values)
{
    /// <summary>The last period.</summary>
    public int Last => First + Values.Length - 1;

    /// <summary>Puts values in order and cuts before the last break.</summary>
    /// <param name="periods">The periods as whole numbers, in any order.</param>
    /// <param name="values">Their values.</param>
    /// <param name="breaks">Periods from which the series is defined anew.</param>
    /// <exception cref="AreaModelException">A period comes twice, or one is missing in between.</exception>
    public static Series Of(int[] periods, double[] values, IReadOnlyCollection<int> breaks)
    {
        if (periods.Length == 0) throw new AreaModelException("the series has no value");
        int[] order = [.. Enumerable.Range(0, periods.Length).OrderBy(i => periods[i])];
        var last = periods[order[^1]];
        var start = breaks.Where(period => period <= last).DefaultIfEmpty(int.MinValue).Max();
        order = [.. order.Where(i => periods[i] >= start)];
        for (var k = 1; k < order.Length; k++)
        {
            var gap = periods[order[k]] - periods[order[k - 1]];
            if (gap == 0) throw new AreaModelException("a period comes twice in one series");
            if (gap > 1) throw new AreaModelException("a period is missing inside the series");
        }

        return new Series(periods[order[0]], [.. order.Select(i => values[i])]);
    }
}

/// <summary>How a method did on the last values when it was fitted to what came before them.</summary>
/// <param name="Method">The method.</param>
/// <param name="MeanAbsoluteError">The mean absolute error over origins and steps.</param>
/// <param name="Scaled">That error over the naive forecast's at the same origins and steps; null where the naive one never missed.</param>
/// <param name="Forecasts">The number of forecasts compared.</param>
internal sealed record HeldOut(ForecastMethod Method, double MeanAbsoluteError, double? Scaled, int Forecasts);

/// <summary>Which method a series is carried on by, judged by what it would have said before.</summary>
/// <remarks>
/// Fit is no judge: a damped trend's least squares are often a fixed curve that ignores the last year. Every origin that leaves enough
/// values before it is
/// tried, at most the last <see cref="Origins"/>. So few comparisons are noise themselves; theta, which is seldom far off on short series
/// (Makridakis &amp; Hibon
/// 2000), is therefore kept unless a rival's error is below <see cref="Clearly"/> of its own.
/// </remarks>
internal static class ForecastChoice
{
    /// <summary>The most origins that are held out.</summary>
    public const int Origins = 10;

    /// <summary>What part of theta's error a rival must stay below to replace it.</summary>
    public const double Clearly = 0.7;

    // The shortest history that a method is judged on.
    private const int History = 5;

    /// <summary>The held-out accuracy of a method; null where the series leaves no origin with enough values before it.</summary>
    /// <param name="series">The values, oldest first.</param>
    /// <param name="horizon">The number of steps ahead that count.</param>
    /// <param name="method">The method.</param>
    public static HeldOut? Judge(double[] series, int horizon, ForecastMethod method)
    {
        double error = 0, naive = 0;
        var count = 0;
        for (var origin = Math.Max(History, series.Length - Origins); origin < series.Length; origin++)
        {
            var steps = Math.Min(horizon, series.Length - origin);
            var forecast = Forecasts.Of(series.AsSpan(0, origin), steps, method).Values;
            for (var h = 0; h < steps; h++)
            {
                error += Math.Abs(series[origin + h] - forecast[h]);
                naive += Math.Abs(series[origin + h] - series[origin - 1]);
                count++;
            }
        }

        return count == 0 ? null : new HeldOut(method, error / count, naive > 0 ? error / naive : null, count);
    }

    /// <summary>The method that did best, theta where none did clearly better, the naive one where nothing can be judged.</summary>
    /// <param name="series">The values, oldest first.</param>
    /// <param name="horizon">The number of steps ahead that count.</param>
    public static ForecastMethod Choose(double[] series, int horizon)
    {
        if (Judge(series, horizon, ForecastMethod.Theta) is not { } theta)
            return series.Length >= Forecasts.Fewest(ForecastMethod.Ses) ? ForecastMethod.Theta : ForecastMethod.Naive;
        var best = theta;
        foreach (var method in new[] { ForecastMethod.Naive, ForecastMethod.Ses, ForecastMethod.Damped })
        {
            var rival = Judge(series, horizon, method)!;
            if (rival.MeanAbsoluteError < Clearly * theta.MeanAbsoluteError && rival.MeanAbsoluteError < best.MeanAbsoluteError) best =
                rival;
        }

        return best.Method;
    }
}

/// <summary>A budget row followed month by month: what has come in, what is still to come, and whether the year will end away from its
/// budget.</summary>
/// <param name="Budget">The year's budget.</param>
/// <param name="ToDate">The sum of the months that have passed.</param>
/// <param name="YearForecast">That sum and the forecast of the months that are left.</param>
/// <param name="StandardError">The standard error of the year's forecast; null where the series is too short for one.</param>
/// <param name="Deviates">Whether the budget lies outside the forecast's interval.</param>
internal sealed record BudgetFollowUp(double Budget, double ToDate, double YearForecast, double? StandardError, bool Deviates)
{
    /// <summary>Forecast less budget.</summary>
    public double Deviation => YearForecast - Budget;

    /// <summary>Follows a row up.</summary>
    /// <param name="before">The months of earlier years, oldest first; may be empty.</param>
    /// <param name="months">The months of this year that have passed, 1 to 12 of them.</param>
    /// <param name="budget">The year's budget.</param>
    /// <param name="method">How the months that are left are found; null to choose by held-out accuracy.</param>
    /// <param name="level">The coverage of the interval that the budget is held against.</param>
    public static BudgetFollowUp Of(double[] before, double[] months, double budget, ForecastMethod? method = null, double level = 0.95)
    {
        var (toDate, left) = (months.Sum(), 12 - months.Length);
        if (left == 0) return new BudgetFollowUp(budget, toDate, toDate, 0, toDate != budget);
        double[] series = [.. before, .. months];
        var forecast = Forecasts.Of(series, left, method ?? ForecastChoice.Choose(series, left));
        var year = toDate + forecast.Values.Sum();
        // Errors of the same origin go together: the standard error of their sum is at most the sum of theirs, and that is what a budget is
        // held against.
        double? error = forecast.Errors.All(se => se is not null) ? forecast.Errors.Sum(se => se!.Value) : null;
        var half = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + level) / 2) * error;
        return new BudgetFollowUp(budget, toDate, year, error, half is { } reach && Math.Abs(year - budget) > reach);
    }
}

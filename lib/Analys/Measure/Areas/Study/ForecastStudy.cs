using System.Globalization;
using Analys.Domain;
using Analys.Measure.Space;

namespace Analys.Measure.Areas.Study;

/// <summary>What a call asks of a forecast.</summary>
/// <param name="Unit">The column of units; null for one series.</param>
/// <param name="Period">The column of periods.</param>
/// <param name="Value">The column of values.</param>
/// <param name="Horizon">The number of periods ahead.</param>
/// <param name="Method">How; null to choose by held-out accuracy.</param>
internal sealed record ForecastTerms(string? Unit, string Period, string Value, int Horizon, ForecastMethod? Method)
{
    /// <summary>The column of the year's budget; null for none.</summary>
    public string? Budget { get; init; }

    /// <summary>The column of persons behind a value, for disclosure control; null for none.</summary>
    public string? Count { get; init; }

    /// <summary>Periods from which series are defined anew.</summary>
    public IReadOnlyList<string> Breaks { get; init; } = [];

    /// <summary>The coverage of intervals.</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Forecasts of many units' series as records, with how the method did before, and budgets followed up.</summary>
internal static class ForecastStudy
{
    private const string Paper = "Hyndman & Billah 2003, Int J Forecasting 19(2); Gardner & McKenzie 1985, Management Science 31(10)";

    /// <summary>A value to come.</summary>
    public static Definition Forecast { get; } = new(
        "forecast", "Forecast", "Prognos", "the method's value h periods after the last, ± z·σ_h", Units.Index, ValueRange.Any, Paper)
    {
        Tells = Tells.Summary,
        SwedishFormula = "metodens värde h perioder efter den sista, ± z·σ_h",
        Options = AreaOptions.Forecast,
    };

    /// <summary>The held-out error.</summary>
    public static Definition HeldOut { get; } = new(
        "held-out-error", "Held-out mean absolute error", "Medelabsolutfel på undanhållna värden",
        "mean of |value − forecast made before it|", Units.Index, ValueRange.NonNegative, "Tashman 2000, Int J Forecasting 16(4)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "medelvärdet av |värde − prognos gjord dessförinnan|",
        Options = AreaOptions.Forecast,
    };

    /// <summary>That error beside the naive forecast's.</summary>
    public static Definition Scaled { get; } = new(
        "mean-absolute-scaled-error", "Held-out error over the naive forecast's", "Fel i förhållande till naiv prognos",
        "held-out error / that of the last value", Units.Ratio, ValueRange.NonNegative, "Hyndman & Koehler 2006, Int J Forecasting 22(4)")
    {
        Tells = Tells.Summary,
        SwedishFormula = "felet / felet av prognosen ”som sist”",
        Options = AreaOptions.Forecast,
    };

    /// <summary>What the year will end at.</summary>
    public static Definition Year { get; } = new(
        "budget-forecast", "Forecast of the year", "Helårsprognos", "months that have passed + forecast of those that are left",
            Units.Index,
        ValueRange.Any, Paper)
    {
        Tells = Tells.Summary,
        SwedishFormula = "utfall hittills + prognos för återstående månader",
        Options = AreaOptions.Forecast,
    };

    /// <summary>The year's forecast less its budget.</summary>
    public static Definition Deviation { get; } = new(
        "budget-deviation", "Deviation from budget", "Avvikelse mot budget", "forecast of the year − budget", Units.Index, ValueRange.Any,
            Paper)
    {
        Tells = Tells.Summary,
        SwedishFormula = "helårsprognos − budget",
        Options = AreaOptions.Forecast,
    };

    /// <summary>The forecasts of all units.</summary>
    public static Results Of(Extract extract, ForecastTerms terms)
    {
        string?[] units = terms.Unit is { } unit ? UnitKeys.Of(extract[unit]) : new string?[extract.RowCount];
        string?[] periods = UnitKeys.Of(extract[terms.Period]);
        double[] values = extract.Number(terms.Value).Values.ToArray();
        double[]? budgets = terms.Budget is { } budget ? extract.Number(budget).Values.ToArray() : null;
        double[]? counts = terms.Count is { } count ? extract.Number(count).Values.ToArray() : null;
        if (terms.Unit is not null && units.Any(text => text is null)) throw new AreaModelException("a row has no unit");
        var (step, numbers) = Numbers(periods);
        string[] asked = [.. terms.Breaks.Concat(extract.Schema.Breaks.Select(item => item.Before))];
        int[] breaks = [.. asked.Select(text => Number(text, step)).OfType<int>()];
        if (terms.Breaks.Any(text =>
            Number(text, step) is null)) throw new MeasureOptionException("a break is not written as the periods are");
        var results = new List<Result>();
        foreach (var group in Enumerable.Range(0, extract.RowCount).GroupBy(i => units[i] ?? "", StringComparer.Ordinal)
            .OrderBy(g => g.Key, SwedishOrder.Comparer))
        {
            // A missing value at either end is not there yet, or no more; one inside the series is found by the gap that it leaves.
            int[] rows = [.. group.Where(i => double.IsFinite(values[i]))];
            var area = terms.Unit is null ? null : group.Key;
            if (rows.Length == 0)
            {
                results.Add(AreaRecords.Of(Forecast, new(Quantity.Undefined("the series has no value")), AreaRecords.None, area));
                continue;
            }

            var series = Series.Of([.. rows.Select(i => numbers[i])], [.. rows.Select(i => values[i])], breaks);
            // Who stands behind a forecast: the fewest of the periods that it stands on.
            var least = counts is null ? (double?)null : rows.Where(i => numbers[i] >= series.First).Min(i => counts[i]);
            if (least is not null && !(least >= 0)) throw new AreaModelException("a count is missing or below 0");
            var basis = least is { } persons ? new Basis(null, persons) : null;
            var influence = basis is null || extract.Confidentiality == Confidentiality.Public ? null
                : Influence(series, terms, rows, numbers, counts!);
            results.AddRange(Records(series, terms, step, area).Select(result => result with
            {
                N = least,
                Basis = AreaRecords.Summary(basis, result.Measure.Id == HeldOut.Id ? influence?.HeldOut
                    : result.Measure.Id == Scaled.Id ? influence?.Scaled : influence?.Forecast),
            }));
            if (budgets is not null) results.AddRange(FollowUp(series, terms, step, area, rows, numbers, budgets)
                .Select(result => result with { N = least, Basis = basis }));
        }

        return new Results(results, extract.Confidentiality,
            extract.Provenance.With($"forecast ({terms.Method?.ToString().ToLowerInvariant() ?? "auto"})"));
    }

    private static IEnumerable<Result> Records(Series series, ForecastTerms terms, PeriodStep step, string? area)
    {
        var method = terms.Method ?? ForecastChoice.Choose(series.Values, terms.Horizon);
        var name = method.ToString().ToLowerInvariant();
        var parameters = AreaRecords.None.Add("method", name).Add("chosen", terms.Method is null ? "auto" : "asked")
            .Add("from", step.Write(series.First)).Add("to", step.Write(series.Last));
        if (series.Values.Length < Forecasts.Fewest(method))
        {
            yield return AreaRecords.Of(Forecast,
                new(Quantity.Undefined($"{name} needs {Text(Forecasts.Fewest(method))} periods in a row")), parameters, area);
            yield break;
        }

        var forecast = Forecasts.Of(series.Values, terms.Horizon, method);
        for (var h = 1; h <= terms.Horizon; h++)
            yield return AreaRecords.Of(Forecast, forecast.At(h, terms.Level), parameters.Add("horizon", Text(h)), area,
                step.Write(series.Last + h));
        var judged = ForecastChoice.Judge(series.Values, terms.Horizon, method);
        yield return AreaRecords.Of(HeldOut, judged is { } held ? new(Quantity.Known(held.MeanAbsoluteError)) : Short, parameters, area);
        yield return AreaRecords.Of(Scaled, judged is null ? Short : judged.Scaled is { } scaled
            ? new(Quantity.Known(scaled))
            : new(Quantity.Undefined("the naive forecast never missed")), parameters, area);
    }

    // How far one person of one period moves the furthest forecast, and the errors on what was held out, for shares; of other values it
    // cannot be seen. An error that does not exist with one person changed moves without bound.
    private static (double Forecast, double HeldOut, double Scaled)? Influence(Series series, ForecastTerms terms, int[] rows,
        int[] numbers, double[] counts)
    {
        if (rows.Any(i => numbers[i] >= series.First && counts[i] > 0
            && !AreaRecords.IsShare(series.Values[numbers[i] - series.First], counts[i]))) return null;
        var method = terms.Method ?? ForecastChoice.Choose(series.Values, terms.Horizon);
        if (series.Values.Length < Forecasts.Fewest(method)) return (0, 0, 0);
        var plain = Forecasts.Of(series.Values, terms.Horizon, method);
        var judged = ForecastChoice.Judge(series.Values, terms.Horizon, method);
        var (most, held, scaled) = (0.0, 0.0, 0.0);
        foreach (var i in rows.Where(i => numbers[i] >= series.First && counts[i] > 0))
        {
            foreach (var person in new[] { 1 / counts[i], -1 / counts[i] })
            {
                double[] changed = [.. series.Values];
                changed[numbers[i] - series.First] += person;
                if (changed[numbers[i] - series.First] is < -1e-9 or > 1 + 1e-9) continue;
                var again = Forecasts.Of(changed, terms.Horizon, method);
                most = Math.Max(most, again.Values.Zip(plain.Values, (a, b) => Math.Abs(a - b)).Max());
                if (judged is null) continue;
                var other = ForecastChoice.Judge(changed, terms.Horizon, method);
                held = Math.Max(held, Moved(judged.MeanAbsoluteError, other?.MeanAbsoluteError));
                scaled = Math.Max(scaled, Moved(judged.Scaled, other?.Scaled));
            }
        }

        return (most, held, scaled);

        static double Moved(double? before, double? after) => before is not { } one ? 0
            : after is { } other ? Math.Abs(one - other) : double.PositiveInfinity;
    }

    private static Estimated Short => new(Quantity.Undefined("the series is too short to hold values out"));

    private static IEnumerable<Result> FollowUp(
        Series series, ForecastTerms terms, PeriodStep step, string? area, int[] rows, int[] numbers, double[] budgets)
    {
        if (!step.IsMonthly) throw new MeasureOptionException("a budget is followed month by month: periods are written 2012-03");
        var year = step.YearOf(series.Last);
        double[] stated = [.. rows.Where(i => step.YearOf(numbers[i]) == year && double.IsFinite(budgets[i])).Select(i => budgets[i])
            .Distinct()];
        if (stated.Length != 1) throw new AreaModelException("a unit's budget of a year is one amount, the same in all its months");
        var passed = Enumerable.Range(0, series.Values.Length).Count(i => step.YearOf(series.First + i) == year);
        if (series.First > step.FirstOf(year)) throw new AreaModelException("the year's first months are not in the series");
        var follow = BudgetFollowUp.Of(series.Values[..^passed], series.Values[^passed..], stated[0], terms.Method, terms.Level);
        var parameters = AreaRecords.None.Add("months", Text(passed)).Add("deviates", follow.Deviates ? "yes" : "no");
        var period = Text(year);
        var whole = follow.StandardError is { } error ? AreaRecords.Normal(follow.YearForecast, error, terms.Level)
            : new Estimated(Quantity.Known(follow.YearForecast));
        yield return AreaRecords.Of(Year, whole, parameters, area, period);
        yield return AreaRecords.Of(Deviation, whole with
        {
            Value = Quantity.Known(follow.Deviation),
            Lower = whole.Lower - follow.Budget,
            Upper = whole.Upper - follow.Budget,
        }, parameters, area, period);
    }

    private static (PeriodStep Step, int[] Numbers) Numbers(string?[] periods)
    {
        PeriodStep? step = null;
        var numbers = new int[periods.Length];
        for (var i = 0; i < periods.Length; i++)
        {
            if (periods[i] is not { } text || PeriodStep.Read(text) is not { } read || (step is not null && !step.IsLike(read.Step)))
                throw new AreaModelException(
                    "periods are years (2012), months (2012-03, 2012M03), quarters (2012K1) or tertials (2012T1), all alike");
            step ??= read.Step;
            numbers[i] = read.Number;
        }

        return step is null ? throw new AreaModelException("the table has no rows") : (step, numbers);
    }

    // A break may be a year where periods are shorter: then it lies at the year's beginning.
    private static int? Number(string text, PeriodStep step)
    {
        if (PeriodStep.Read(text) is not { } read) return null;
        if (step.IsLike(read.Step)) return read.Number;
        return read.Step.IsYearly ? step.FirstOf(read.Number) : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using Analys.Load.Schema;
using Analys.Measure.Areas;
using Analys.Measure.Areas.Study;

namespace Analys;

/// <summary>Measures of areas on a table.</summary>
/// <remarks>Partial: what each number stands for is written in the room's page, <c>Measure/Areas/README.md</c>.</remarks>
public static partial class ExtractMeasures
{
    /// <summary>Small-area estimates by Fay and Herriot's model: <c>eblup</c> ± √MSE by area, <c>refvar</c>, <c>beta</c>,
    /// <c>shrinkage</c>.</summary>
    /// <param name="table">Direct estimates by area.</param>
    /// <param name="area">The column of areas.</param>
    /// <param name="estimate">The column of direct estimates.</param>
    /// <param name="variance">The column of their sampling variances.</param>
    /// <param name="covariates">Columns that explain the areas.</param>
    /// <param name="method"><c>reml</c>, <c>ml</c> or <c>fh</c>.</param>
    /// <param name="count">The column of persons; null for none.</param>
    /// <param name="benchmark">Whether the estimates are moved to the weighted mean of the direct ones.</param>
    /// <exception cref="SchemaException">The data do not allow the model; the message says why.</exception>
    public static Results SmallArea(
        this Extract table, string area, string estimate, string variance, string[]? covariates = null, string method = "reml",
            string? count = null,
        bool benchmark = false) => AreaStudy(() => SmallAreaStudy.Of(
            table, new SmallAreaTerms(area, estimate, variance, covariates ?? [], Word<VarianceMethod>(method))
            {
                Count = count,
                Benchmark = benchmark,
            }));

    /// <summary>Inequality of an outcome along ranks: slope and relative index, concentration index, Erreygers, Wagstaff.</summary>
    /// <param name="table">A row per group.</param>
    /// <param name="rank">The column of ranks; 1 is the worst placed.</param>
    /// <param name="count">The column of persons.</param>
    /// <param name="outcome">The column of rates; null where events are given.</param>
    /// <param name="events">The column of events; null where rates are given.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results Gradient(this Extract table, string rank, string count, string? outcome = null, string? events = null) =>
        (outcome is null) == (events is null)
            ? throw new ArgumentException("Give the outcome or the events, one of them.", nameof(outcome))
            : AreaStudy(() => GradientStudy.Of(table, new GradientTerms(rank, outcome, events, count)));

    /// <summary>Directly standardised rates and standardised ratios by area, with funnel limits.</summary>
    /// <param name="table">Events and persons by area and age group.</param>
    /// <param name="standard">The standard, with the same columns.</param>
    /// <param name="area">The column of areas.</param>
    /// <param name="age">The column of age groups.</param>
    /// <param name="events">The column of events.</param>
    /// <param name="count">The column of persons.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results Standardise(this Extract table, Extract standard, string area, string age, string events, string count) =>
        AreaStudy(() => StandardisedStudy.Of(table, standard, new StandardisedTerms(area, age, events, count)));

    /// <summary>Forecasts of short series by unit, with intervals and held-out accuracy.</summary>
    /// <param name="table">A row per unit and period.</param>
    /// <param name="unit">The column of units; null for one series.</param>
    /// <param name="period">The column of periods.</param>
    /// <param name="value">The column of values.</param>
    /// <param name="horizon">The number of periods ahead.</param>
    /// <param name="method"><c>auto</c>, <c>theta</c>, <c>ses</c>, <c>damped</c> or <c>naive</c>.</param>
    /// <param name="budget">The column of the year's budget, for months; null for none.</param>
    /// <param name="count">The column of persons behind a value; null for none.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results Forecast(
        this Extract table, string? unit, string period, string value, int horizon = 1, string method = "auto", string? budget = null,
            string? count = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ForecastMethod? how = method == "auto" ? null : Word<ForecastMethod>(method);
        return AreaStudy(() => ForecastStudy.Of(table, new ForecastTerms(unit, period, value, horizon, how)
        {
            Budget = budget,
            Count = count
        }));
    }

    /// <summary>The share of an outcome's variance that lies between areas, and the median odds ratio.</summary>
    /// <param name="table">A row per person, or per cell with a count.</param>
    /// <param name="area">The column of areas.</param>
    /// <param name="outcome">The column of the outcome: 0 or 1, or an amount; with a count the number with the outcome.</param>
    /// <param name="count">The column of persons of a cell; null where a row is a person.</param>
    /// <param name="covariates">Columns that persons are compared given.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results VarianceBetween(this Extract table, string area, string outcome, string? count = null, string[]? covariates =
        null) =>
        AreaStudy(() => VarianceStudy.Of(table, area, outcome, count, covariates ?? [], 0.95));

    /// <summary>Indicators of several sectors by area: ranks, gaps, gradients, correlations with uncertainty.</summary>
    /// <param name="indicators">The files.</param>
    /// <param name="by">The column of areas, or <c>area</c> for its role.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results Panel(this IEnumerable<Extract> indicators, string by = "area") =>
        AreaStudy(() => PanelStudy.Of([.. indicators], new PanelTerms(by)));

    /// <summary>Means of several periods whose samples share persons, and changes with the error that these leave: <c>pooled-rate</c>,
    /// <c>pooled-change</c>, <c>shared-persons</c>.</summary>
    /// <param name="persons">A row per person and period.</param>
    /// <param name="outcome">The column of the outcome.</param>
    /// <param name="period">The column of periods.</param>
    /// <param name="key">The column that tells persons apart, the same over periods.</param>
    /// <param name="weight">The column of weights; null for one each.</param>
    /// <param name="area">The column of areas; null for the whole alone.</param>
    /// <param name="window">How many successive periods are pooled; null for each by itself, and all.</param>
    /// <exception cref="SchemaException">The data do not allow it; the message says why.</exception>
    public static Results Pool(this Extract persons, string outcome, string period, string key, string? weight = null, string? area = null,
        int? window = null) => AreaStudy(() => PooledStudy.Of(
            persons, new PooledTerms(outcome, period, key) { Weight = weight, Area = area, Window = window }));

    /// <summary>Means with weights that add up to known margins, with errors of a bootstrap whose replicates meet them too.</summary>
    /// <param name="persons">A row per person.</param>
    /// <param name="margins">A row per margin: <c>variable</c>, <c>category</c> (empty for the total of a number), <c>total</c>.</param>
    /// <param name="outcome">The column of the outcome.</param>
    /// <param name="weight">The column of the design's weights; null for one each.</param>
    /// <param name="area">The column of areas; null for the whole alone.</param>
    /// <param name="method"><c>raking</c> or <c>greg</c>.</param>
    /// <param name="replicates">The bootstrap's replicates; 0 for no errors.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="SchemaException">The margins do not fit the data; the message says why.</exception>
    public static Results Calibrate(this Extract persons, Extract margins, string outcome, string? weight = null, string? area = null,
        string method = "raking", int replicates = 200, long seed = 1) => AreaStudy(() => CalibrationStudy.Of(
            persons, margins, new CalibrationTerms(outcome, Word<CalibrationMethod>(method))
            {
                Weight = weight,
                Area = area,
                Replicates = replicates,
                Seed = seed,
            }).Results);

    /// <summary>The failure of a model, as the library's public ones say it.</summary>
    internal static Results AreaStudy(Func<Results> study)
    {
        try
        {
            return study();
        }
        catch (AreaModelException e)
        {
            throw new SchemaException(char.ToUpperInvariant(e.Message[0]) + e.Message[1..] + ".");
        }
    }

    private static T Word<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw new ArgumentException($"There is no method {text}.", nameof(text));
}

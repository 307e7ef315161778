using System.Collections.Immutable;

namespace Analys.Measure.Areas.Study;

/// <summary>The options on which figures of areas depend. The command has one of the same name for each.</summary>
internal static class AreaOptions
{
    public static MeasureOption Level { get; } = new("level", "0.95", "The coverage of intervals");

    public static MeasureOption Relative { get; } =
        new("relative", "fit", "The relative index: the fitted line's ends, slope over mean, or a log-binomial model")
        {
            Words = ["fit", "mean", "log-binomial"],
        };

    public static MeasureOption Error { get; } = new("error", "residuals",
        "Where errors come from: the distance of groups from the line, or the rates' own chance")
    {
        Words = ["residuals", "binomial"],
    };

    public static MeasureOption VarianceMethod { get; } =
        new("method", "reml", "How the variance between areas is found") { Words = ["reml", "ml", "fh"] };

    public static MeasureOption Benchmark { get; } = new("benchmark", null,
        "city: move the estimates to the weighted mean of the direct ones; a number: to that value");

    public static MeasureOption BenchmarkBy { get; } =
        new("benchmark-by", "ratio", "How they are moved") { Words = ["ratio", "difference"] };

    public static MeasureOption Neighbours { get; } =
        new("neighbours", null, "A CSV file of neighbours (area, neighbour): the spatial model");

    public static MeasureOption Horizon { get; } = new("horizon", "1", "The number of periods ahead");

    public static MeasureOption ForecastMethod { get; } =
        new("method", "auto", "How: the one that did best on held-out values, or a stated one")
        {
            Words = ["auto", "theta", "ses", "damped", "naive"],
        };

    public static MeasureOption Breaks { get; } = new("breaks", null,
        "Periods from which the series are defined anew, comma-separated, beside those of the schema");

    public static MeasureOption Window { get; } = new("window", null,
        "How many successive periods are pooled; without it each stands by itself, and all together");

    public static MeasureOption CalibrationMethod { get; } =
        new("method", "raking", "How weights are moved") { Words = ["raking", "greg"] };

    public static MeasureOption Replicates { get; } =
        new("replicates", "200", "Replicates of the bootstrap, each calibrated anew; 0 for no errors");

    public static MeasureOption Seed { get; } = new("seed", "1", "The seed of the bootstrap");

    public static MeasureOption RankSeed { get; } = new("seed", "1", "The seed of the rank intervals");

    public static MeasureOption Correlation { get; } = new("correlation", "0", "The correlation of the errors of two areas");

    public static MeasureOption Along { get; } =
        new("along", null, "The indicator whose ranks the gradients run along; the first without it");

    public static MeasureOption LowerIsWorse { get; } = new("lower-is-worse", null,
        "Indicators of which a lower value is worse, beside those whose schema says so");

    /// <summary>What figures of a gradient depend on.</summary>
    public static ImmutableArray<MeasureOption> Gradient { get; } = [Error, Level];

    /// <summary>What figures of the area-level model depend on.</summary>
    public static ImmutableArray<MeasureOption> SmallArea { get; } = [VarianceMethod, Neighbours, Benchmark, BenchmarkBy, Level];

    /// <summary>What forecasts depend on.</summary>
    public static ImmutableArray<MeasureOption> Forecast { get; } = [Horizon, ForecastMethod, Breaks, Level];

    /// <summary>What calibrated means depend on.</summary>
    public static ImmutableArray<MeasureOption> Calibrated { get; } = [CalibrationMethod, Replicates, Seed, Level];

    /// <summary>What ranks and gaps of several sectors depend on.</summary>
    public static ImmutableArray<MeasureOption> Panel { get; } = [Along, LowerIsWorse, RankSeed, Level];
}

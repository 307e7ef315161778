using System.Collections.Immutable;

namespace Analys.Measure.Effects;

/// <summary>The options on which figures of an effect study depend. The command has one of the same name for each.</summary>
internal static class EffectMeasureOptions
{
    public static MeasureOption Comparison { get; } =
        new("comparison", "never", "Of a panel: never, or not-yet for those that start later too") { Words = ["never", "not-yet"] };

    public static MeasureOption Inference { get; } = new("inference", null,
        "analytic, cluster, wild, randomisation, placebo; without it errors, and the enumerated tests where there are few clusters");

    public static MeasureOption Level { get; } = new("level", "0.95", "The level of intervals");

    public static MeasureOption Replicates { get; } =
        new("replicates", null, "Random draws; without it all draws are taken where there are at most 2^20");

    public static MeasureOption Seed { get; } = new("seed", "1", "The seed of random draws");

    public static MeasureOption Weights { get; } = new("weights", "rademacher",
        "Of wild draws: rademacher (a sign for each cluster), or webb (six points, for fewer than ten clusters)")
    {
        Words = ["rademacher", "webb"],
    };

    public static MeasureOption Detect { get; } = new("detect", null, "The effect whose power is asked for, in the outcome's unit");

    public static MeasureOption Ratio { get; } = new("ratio", "1", "att-nearest-match: comparisons for each treated");

    public static MeasureOption Replacement { get; } =
        new("replacement", null, "att-nearest-match: a comparison may serve several treated");

    public static MeasureOption Caliper { get; } = new("caliper", null,
        "att-nearest-match: the largest distance, in standard deviations of the propensity");

    public static MeasureOption Cutpoints { get; } = new("cutpoints", null,
        "att-coarsened-match: the cuts of covariates, such as \"age=20;25;30,income=0.5;5000\"");

    public static MeasureOption Classes { get; } = new("classes", "6", "att-subclass: the number of classes");

    /// <summary>Those that a measure depends on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="panel">Whether it is of units followed over periods.</param>
    public static ImmutableArray<MeasureOption> Of(string id, bool panel)
    {
        var drawn = id.EndsWith("-interval", StringComparison.Ordinal)
            || (id.EndsWith("-p", StringComparison.Ordinal) && id != "mid-p");
        var plain = id.EndsWith("-interval", StringComparison.Ordinal) ? id[..^9] : drawn ? id[..^2] : id;
        ImmutableArray<MeasureOption> own = plain switch
        {
            "att-nearest-match" or "rosenbaum-bound" => [Ratio, Replacement, Caliper],
            "att-coarsened-match" => [Cutpoints],
            "att-subclass" => [Classes],
            "power" => [Detect],
            _ => [],
        };
        if (panel && (plain.StartsWith("att-", StringComparison.Ordinal) || plain is "pretrend-test" or "simultaneous-critical-value"))
            own = [.. own, Comparison];
        if (drawn) return [.. own, Inference, Replicates, Seed, Weights];
        return plain is "balance" or "overlap" or "overlap-count" or "effective-sample-size" or "plan-deviations" or "plan-deviation"
            or "synthetic-weight" or "twfe-weight" ? own : [.. own, Level];
    }
}

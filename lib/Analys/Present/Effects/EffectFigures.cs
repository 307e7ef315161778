using System.Globalization;
using Analys.Present.Effects;

namespace Analys;

/// <summary>The figures of an effect study: event study, balance, overlap, synthetic control, and the methods beside each other.</summary>
/// <remarks>Each takes the released records of one study and draws those that it is about. Swedish: <i>effektfigurer</i>.</remarks>
public static class EffectFigures
{
    private static readonly string[] Methods =
    [
        "att-simple", "att-group", "att-dynamic", "att-calendar", "imputation-att", "did-2x2", "synthetic-did", "synthetic-control",
        "att-difference", "att-regression", "att-inverse-probability", "att-doubly-robust", "att-entropy-balance", "att-exact-match",
        "att-coarsened-match", "att-subclass", "att-nearest-match", "risk-difference", "twfe",
    ];

    // Parameters that say how a method was tuned, not what part of the effect a record is.
    private static readonly string[] Tuning = ["ratio", "replacement", "caliper", "classes"];

    // Parameters that say how an interval was found.
    private static readonly string[] HowDrawn = ["inference", "draws", "seed"];

    /// <summary>All figures that the records allow, in reading order.</summary>
    /// <param name="released">The records.</param>
    /// <param name="language">The language.</param>
    public static IReadOnlyList<Figure> AllEffectFigures(this Released released, Language language = Language.Swedish)
    {
        ArgumentNullException.ThrowIfNull(released);
        return [.. Drawable(released).Select(figure => figure.Draw(new FigureOptions { Language = language }))];
    }

    /// <summary>The kinds of figures that the records allow, in reading order.</summary>
    /// <param name="released">The records.</param>
    internal static IEnumerable<(string Kind, Func<FigureOptions, Figure> Draw)> Drawable(Released released)
    {
        if (Rows(released, "att-event").Count > 0) yield return ("event-study", released.EventStudy);
        if (Rows(released, "synthetic-gap").Count > 0) yield return ("synthetic", released.SyntheticPaths);
        if (Rows(released, "balance").Count > 0) yield return ("balance", released.BalancePlot);
        if (Rows(released, "overlap-count").Count > 0) yield return ("overlap", released.OverlapPlot);
        if (Overall(released).Count > 1) yield return ("forest", released.MethodForest);
    }

    /// <summary>The effect by time since the start, each with its interval, and the band that holds all of them at once.</summary>
    /// <param name="released">The records; those of <c>att-event</c> and <c>simultaneous-critical-value</c> are drawn.</param>
    /// <param name="options">The options.</param>
    public static Figure EventStudy(this Released released, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        options = With(options, row => row.Parameters.GetValueOrDefault("event", ""));
        var rows = Rows(released, "att-event").OrderBy(row => At(row, "event")).Select(row => Honest(released, row)).ToList();
        var drawn = rows.Any(row => HasInterval(released, row));
        var critical = Rows(released, "simultaneous-critical-value").FirstOrDefault(row => row.Value.HasNumber)?.Value.Number;
        return FigureMaker.Make(released, options, "event-study", "figure.title.event-study", d =>
            EffectDrawings.EventStudy(d, rows, critical, drawn), rows, count: rows.Count);
    }

    /// <summary>What was and what the mixture of donors had, and the gap beside the gaps of placebos.</summary>
    /// <param name="released">The records; those of <c>synthetic-path</c> and <c>synthetic-gap</c> are drawn.</param>
    /// <param name="options">The options.</param>
    public static Figure SyntheticPaths(this Released released, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        var language = options?.Language ?? Language.Swedish;
        options = With(options, row => row.Parameters.GetValueOrDefault("series") is { } series
            ? $"{Texts.Of(language)[$"figure.effect.{series}"]} {row.Parameters["time"]}"
                : $"{Texts.Of(language)["figure.effect.gap"]} {row.Parameters.GetValueOrDefault("time", "")}");
        List<Result> rows = [.. Rows(released, "synthetic-path"), .. Rows(released, "synthetic-gap")];
        return FigureMaker.Make(released, options, "synthetic", "figure.title.synthetic", d => EffectDrawings.Synthetic(d, rows), rows,
            count: rows.Select(row => row.Parameters.GetValueOrDefault("time")).Distinct().Count());
    }

    /// <summary>Standardised differences of every covariate before weighting and after (a love plot).</summary>
    /// <param name="released">The records; those of <c>balance</c> are drawn.</param>
    /// <param name="options">The options.</param>
    public static Figure BalancePlot(this Released released, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        var texts = Texts.Of(options?.Language ?? Language.Swedish);
        options = With(options, row =>
            $"{row.Parameters.GetValueOrDefault("covariate", "")}, {texts[$"figure.effect.{row.Parameters.GetValueOrDefault("weights",
            "before")}"]}");
        var rows = Rows(released, "balance");
        return FigureMaker.Make(released, options, "balance", "figure.title.balance", d => EffectDrawings.Balance(d, rows), rows,
            count: rows.Select(row => row.Parameters.GetValueOrDefault("covariate")).Distinct().Count());
    }

    /// <summary>How many of each group have which propensity: treated upwards, comparison downwards.</summary>
    /// <param name="released">The records; those of <c>overlap-count</c> are drawn.</param>
    /// <param name="options">The options.</param>
    public static Figure OverlapPlot(this Released released, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        var texts = Texts.Of(options?.Language ?? Language.Swedish);
        options = With(options, row =>
            $"{texts[$"figure.effect.{row.Parameters.GetValueOrDefault("group",
            "treated")}"]} {row.Parameters.GetValueOrDefault("from", "")}");
        var rows = Rows(released, "overlap-count");
        return FigureMaker.Make(released, options, "overlap", "figure.title.overlap", d =>
            EffectDrawings.Overlap(d, rows), rows, count: rows.Count);
    }

    /// <summary>The same effect by every method that was asked for: do several ways of counting give the same answer?</summary>
    /// <param name="released">The records; whole effects are drawn, not their parts.</param>
    /// <param name="options">The options.</param>
    public static Figure MethodForest(this Released released, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(released);
        var english = options?.Language == Language.English;
        options = With(options, row => english ? row.Measure.Name : row.Measure.Swedish);
        List<Result> rows = [.. Overall(released).Select(row => Honest(released, row))];
        var drawn = rows.Any(row => HasInterval(released, row));
        return FigureMaker.Make(released, options, "forest", "figure.title.forest", d =>
            EffectDrawings.Forest(d, rows, options, drawn), rows, count: rows.Count);
    }

    /// <summary>The record with its interval by randomisation, where there is one: with few clusters that is the one that holds.</summary>
    internal static Result Honest(IEnumerable<Result> released, Result row) =>
        Interval(released, row) switch
        {
            null => row,
            { Value.HasNumber: true } interval => row with { Lower = interval.Lower, Upper = interval.Upper },
            _ => row with { Lower = null, Upper = null },
        };

    private static bool HasInterval(IEnumerable<Result> released, Result row) => Interval(released, row) is not null;

    private static Result? Interval(IEnumerable<Result> released, Result row) => !row.Value.HasNumber ? null
        : released.FirstOrDefault(other => other.Measure.Id == $"{row.Measure.Id}-interval"
            && row.Parameters.All(pair => other.Parameters.GetValueOrDefault(pair.Key) == pair.Value)
            && other.Parameters.Keys.All(key => row.Parameters.ContainsKey(key) || HowDrawn.Contains(key)));

    internal static double At(Result row, string parameter) =>
        double.TryParse(row.Parameters.GetValueOrDefault(parameter), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value : double.NaN;

    internal static List<Result> Overall(IEnumerable<Result> rows) =>
        [.. rows.Where(row => Methods.Contains(row.Measure.Id) && row.Parameters.Keys.All(Tuning.Contains))
            .OrderBy(row => Array.IndexOf(Methods, row.Measure.Id))];

    private static List<Result> Rows(Released released, string id) => [.. released.Where(row => row.Measure.Id == id)];

    private static FigureOptions With(FigureOptions? options, Func<Result, string> label) =>
        options is null ? new() { Label = label } : options with { Label = options.Label ?? label };
}

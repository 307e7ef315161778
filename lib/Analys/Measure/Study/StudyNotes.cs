using Analys.Measure.Inference;

namespace Analys.Measure.Study;

/// <summary>What a reader of figures must be told of the persons behind them: each begins with "note: ", and the command says it.</summary>
internal static class StudyNotes
{
    /// <summary>That incomes below zero are among them, and measures relative to the mean.</summary>
    public const string Negative =
        "note: some incomes are below zero, so that measures relative to the mean (gini, hoover, lorenz, quantile shares) may exceed their "
            + "usual bounds: see normalised-gini, or --negative zero or exclude";

    /// <summary>That logarithms left persons out.</summary>
    public const string NonPositive =
        "note: persons whose income is zero or below were left out of measures with logarithms and powers, and are not in their n: see "
            + "--nonpositive";

    /// <summary>That a stratum has one cluster.</summary>
    public const string Lonely =
        "note: a stratum with one cluster tells nothing of how its clusters differ; what it adds to the errors is chosen by --lonely";

    /// <summary>The notes of a plan whose figures are computed.</summary>
    public static IEnumerable<string> Of(StudyPlan plan)
    {
        if (plan.Estimates.Any(estimate => estimate.LeftOut is { PoorCount: > 0 })) yield return NonPositive;
        if (plan.Study.Negative == NegativeIncomes.Keep && plan.HasNegative()) yield return Negative;
        var method = plan.Study.Uncertainty.Method;
        if (method is not (IntervalMethod.Linearised or IntervalMethod.Bootstrap)) yield break;
        if (plan.Source.HasLonely)
        {
            yield return Lonely;
        }
    }
}

using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Inequality.Curves;

namespace Analys.Measure.Income.Poverty.Positions;

/// <summary>The median income of the poor.</summary>
/// <remarks>Undefined where nobody is poor. Swedish: <i>de fattigas medianinkomst</i>.</remarks>
internal static class MedianOfPoor
{
    /// <summary>The measure: line × (1 − the relative median gap).</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("median-of-poor", "Median income of the poor", "De fattigas medianinkomst", "median y of the poor", Units.Kronor,
            ValueRange.Any, "Eurostat, ilc_li11; convey, svypoormed"),
        (incomes, context) => incomes.Poor(context.Line, context.Poor) is { IsEmpty: false } poor
            ? Quantity.Known(poor.Quantile(0.5, context.Quantiles)) : Quantity.Undefined(RelativeMedianPovertyGap.NobodyPoor))
    {
        OnRequest = true,
        Choices = Gap.Choices,
        Positions = (incomes, context) => incomes.Poor(context.Line, context.Poor) is { IsEmpty: false } poor
            ? [new(poor.Quantile(0.5, context.Quantiles), 1, OfPoor: true)] : [],
        Influence = (incomes, context, influence) =>
        {
            Gap.Influence!(incomes, context, influence);
            for (var i = 0; i < influence.Length; i++) influence[i] *= -context.Line;
        },
        // The gap is 1 − m / z: m′ = m / z − z · gap′.
        Slope = (incomes, context) => incomes.Poor(context.Line, context.Poor) is { IsEmpty: false } poor
            ? (poor.Quantile(0.5, context.Quantiles) / context.Line) - (context.Line * Gap.Slope!(incomes, context)) : 0,
        Aggregate = Gap.Aggregate! with
        {
            Formula = f => f.Sums.PoorWeight <= 0 ? Quantity.Undefined(RelativeMedianPovertyGap.NobodyPoor)
                : Quantity.Known(f.PoorQuantile(0.5)),
        },
        AggregateInfluence = Gap.AggregateInfluence! with
        {
            Of = f => [.. Gap.AggregateInfluence!.Of(f).Select(term => (-f.Context.Line * term.Coefficient, term.Term))],
            Positions = f => f.Sums.PoorWeight <= 0 ? [] : [new(f.PoorQuantile(0.5), 1, OfPoor: true)],
            Slope = f => f.Sums.PoorWeight <= 0 ? 0
                : (f.PoorQuantile(0.5) / f.Context.Line) - (f.Context.Line * Gap.AggregateInfluence!.Slope(f)),
        },
    };

    private static IncomeMeasure Gap => RelativeMedianPovertyGap.Measure;
}

/// <summary>The TIP curve: three I's of poverty. The gaps of the poorest p, per person of all: where it ends is the headcount, how high the
/// gap, how
/// bent the inequality among the poor.</summary>
/// <remarks>TIP(p) = Σ w (1 − y / z) [poor] over the poorest p W / W. Swedish: <i>TIP-kurva</i>.</remarks>
internal static class Tip
{
    /// <summary>The curve at the median person; a call that says nothing gets its ten points.</summary>
    public static IncomeMeasure Measure { get; } = At(0.5);

    /// <summary>One point.</summary>
    /// <param name="p">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not from 0 to 1.</exception>
    public static IncomeMeasure At(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), "A share of the population is from 0 to 1.");
        return new IncomeMeasure(
            new Definition("tip", "TIP curve of poverty", "TIP-kurva", "TIP(p) = Σ w (1 − y / z) [poor] over the poorest p W / W",
                Units.Index,
                ValueRange.NonNegative, "Jenkins & Lambert 1997, Oxford Economic Papers 49(3)"),
            (incomes, context) => Quantity.Known(Math.Max(0, Value(incomes, context, p))))
        {
            OnRequest = true,
            Choices = Choices.Line | Choices.Poor,
            Within = ValueRange.Unit,
            ByHeadcount = headcount => Math.Min(p, headcount),
            Numbers = new([], numbers => [.. (numbers.Count == 0 ? Points.Deciles : numbers).Select(At)]),
            Parameters = Points.Named(p),
            Influence = (incomes, context, influence) =>
            {
                if (All(incomes, context, p))
                {
                    Fgt.Gap.Influence!(incomes, context, influence);
                    return;
                }

                GeneralisedLorenz.At(p).Influence!(incomes, context, influence);
                for (var i = 0; i < influence.Length; i++) influence[i] /= -context.Line;
            },
            // (p − GL(p) / z)′ = GL / z².
            Slope = (incomes, context) => (Math.Min(p, incomes.Poor(context.Line, context.Poor).Total / incomes.Total)
                - Value(incomes, context, p)) / context.Line,
            Aggregate = Lorenz.Asking(p) with
            {
                Formula = f => Quantity.Known(Math.Max(0, p * f.Weight >= f.Sums.PoorWeight ? f.Sums.Gaps / f.Weight
                    : p - (Lorenz.Poorest(f, p) / (f.Weight * f.Context.Line)))),
            },
        };
    }

    private static bool All(WeightedIncomes incomes, MeasureContext context, double p) =>
        p * incomes.Total >= incomes.Poor(context.Line, context.Poor).Total;

    private static double Value(WeightedIncomes incomes, MeasureContext context, double p) => All(incomes, context, p)
        ? Fgt.Gap.Of(incomes, context).Number : p - (Lorenz.Poorest(incomes, p) / (incomes.Total * context.Line));
}

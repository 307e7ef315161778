using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty;

/// <summary>How far the median income of the poor is below the line, as a share of the line.</summary>
/// <remarks>(z − median of the domain's own poor) / z; the line is the whole population's. Swedish: <i>relativt mediangap</i>.</remarks>
internal static class RelativeMedianPovertyGap
{
    /// <summary>Why the gap of the poor does not exist.</summary>
    public const string NobodyPoor = "nobody is poor";

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("relative-median-poverty-gap", "Relative median at-risk-of-poverty gap", "Relativt mediangap",
            "(z − median y of the poor) / z", Units.Share, ValueRange.NonNegative,
            "Eurostat, ilc_li11; Commission Regulation (EC) 1980/2003"),
        Formula)
    {
        Place = 4,
        Choices = Choices.Line | Choices.Poor | Choices.Quantiles,
        Positions = (incomes, context) => incomes.Poor(context.Line, context.Poor) is { IsEmpty: false } poor
            ? [new(poor.Quantile(0.5, context.Quantiles), -1 / context.Line, OfPoor: true)] : [],
        Slope = (incomes, context) =>
        {
            var poor = incomes.Poor(context.Line, context.Poor);
            if (poor.IsEmpty) return 0;
            // A higher line makes more people poor, so that the median of the poor moves up by half of their share.
            var median = poor.Quantile(0.5, context.Quantiles);
            var density = QuantileInfluence.DensityAt(incomes, median);
            var move = density > 0 ? 0.5 * QuantileInfluence.DensityAt(incomes, context.Line) / density : 0;
            return (median / (context.Line * context.Line)) - (move / context.Line);
        },
        Influence = (incomes, context, influence) =>
        {
            influence.Clear();
            var poor = incomes.Poor(context.Line, context.Poor);
            if (poor.IsEmpty) return;
            QuantileInfluence.Of(poor, 0.5, context.Quantiles, influence[..poor.Incomes.Length]);
            for (var i = 0; i < poor.Incomes.Length; i++) influence[i] /= -context.Line;
        },
        Aggregate = new(f => f.Sums.PoorWeight <= 0
            ? Quantity.Undefined(NobodyPoor)
            : Quantity.Known((f.Context.Line - f.PoorQuantile(0.5)) / f.Context.Line))
        {
            PoorQuantiles = [(0.5, null)],
        },
        AggregateInfluence = new(InfluenceOfSums)
        {
            Needs = AggregateForm.Asking with { PoorQuantiles = [(0.5, null)] },
            Positions = f => f.Sums.PoorWeight <= 0 ? [] : [new(f.PoorQuantile(0.5), -1 / f.Context.Line, OfPoor: true)],
            Densities = f => f.Sums.PoorWeight <= 0
                ? [] : [(f.PoorQuantile(0.5), true), (f.PoorQuantile(0.5), false), (f.Context.Line, false)],
            Slope = f =>
            {
                if (f.Sums.PoorWeight <= 0) return 0;
                double line = f.Context.Line, median = f.PoorQuantile(0.5), density = f.Densities[(median, false)];
                var move = density > 0 ? 0.5 * f.Densities[(line, false)] / density : 0;
                return (median / (line * line)) - (move / line);
            },
        },
    };

    // The quantile is of the poor: the function is zero for all others.
    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f)
    {
        if (f.Sums.PoorWeight <= 0 || f.Densities[(f.PoorQuantile(0.5), true)] is not (> 0 and var density)) return [];
        var scale = density * f.Sums.PoorWeight * f.Context.Line;
        return
        [
            (1 / scale, new Term(TermKind.Below, 0, f.PoorQuantile(0.5), PoorRule.AtOrBelow)),
            (-0.5 / scale, new Term(TermKind.Below, 0, f.Context.Line, f.Context.Poor)),
        ];
    }

    private static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        return poor.IsEmpty
            ? Quantity.Undefined(NobodyPoor)
            : Quantity.Known((context.Line - poor.Quantile(0.5, context.Quantiles)) / context.Line);
    }
}

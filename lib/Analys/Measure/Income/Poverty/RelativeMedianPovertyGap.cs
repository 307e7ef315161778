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
    };

    private static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        return poor.IsEmpty
            ? Quantity.Undefined(NobodyPoor)
            : Quantity.Known((context.Line - poor.Quantile(0.5, context.Quantiles)) / context.Line);
    }
}

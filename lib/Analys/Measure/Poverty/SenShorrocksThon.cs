using Analys.Domain;
using Analys.Measure.Inequality;

namespace Analys.Measure.Poverty;

/// <summary>The Sen-Shorrocks-Thon index: the poverty gaps of everyone, weighted by rank.</summary>
/// <remarks>
/// SST = H · I · (1 + G), with H the headcount, I the mean gap of the poor and G the Gini of everyone's gaps, zeros included. As H · I is the
/// gap index P1, SST = P1 (1 + G) = Σ_i Σ_j w_i w_j max(g_i, g_j) / W². Swedish: <i>Sen-Shorrocks-Thon-index</i>.
/// </remarks>
public static class SenShorrocksThon
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("sen-shorrocks-thon", "Sen-Shorrocks-Thon index", "Sen-Shorrocks-Thon-index", "SST = H · I · (1 + G(gaps, zeros included))", Units.Index, ValueRange.NonNegative, "Shorrocks 1995, Econometrica 63(5); Thon 1979, Review of Income and Wealth 25(4)"),
        (incomes, context) => Quantity.Known(Math.Max(0, Weighted(incomes, context, GapAt) / (incomes.Total * incomes.Total))))
    {
        Choices = Choices.Line | Choices.Poor,
        Slope = (incomes, context) => Weighted(incomes, context, (y, line) => y / (line * line)) / (incomes.Total * incomes.Total),
        Influence = Influence,
    };

    private static double GapAt(double income, double line) => (line - income) / line;

    // Σ w f(y) (2 C − w), C the weight of those whose gap is not larger; incomes rise, so gaps fall.
    private static double Weighted(WeightedIncomes incomes, MeasureContext context, Func<double, double, double> of)
    {
        var poor = incomes.CountPoor(context.Line, context.Poor);
        double sum = 0, before = 0;
        for (var i = 0; i < poor; i++)
        {
            var weight = incomes.Weights[i];
            sum += weight * of(incomes.Incomes[i], context.Line) * ((2 * (incomes.Total - before)) - weight);
            before += weight;
        }

        return sum;
    }

    private static void Influence(WeightedIncomes incomes, MeasureContext context, Span<double> influence)
    {
        double total = incomes.Total, whole = Weighted(incomes, context, GapAt), before = 0, larger = 0;
        var poor = incomes.CountPoor(context.Line, context.Poor);
        for (var i = 0; i < influence.Length; i++)
        {
            // Σ_j w_j max(g_i, g_j): the larger gaps stand before, the smaller ones count as one's own.
            var own = larger;
            if (i < poor)
            {
                var gap = GapAt(incomes.Incomes[i], context.Line);
                own += gap * (total - before);
                before += incomes.Weights[i];
                larger += incomes.Weights[i] * gap;
            }

            influence[i] = (2 * own / (total * total)) - (2 * whole / (total * total * total));
        }
    }
}

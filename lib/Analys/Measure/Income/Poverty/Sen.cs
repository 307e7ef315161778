using System.Collections.Immutable;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty;

/// <summary>Sen's index: headcount, gap and the inequality among the poor in one figure.</summary>
/// <remarks>
/// S = H [I + (1 − I) G_p] with H the headcount, I the mean gap of the poor and G_p the Gini of their incomes. Computed as
/// P1 + Δ_p H / (2 z), Δ_p the mean difference of the poor's incomes: the same number, and still defined where the poor's incomes add up to
/// zero or less. The replication-invariant form: it does not depend on the number of persons. Swedish: <i>Senindex</i>.
/// </remarks>
internal static class Sen
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("sen", "Sen index", "Senindex", "S = H [I + (1 − I) G_p]", Units.Index, ValueRange.NonNegative,
            "Sen 1976, Econometrica 44(2); Shorrocks 1995, Econometrica 63(5)"),
        Formula)
    {
        Place = 10,
        Choices = Choices.Line | Choices.Poor,
        Within = ValueRange.Unit,
        ByHeadcount = headcount => headcount,
        Influence = Influence,
        Slope = Slope,
        Aggregate = new(OfSums) { Maxima = MaximaOf.Poor },
        AggregateInfluence = new(InfluenceOfSums)
        {
            IsApproximate = true,
            Needs = AggregateForm.Asking with { Maxima = MaximaOf.Poor, Pivots = f => ConvexCurve.UpTo(f.Context.Line) },
            Densities = f => [(f.Context.Line, false)],
            Slope = f =>
            {
                if (f.Sums.PoorWeight <= 0) return 0;
                var (gaps, b, q, sum) = Parts(f);
                var line = f.Context.Line;
                var newcomers = f.Densities[(line, false)] * f.Weight * ((((q * line) - sum) / q) - (b / (q * q)));
                return ((q + newcomers) / (f.Weight * line)) - ((gaps + (b / q)) / (f.Weight * line * line));
            },
        },
    };

    // P1 W z and B = Σ_i Σ_j w_i w_j |y_i − y_j| / 2 over the poor.
    private static (double Gaps, double B, double Q) Parts(WeightedIncomes poor, double line)
    {
        var sum = poor.Sum();
        return ((poor.Total * line) - sum, poor.SumOfMaxima() - (poor.Total * sum), poor.Total);
    }

    private static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        if (poor.IsEmpty) return Quantity.Known(0);
        var (gaps, b, q) = Parts(poor, context.Line);
        return Quantity.Known(Math.Max(0, (gaps + (b / q)) / (incomes.Total * context.Line)));
    }

    private static (double Gaps, double B, double Q, double Sum) Parts(Facts f)
    {
        double q = f.Sums.PoorWeight, gaps = f.Sums.Gaps * f.Context.Line, sum = (q * f.Context.Line) - gaps;
        return (gaps, f.Maxima - (q * sum), q, sum);
    }

    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f)
    {
        if (f.Sums.PoorWeight <= 0) return [];
        var (gaps, b, q, sum) = Parts(f);
        double line = f.Context.Line, scale = 1 / (f.Weight * line);
        var (height, slope, bends) = ConvexCurve.Of([.. ConvexCurve.UpTo(line)
            .Select(y => (y, y == line ? q * line : (y * f.AtOrBelow(y).Weight) + sum - f.AtOrBelow(y).Income))], 0, q);
        return
        [
            .. bends.Select(bend => (2 * scale * bend.Coefficient / q, bend.Term)),
            (scale * (line + (((2 * height) - sum) / q) - (b / (q * q))), new Term(TermKind.Below, 0, line, f.Context.Poor)),
            (scale * ((2 * slope / q) - 2), new Term(TermKind.IncomeBelow, 0, line, f.Context.Poor)),
            (-scale * (gaps + (b / q)) / f.Weight, new Term(TermKind.One)),
        ];
    }

    // The gaps of the poor and half of their mean difference: (P1 W z + B / Q) / (W z), B = Σ max − Q Σ w y.
    private static Quantity OfSums(Facts f)
    {
        if (f.Sums.PoorWeight <= 0) return Quantity.Known(0);
        double line = f.Context.Line, poor = f.Sums.PoorWeight, gaps = f.Sums.Gaps * line, sum = (poor * line) - gaps;
        return Quantity.Known(Math.Max(0, (gaps + ((f.Maxima - (poor * sum)) / poor)) / (f.Weight * line)));
    }

    private static void Influence(WeightedIncomes incomes, MeasureContext context, Span<double> influence)
    {
        influence.Clear();
        var poor = incomes.Poor(context.Line, context.Poor);
        if (poor.IsEmpty) return;
        var (gaps, b, q) = Parts(poor, context.Line);
        double scale = 1 / (incomes.Total * context.Line), sum = poor.Sum();
        Gini.Maxima(poor, influence[..poor.Incomes.Length]);
        for (var i = 0; i < influence.Length; i++)
        {
            var own = -(gaps + (b / q)) / incomes.Total;
            if (i < poor.Incomes.Length)
            {
                var y = poor.Incomes[i];
                own += context.Line - y + (((2 * influence[i]) - sum - (q * y)) / q) - (b / (q * q));
            }

            influence[i] = own * scale;
        }
    }

    private static double Slope(WeightedIncomes incomes, MeasureContext context)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        if (poor.IsEmpty) return 0;
        var (gaps, b, q) = Parts(poor, context.Line);
        double line = context.Line, sum = poor.Sum();
        // The sums grow with the line; those who stand on it become poor; and the whole is divided by the line.
        var newcomers = QuantileInfluence.DensityAt(incomes, line) * incomes.Total * ((((q * line) - sum) / q) - (b / (q * q)));
        return ((q + newcomers) / (incomes.Total * line)) - ((gaps + (b / q)) / (incomes.Total * line * line));
    }
}

/// <summary>The Sen-Shorrocks-Thon index: the poverty gaps of everyone, weighted by rank.</summary>
/// <remarks>
/// SST = H · I · (1 + G), with H the headcount, I the mean gap of the poor and G the Gini of everyone's gaps, zeros included. As H · I is
/// the gap index P1, SST = P1 (1 + G) = Σ_i Σ_j w_i w_j max(g_i, g_j) / W². Swedish: <i>Sen-Shorrocks-Thon-index</i>.
/// </remarks>
internal static class SenShorrocksThon
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("sen-shorrocks-thon", "Sen-Shorrocks-Thon index", "Sen-Shorrocks-Thon-index",
            "SST = H · I · (1 + G(gaps, zeros included))", Units.Index, ValueRange.NonNegative,
            "Shorrocks 1995, Econometrica 63(5); Thon 1979, Review of Income and Wealth 25(4)"),
        (incomes, context) => Quantity.Known(Math.Max(0, Weighted(incomes, context, GapAt) / (incomes.Total * incomes.Total))))
    {
        Place = 11,
        Choices = Choices.Line | Choices.Poor,
        Within = ValueRange.Unit,
        // All poor without an income: H (2 − H).
        ByHeadcount = headcount => headcount * (2 - headcount),
        Slope = (incomes, context) => Weighted(incomes, context, (y, line) => y / (line * line)) / (incomes.Total * incomes.Total),
        Influence = Influence,
        // Σ w g (2 (W − below) − w) over the poor, g = (z − y) / z; Σ w (2 below + w) is the square of their weight.
        Aggregate = new(f => Quantity.Known(Math.Max(0,
            ((2 * f.Weight * f.Sums.Gaps) - ((f.Sums.PoorWeight * f.Sums.PoorWeight) - (f.Maxima / f.Context.Line)))
                / (f.Weight * f.Weight))))
        {
            Maxima = MaximaOf.Poor,
        },
        AggregateInfluence = new(InfluenceOfSums)
        {
            IsApproximate = true,
            Needs = AggregateForm.Asking with { Maxima = MaximaOf.Poor, Pivots = f => ConvexCurve.UpTo(f.Context.Line) },
            // Σ w y (2 (W − below) − w) / z² over the poor.
            Slope = f =>
            {
                var (line, w) = (f.Context.Line, f.Weight);
                var sum = (f.Sums.PoorWeight - f.Sums.Gaps) * line;
                return ((2 * w * sum) - f.Maxima) / (line * line * w * w);
            },
        },
    };

    // The curve of Σ_j w_j max(g(y), g_j): one's own gap for those whose is smaller, the larger ones as they are; flat from the line on.
    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f)
    {
        double line = f.Context.Line, w = f.Weight;
        var whole = (2 * w * f.Sums.Gaps) - ((f.Sums.PoorWeight * f.Sums.PoorWeight) - (f.Maxima / line));
        var (height, _, bends) = ConvexCurve.Of([.. ConvexCurve.UpTo(line).Select(y => (y, y == line ? f.Sums.Gaps
            : (GapAt(y, line) * (w - f.AtOrBelow(y).Weight)) + f.AtOrBelow(y).Weight - (f.AtOrBelow(y).Income / line)))], -w / line, 0);
        return
        [
            .. bends.Select(bend => (2 * bend.Coefficient / (w * w), bend.Term)),
            ((2 * height / (w * w)) - (2 * whole / (w * w * w)), new Term(TermKind.One)),
        ];
    }

    private static double GapAt(double income, double line) => (line - income) / line;

    // Σ w f(y) (2 C − w), C the weight of those whose gap is not larger; incomes rise, so gaps fall.
    private static double Weighted(WeightedIncomes incomes, MeasureContext context, Func<double, double, double> of)
    {
        var poor = incomes.CountPoor(context.Line, context.Poor);
        Compensated sum = default, before = default;
        for (var i = 0; i < poor; i++)
        {
            var weight = incomes.Weights[i];
            sum.Add(weight * of(incomes.Incomes[i], context.Line) * ((2 * (incomes.Total - before.Value)) - weight));
            before.Add(weight);
        }

        return sum.Value;
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

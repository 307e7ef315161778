namespace Analys.Measure.Income.Inequality.Ranks;

/// <summary>The mean of the poorest p against the mean of the others, on average over p.</summary>
/// <remarks>
/// Z = 1 − ∫ M⁻(p) / M⁺(p) dp, M⁻ the mean of the poorest p and M⁺ that of the richest 1 − p: 1 − ∫ L(p) (1 − p) / (p (1 − L(p))) dp. The
/// integral
/// is exact for a Lorenz curve of straight pieces, so that doubling everybody changes nothing (sums over persons, as in some packages,
/// differ by
/// the order of 1/n). Undefined with incomes below zero. Swedish: <i>Zengaindex</i>.
/// </remarks>
internal static class Zenga
{
    // Nodes and weights of Gauss and Legendre on (−1, 1), the positive half.
    private static readonly (double Node, double Weight)[] Gauss =
    [
        (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ];

    private const int Parts = 4;

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("zenga", "Zenga index", "Zengaindex", "Z = 1 − ∫ L(p) (1 − p) / (p (1 − L(p))) dp", Units.Index, ValueRange.Unit,
            "Zenga 2007, Statistica & Applicazioni 5(1); Langel & Tillé 2012, Journal of the Royal Statistical Society A 175(2)"),
        Formula)
    {
        OnRequest = true,
        Influence = Influence,
    };

    private static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        if (incomes.CountPoor(0, PoorRule.Below) > 0) return Quantity.Undefined("an income is below zero");
        var sum = incomes.Sum();
        if (sum <= 0) return Quantity.Undefined(Gini.NoIncome);
        var mean = sum / incomes.Total;
        Compensated integral = default, weight = default, income = default;
        double a = 0, lower = 0;
        for (var i = 0; i < incomes.Incomes.Length; i++)
        {
            if (incomes.Weights[i] == 0) continue;
            weight.Add(incomes.Weights[i]);
            income.Add(incomes.Weights[i] * incomes.Incomes[i]);
            double b = Math.Min(1, weight.Value / incomes.Total), s = incomes.Incomes[i] / mean, c = lower - (s * a);
            integral.Add(Piece(a, b, s, c));
            (a, lower) = (b, income.Value / sum);
        }

        return Quantity.Known(Math.Clamp(1 - integral.Value, 0, 1));
    }

    // ∫ (c + s u)(1 − u) / (u (1 − c − s u)) du from a to b, by partial fractions: 1 + α / u + β / (1 − c − s u).
    private static double Piece(double a, double b, double s, double c)
    {
        if (s <= 0) return 0;
        var alpha = a > 0 ? c / (1 - c) : 0;
        var beta = (s - 1 + c) / (1 - c);
        double from = 1 - c - (s * a), to = 1 - c - (s * b);
        // The last piece ends where both means are those of everybody: its β is nothing.
        var last = b >= 1 || to <= 1e-14 ? 0 : beta / s * Math.Log(to / from);
        return b - a + (alpha == 0 ? 0 : alpha * Math.Log(b / a)) - last;
    }

    // −∫ (1 − u) / (u (1 − L)²) · IF_L(u) du, IF_L(u) = ([y ≤ q](y − q) + u q − L y) / μ: on each piece from sums that do not depend on the
    // person, so that all persons are read once.
    private static void Influence(WeightedIncomes incomes, MeasureContext context, Span<double> influence)
    {
        double sum = incomes.Sum(), mean = sum / incomes.Total;
        var n = influence.Length;
        double a = 0, lower = 0;
        Compensated weight = default, income = default, byRank = default, byIncome = default;
        var atCut = new double[n];
        double lastSlope = 0, lastFrom = 0;
        var last = n - 1;
        while (last > 0 && incomes.Weights[last] == 0) last--;
        for (var j = 0; j <= last; j++)
        {
            if (incomes.Weights[j] == 0) continue;
            weight.Add(incomes.Weights[j]);
            income.Add(incomes.Weights[j] * incomes.Incomes[j]);
            double b = Math.Min(1, weight.Value / incomes.Total), s = incomes.Incomes[j] / mean, c = lower - (s * a);
            if (j == last)
            {
                (lastSlope, lastFrom) = (s, a);
            }
            else
            {
                for (var part = 0; part < Parts; part++)
                {
                    double from = a + ((b - a) * part / Parts), half = (b - a) / (2 * Parts);
                    foreach (var (node, share) in Gauss)
                    {
                        foreach (var u in (ReadOnlySpan<double>)[from + (half * (1 - node)), from + (half * (1 + node))])
                        {
                            double curve = c + (s * u), g = half * share * (1 - u) / (u * (1 - curve) * (1 - curve));
                            atCut[j] += g;
                            byRank.Add(g * u * incomes.Incomes[j]);
                            byIncome.Add(g * curve);
                        }
                    }
                }
            }

            (a, lower) = (b, income.Value / sum);
        }

        // The persons at or below a piece: the sums of the pieces from theirs on.
        Compensated above = default, cut = default;
        for (var i = n - 1; i >= 0; i--)
        {
            above.Add(atCut[i]);
            cut.Add(atCut[i] * incomes.Incomes[i]);
            var y = incomes.Incomes[i];
            // On one's own piece [y ≤ q](y − q) is nothing, whatever its sum. In the last piece all terms together have a bound.
            var own = (y * above.Value) - cut.Value + byRank.Value - (y * byIncome.Value);
            if (lastFrom > 0 && lastSlope > 0) own -= ((lastSlope * y) - incomes.Incomes[last]) / (lastSlope * lastSlope)
                * Math.Log(lastFrom);
            influence[i] = -own / sum;
        }
    }
}

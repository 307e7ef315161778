using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Income.Inequality.Curves;

/// <summary>How far the population has parted from its middle: the middle class shrinks.</summary>
/// <remarks>P = 2 (μ / m) (1 − 2 L(0.5) − G), m the median: 0 where all have the same, 1 where half have nothing and half the same.
/// Undefined where
/// mean or median is not positive. Swedish: <i>Wolfsons polariseringsindex</i>.</remarks>
internal static class Wolfson
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("wolfson", "Wolfson polarisation index", "Wolfsons polariseringsindex", "P = 2 (μ / m) (1 − 2 L(0.5) − G)",
            Units.Index,
            ValueRange.NonNegative, "Wolfson 1994, American Economic Review 84(2); Foster & Wolfson 2010, Journal of Economic Inequality "
                + "8(2)"),
        (incomes, context) =>
        {
            var (mean, median, half) = Parts(incomes, context);
            return mean <= 0 ? Quantity.Undefined(Gini.NoIncome) : median <= 0 ? Quantity.Undefined("the median income is not positive")
                : Quantity.Known(Math.Max(0, 2 * mean / median * half));
        })
    {
        OnRequest = true,
        Choices = Choices.Quantiles,
        Within = ValueRange.Unit,
        NeedsNonNegative = true,
        Influence = (incomes, context, influence) =>
        {
            var (mean, median, half) = Parts(incomes, context);
            double[] curve = new double[influence.Length], gini = new double[influence.Length];
            QuantileInfluence.Of(incomes, 0.5, context.Quantiles, influence);
            Lorenz.At(0.5).Influence!(incomes, context, curve);
            Gini.Measure.Influence!(incomes, context, gini);
            for (var i = 0; i < influence.Length; i++)
            {
                influence[i] = 2 * mean / median
                    * ((half * (((incomes.Incomes[i] - mean) / (mean * incomes.Total)) - (influence[i] / median)))
                    - (2 * curve[i]) - gini[i]);
            }
        },
    };

    private static (double Mean, double Median, double Half) Parts(WeightedIncomes incomes, MeasureContext context)
    {
        double sum = incomes.Sum(), mean = sum / incomes.Total;
        return (mean, incomes.Quantile(0.5, context.Quantiles),
            sum > 0 ? 1 - (2 * Lorenz.Poorest(incomes, 0.5) / sum) - ((incomes.SumOfMaxima() / (incomes.Total * sum)) - 1) : 0);
    }
}

/// <summary>How far the population is made of clusters of alike incomes that are far from each other, without saying which.</summary>
/// <remarks>
/// P(α) = μ^(α − 1) ∫∫ f(x)^(1 + α) f(y) |x − y| dy dx, α from 0.25 to 1: the larger, the more it matters that people have others like
/// them. The
/// density is that of an Epanechnikov kernel of width 2.34 min(s, IQR / 1.34) n^(−1/5), n the number of persons. Undefined where the mean
/// is not
/// positive, or all incomes are alike. Swedish: <i>polarisering enligt Duclos, Esteban och Ray</i>.
/// </remarks>
internal static class DuclosEstebanRay
{
    /// <summary>The measure with α = 0.5.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.5);

    /// <summary>The measure.</summary>
    /// <param name="alpha">α, from 0.25 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not from 0.25 to 1.</exception>
    public static IncomeMeasure Of(double alpha)
    {
        if (!(alpha >= 0.25 && alpha <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), "α is from 0.25 to 1.");
        return new IncomeMeasure(
            new Definition("duclos-esteban-ray", "Duclos, Esteban and Ray's polarisation", "Polarisering enligt Duclos, Esteban och Ray",
                "P(α) = μ^(α − 1) ∫∫ f(x)^(1 + α) f(y) |x − y| dy dx", Units.Index, ValueRange.NonNegative,
                "Duclos, Esteban & Ray 2004, Econometrica 72(6)"),
            (incomes, _) => incomes.Sum() <= 0 ? Quantity.Undefined(Gini.NoIncome)
                : Parts(incomes, alpha) is { } parts ? Quantity.Known(Math.Max(0, Value(incomes, parts, alpha)))
                : Quantity.Undefined("all incomes are alike"))
        {
            OnRequest = true,
            NeedsNonNegative = true,
            Numbers = new([new("identification", "0.5", "α of duclos-esteban-ray, from 0.25 to 1")], numbers => [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("identification",
                alpha.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, _, influence) => Influence(incomes, alpha, influence),
        };
    }

    private static double Value(WeightedIncomes incomes, (double[] Alike, double[] Apart) parts, double alpha)
    {
        var sum = default(Compensated);
        for (var i = 0; i < parts.Alike.Length; i++) sum.Add(incomes.Weights[i] * parts.Alike[i] * parts.Apart[i]);
        return sum.Value / incomes.Total * Math.Pow(incomes.Sum() / incomes.Total, alpha - 1);
    }

    // The asymptotic influence (their theorem 3): as one who looks at others, as one whom others look at, and by the mean.
    private static void Influence(WeightedIncomes incomes, double alpha, Span<double> influence)
    {
        influence.Clear();
        if (Parts(incomes, alpha) is not { } parts) return;
        double mean = incomes.Sum() / incomes.Total, scale = Math.Pow(mean, alpha - 1), value = Value(incomes, parts, alpha) / scale;
        var seen = Apart(incomes, parts.Alike);
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = scale * (((1 + alpha) * parts.Alike[i] * parts.Apart[i]) + seen[i] - ((2 + alpha) * value)
                + ((alpha - 1) * value * (incomes.Incomes[i] - mean) / mean)) / incomes.Total;
        }
    }

    // f(y)^α, and ∫ f(x) |x − y| dx, at each income.
    private static (double[] Alike, double[] Apart)? Parts(WeightedIncomes incomes, double alpha)
    {
        if (Densities(incomes) is not { } density) return null;
        return ([.. density.Select(f => Math.Pow(f, alpha))], Apart(incomes, []));
    }

    // Σ_j w_j c_j |y_j − y_i| / W at each income.
    private static double[] Apart(WeightedIncomes incomes, double[] factors)
    {
        var apart = new double[incomes.Incomes.Length];
        Compensated all = default, whole = default, below = default, lower = default;
        for (var j = 0; j < apart.Length; j++)
        {
            var weight = incomes.Weights[j] * (factors.Length == 0 ? 1 : factors[j]);
            all.Add(weight);
            whole.Add(weight * incomes.Incomes[j]);
        }

        for (var i = 0; i < apart.Length; i++)
        {
            var y = incomes.Incomes[i];
            var weight = incomes.Weights[i] * (factors.Length == 0 ? 1 : factors[i]);
            below.Add(weight);
            lower.Add(weight * y);
            apart[i] = ((y * below.Value) - lower.Value + (whole.Value - lower.Value) - (y * (all.Value - below.Value))) / incomes.Total;
        }

        return apart;
    }

    // Σ_j w_j k((y_j − y) / h) / (W h): sums of powers of those within the width, as the window moves over the sorted incomes.
    private static double[]? Densities(WeightedIncomes incomes)
    {
        double total = incomes.Total, mean = incomes.Sum() / total;
        var squares = default(Compensated);
        for (var i = 0; i < incomes.Incomes.Length; i++)
            squares.Add(incomes.Weights[i] * (incomes.Incomes[i] - mean) * (incomes.Incomes[i] - mean));
        var deviation = Math.Sqrt(squares.Value / total);
        var spread = (incomes.Quantile(0.75, QuantileRule.Average) - incomes.Quantile(0.25, QuantileRule.Average)) / 1.34;
        var width = 2.34 * (spread > 0 ? Math.Min(deviation, spread) : deviation) * Math.Pow(incomes.PersonCount, -0.2);
        if (!(width > 1e-12 * Math.Abs(mean))) return null;
        var density = new double[incomes.Incomes.Length];
        int from = 0, to = 0;
        var anchor = incomes.Incomes[0];
        Compensated weight = default, first = default, second = default;
        for (var i = 0; i < density.Length; i++)
        {
            var y = incomes.Incomes[i];
            // Squares are of distances from a point nearby: from the mean, one huge income away, they would leave nothing of the sum.
            if (y - anchor > 16 * width)
            {
                (anchor, weight, first, second) = (y, default, default, default);
                from = to = i;
                while (from > 0 && y - incomes.Incomes[from - 1] < width) from--;
                for (var j = from; j < to; j++) Move(incomes, j, 1);
            }

            for (; to < density.Length && incomes.Incomes[to] - y < width; to++) Move(incomes, to, 1);
            for (; y - incomes.Incomes[from] >= width; from++) Move(incomes, from, -1);
            var u = (y - anchor) / width;
            density[i] = Math.Max(0, 0.75 * (weight.Value - (second.Value - (2 * u * first.Value) + (u * u * weight.Value))) / (total
                * width));
        }

        return density;

        void Move(WeightedIncomes some, int j, int sign)
        {
            double w = sign * some.Weights[j], v = (some.Incomes[j] - anchor) / width;
            weight.Add(w);
            first.Add(w * v);
            second.Add(w * v * v);
        }
    }
}

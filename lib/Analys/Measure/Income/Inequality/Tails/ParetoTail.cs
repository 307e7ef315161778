using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Income.Inequality.Tails;

/// <summary>The shape of a Pareto tail: of those above a high income x₀ the share above x is (x₀ / x)^θ. The smaller θ, the heavier the
/// tail.</summary>
/// <remarks>
/// <para>The tail is the richest share of persons (5 % where a call says nothing) and x₀ the quantile at which it begins; persons on it are
/// not in
/// it. Estimators: <c>hill</c>, the maximum of the likelihood, which one wrong income can move far; <c>pdc</c>, the partial density
/// component (the
/// integrated squared error of a part of the data, others being outliers); <c>ptse</c>, the probability integral transform (t = 1): the
/// mean of
/// (x₀ / x)^θ is one half.</para>
/// <para>The influence takes x₀ as given. Undefined where nobody is above x₀ or x₀ is not positive.</para>
/// </remarks>
internal static class ParetoTail
{
    /// <summary>Why there is no tail.</summary>
    public const string NoTail = "nobody is above the income at which the tail begins, or it is not positive";

    /// <summary>The maximum of the likelihood.</summary>
    public static IncomeMeasure Hill { get; } = Of("pareto-hill", "Pareto tail, Hill", "Paretosvans, Hill",
        "θ = Σ w / Σ w ln(y / x₀) over y > x₀",
        "Hill 1975, Annals of Statistics 3(5); laeken, thetaHill", TailShape.Hill, 0.05);

    /// <summary>The partial density component.</summary>
    public static IncomeMeasure Pdc { get; } = Of("pareto-pdc", "Pareto tail, robust (PDC)", "Paretosvans, robust (PDC)",
        "θ at the largest of (2 θ + 1) (Σ w (y / x₀)^(−1 − θ) / Σ w)² over y > x₀",
        "Vandewalle, Beirlant, Christmann & Hubert 2007, Computational Statistics & Data Analysis 51(12); laeken, thetaPDC", TailShape.Pdc,
            0.05);

    /// <summary>The probability integral transform.</summary>
    public static IncomeMeasure Ptse { get; } = Of("pareto-ptse", "Pareto tail, robust (PTSE)", "Paretosvans, robust (PTSE)",
        "Σ w (x₀ / y)^θ / Σ w = 1/2 over y > x₀", "Finkelstein, Tucker & Veeh 2006, North American Actuarial Journal 10(1)", TailShape.Ptse,
            0.05);

    private static IncomeMeasure Of(string id, string name, string swedish, string formula, string paper, TailShape shape, double share)
    {
        return new IncomeMeasure(new Definition(id, name, swedish, formula, Units.Index, ValueRange.NonNegative, paper), (incomes, _) =>
            Tail.Of(incomes, share) is { } tail ? Quantity.Known(shape.Theta(incomes.From(tail.Start), tail.From))
                : Quantity.Undefined(NoTail))
        {
            OnRequest = true,
            Numbers = new([TailOption], numbers => [Of(id, name, swedish, formula, paper, shape, Tail.Checked(numbers[0]))]),
            Parameters = Tail.Named(share),
            Influence = (incomes, _, influence) =>
            {
                influence.Clear();
                if (Tail.Of(incomes, share) is not { } tail) return;
                var rich = incomes.From(tail.Start);
                shape.Influence(rich, tail.From, shape.Theta(rich, tail.From), influence[tail.Start..]);
            },
        };
    }

    /// <summary>How many are in the tail.</summary>
    internal static MeasureOption TailOption => new("pareto-tail", "0.05", "The share of the richest that a Pareto tail is fitted to");
}

/// <summary>Where a tail begins.</summary>
/// <param name="From">x₀.</param>
/// <param name="Start">The first of the sorted incomes above it.</param>
internal readonly record struct Tail(double From, int Start)
{
    /// <summary>The tail of a share of persons; null where there is none.</summary>
    public static Tail? Of(WeightedIncomes incomes, double share)
    {
        var from = incomes.Quantile(1 - share, QuantileRule.Inverse);
        var start = incomes.CountPoor(from, PoorRule.AtOrBelow);
        return from > 0 && !incomes.From(start).IsEmpty ? new Tail(from, start) : null;
    }

    /// <summary>A share that is between 0 and 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Checked(double share) =>
        share > 0 && share < 1 ? share : throw new ArgumentOutOfRangeException(nameof(share), "The tail is a share between 0 and 1.");

    /// <summary>The parameter.</summary>
    public static ImmutableSortedDictionary<string, string> Named(double share) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("pareto-tail", share.ToString(CultureInfo.InvariantCulture));
}

/// <summary>An estimator of θ as the root of Σ w ψ(ln(y / x₀), θ).</summary>
/// <param name="Psi">ψ.</param>
/// <param name="Slope">Its derivative by θ.</param>
internal sealed record TailShape(Func<double, double, double> Psi, Func<double, double, double> Slope)
{
    /// <summary>1 / θ is the mean of the logarithms.</summary>
    public static TailShape Hill { get; } = new((x, theta) => (1 / theta) - x, (_, theta) => -1 / (theta * theta));

    /// <summary>The largest of (2 θ + 1) times the square of the mean of y^(−1 − θ).</summary>
    public static TailShape Pdc { get; } = new(
        (x, theta) => Math.Exp(-(1 + theta) * x) * ((1 / ((2 * theta) + 1)) - x),
        (x, theta) => Math.Exp(-(1 + theta) * x) * ((-x * ((1 / ((2 * theta) + 1)) - x)) - (2 / (((2 * theta) + 1) * ((2 * theta) + 1)))));

    /// <summary>The mean of y^(−θ) is one half.</summary>
    public static TailShape Ptse { get; } = new((x, theta) => Math.Exp(-theta * x) - 0.5, (x, theta) => -x * Math.Exp(-theta * x));

    /// <summary>The root nearest to Hill's.</summary>
    public double Theta(WeightedIncomes rich, double from)
    {
        Compensated logs = default;
        for (var i = 0; i < rich.Incomes.Length; i++) logs.Add(rich.Weights[i] * Math.Log(rich.Incomes[i] / from));
        var hill = rich.Total / logs.Value;
        if (this == Hill) return hill;
        // ψ falls through its root: widen an interval about Hill's until it holds it, then halve.
        double low = hill, high = hill;
        for (var i = 0; i < 200 && Sum(rich, from, low, Psi) < 0; i++) low *= 0.8;
        for (var i = 0; i < 200 && Sum(rich, from, high, Psi) > 0; i++) high *= 1.25;
        for (var i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            var middle = (low + high) / 2;
            if (Sum(rich, from, middle, Psi) > 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>−ψ / Σ w ψ′: the derivative of the root by each weight.</summary>
    public void Influence(WeightedIncomes rich, double from, double theta, Span<double> influence)
    {
        var slope = Sum(rich, from, theta, Slope);
        for (var i = 0; i < influence.Length; i++) influence[i] = -Psi(Math.Log(rich.Incomes[i] / from), theta) / slope;
    }

    private static double Sum(WeightedIncomes rich, double from, double theta, Func<double, double, double> of)
    {
        var sum = default(Compensated);
        for (var i = 0; i < rich.Incomes.Length; i++) sum.Add(rich.Weights[i] * of(Math.Log(rich.Incomes[i] / from), theta));
        return sum.Value;
    }
}

/// <summary>Gini's index with a robust Pareto tail in the place of the richest: a handful of wrong or huge incomes does not make
/// it.</summary>
/// <remarks>
/// Those at or below x₀ as they are; those above as a Pareto distribution with the θ of PDC, whose mean is θ x₀ / (θ − 1) and whose Gini is
/// 1 / (2 θ − 1). Undefined where θ is not above 1: such a tail has no mean. The influence takes x₀ as given. Swedish: <i>robust
/// Ginikoefficient</i>.
/// </remarks>
internal static class RobustGini
{
    /// <summary>The measure with the richest five percent as the tail.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.05);

    /// <summary>The measure.</summary>
    /// <param name="share">The share of the richest in the tail.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public static IncomeMeasure Of(double share) => new(
        new Definition("robust-gini", "Gini coefficient with a robust Pareto tail", "Ginikoefficient med robust Paretosvans",
            "G of the incomes up to x₀ and a Pareto distribution with θ by PDC above it", Units.Index, ValueRange.NonNegative,
            "Cowell & Flachaire 2007, Journal of Econometrics 141(2); Alfons, Templ & Filzmoser 2013, JRSS C 62(2)"),
        (incomes, _) => Parts(incomes, share) is { } parts ? parts.Theta > 1
            ? Quantity.Known(Math.Max(0, parts.Value)) : Quantity.Undefined("the tail has no mean") : Quantity.Undefined(ParetoTail.NoTail))
    {
        OnRequest = true,
        Within = ValueRange.Unit,
        NeedsNonNegative = true,
        Numbers = new([ParetoTail.TailOption], numbers => [Of(Tail.Checked(numbers[0]))]),
        Parameters = Tail.Named(share),
        Influence = (incomes, _, influence) => Influence(incomes, share, influence),
    };

    // The sum of maxima M and the sum of incomes S with the tail's as expected: G = M / (W S) − 1.
    private static (double Theta, double Value, double Body, double Tail, double Mean, double Maxima,
        double Sum)? Parts(WeightedIncomes incomes,
        double share)
    {
        if (Tails.Tail.Of(incomes, share) is not { } tail) return null;
        WeightedIncomes body = incomes.First(tail.Start), rich = incomes.From(tail.Start);
        var theta = TailShape.Pdc.Theta(rich, tail.From);
        double mean = theta * tail.From / (theta - 1), within = mean * (1 + (1 / ((2 * theta) - 1)));
        double maxima = body.SumOfMaxima() + (2 * body.Total * rich.Total * mean) + (rich.Total * rich.Total * within),
            sum = body.Sum() + (rich.Total * mean);
        return (theta, (maxima / (incomes.Total * sum)) - 1, body.Total, rich.Total, mean, maxima, sum);
    }

    private static void Influence(WeightedIncomes incomes, double share, Span<double> influence)
    {
        influence.Clear();
        if (Parts(incomes, share) is not { Theta: > 1 } parts || Tails.Tail.Of(incomes, share) is not { } tail) return;
        var (theta, from) = (parts.Theta, tail.From);
        double gini = 1 / ((2 * theta) - 1), meanBy = -from / ((theta - 1) * (theta - 1)), giniBy = -2 * gini * gini;
        double maximaBy = (2 * parts.Body * parts.Tail * meanBy)
            + (parts.Tail * parts.Tail * ((meanBy * (1 + gini)) + (parts.Mean * giniBy))), sumBy = parts.Tail * meanBy;
        TailShape.Pdc.Influence(incomes.From(tail.Start), from, theta, influence[tail.Start..]);
        Gini.Maxima(incomes.First(tail.Start), influence[..tail.Start]);
        for (var i = 0; i < influence.Length; i++)
        {
            var (maxima, sum) = i < tail.Start
                ? ((2 * influence[i]) + (2 * parts.Tail * parts.Mean), incomes.Incomes[i])
                : ((2 * parts.Body * parts.Mean) + (2 * parts.Tail * parts.Mean * (1 + gini)) + (maximaBy * influence[i]),
                    parts.Mean + (sumBy * influence[i]));
            influence[i] = (parts.Value + 1) * ((maxima / parts.Maxima) - (sum / parts.Sum) - (1 / incomes.Total));
        }
    }
}

using System.Collections.Immutable;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>Half the relative mean difference of incomes.</summary>
/// <remarks>
/// G = Σ_i Σ_j w_i w_j |y_i − y_j| / (2 W² μ), computed from sorted incomes in one pass; it does not change when all weights or all
/// incomes are scaled. With negative incomes it can exceed 1; where the mean is not positive it is undefined. Swedish:
/// <i>ginikoefficient</i>.
/// </remarks>
internal static class Gini
{
    /// <summary>Why an index relative to the mean does not exist.</summary>
    public const string NoIncome = "the mean income is not positive";

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("gini", "Gini coefficient", "Ginikoefficient", "G = Σ_i Σ_j w_i w_j |y_i − y_j| / (2 W² μ)", Units.Index,
            ValueRange.NonNegative, "Gini 1912; Sen 1973, On Economic Inequality"),
        Formula)
    {
        Place = 3,
        Within = ValueRange.Unit,
        NeedsNonNegative = true,
        Influence = Influence,
        Aggregate = new(f => f.Income <= 0 ? Quantity.Undefined(NoIncome)
            : Quantity.Known(Math.Max(0, (f.Maxima / (f.Weight * f.Income)) - 1)))
        {
            Terms = [(TermKind.Income, 0)],
            Maxima = MaximaOf.Everyone,
        },
        AggregateInfluence = new(InfluenceOfSums)
        {
            IsApproximate = true,
            Needs = AggregateForm.Asking with
            {
                Terms = [(TermKind.Income, 0)],
                Maxima = MaximaOf.Everyone,
                Pivots = f => ConvexCurve.Around(f.Income / f.Weight),
            },
        },
    };

    /// <summary>The formula.</summary>
    /// <param name="incomes">The distribution; not empty.</param>
    /// <param name="context">Not used.</param>
    public static Quantity Formula(WeightedIncomes incomes, MeasureContext context)
    {
        var sum = incomes.Sum();
        return sum <= 0
            ? Quantity.Undefined(NoIncome)
            : Quantity.Known(Math.Max(0, (incomes.SumOfMaxima() / (incomes.Total * sum)) - 1));
    }

    private static void Influence(WeightedIncomes incomes, MeasureContext context, Span<double> influence)
    {
        double w = incomes.Total, s = incomes.Sum(), quotient = incomes.SumOfMaxima() / (w * s);
        Maxima(incomes, influence);
        for (var i = 0; i < influence.Length; i++)
        {
            influence[i] = (2 * influence[i] / (w * s)) - (quotient * ((1 / w) + (incomes.Incomes[i] / s)));
        }
    }

    // The curve of Σ_j w_j max(y, y_j): y times the weight below, and the income above.
    private static ImmutableArray<(double, Term)> InfluenceOfSums(Facts f)
    {
        double w = f.Weight, s = f.Income, quotient = f.Maxima / (w * s);
        if (!(s > 0)) return [];
        var (height, slope, bends) = ConvexCurve.Of([.. ConvexCurve.Around(s / w)
            .Select(y => (y, (y * f.AtOrBelow(y).Weight) + s - f.AtOrBelow(y).Income))], 0, w);
        return
        [
            .. bends.Select(bend => (2 * bend.Coefficient / (w * s), bend.Term)),
            ((2 * slope / (w * s)) - (quotient / s), new Term(TermKind.Income)),
            ((2 * height / (w * s)) - (quotient / w), new Term(TermKind.One)),
        ];
    }

    /// <summary>For each i, Σ_j w_j max(x_i, x_j).</summary>
    internal static void Maxima(WeightedIncomes incomes, Span<double> maxima)
    {
        double below = 0, above = incomes.Sum();
        for (var i = 0; i < maxima.Length; i++)
        {
            below += incomes.Weights[i];
            above -= incomes.Weights[i] * incomes.Incomes[i];
            maxima[i] = (incomes.Incomes[i] * below) + above;
        }
    }
}

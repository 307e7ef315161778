using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>The Lorenz curve: the share of all income that the poorest share p of the population has.</summary>
/// <remarks>
/// L(p) = Σ w y over the poorest p W persons / Σ w y; where p falls within one person's weight, that person's income is shared out.
/// Undefined where the mean is not positive. Swedish: <i>Lorenzkurva</i>.
/// </remarks>
internal static class Lorenz
{
    /// <summary>The curve at the median person; a call that says nothing gets its ten points.</summary>
    public static IncomeMeasure Measure { get; } = At(0.5);

    /// <summary>One point of the curve.</summary>
    /// <param name="p">The share of the population, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not from 0 to 1.</exception>
    public static IncomeMeasure At(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), "A share of the population is from 0 to 1.");
        return new IncomeMeasure(
            new Definition("lorenz", "Lorenz curve", "Lorenzkurva", "L(p) = Σ w y over the poorest p W / Σ w y", Units.Share,
                new ValueRange(double.NegativeInfinity, 1), "Lorenz 1905, Publications of the American Statistical Association 9(70)"),
            (incomes, _) => Point(incomes, p))
        {
            Place = 12,
            Within = ValueRange.Unit,
            NeedsNonNegative = true,
            // The points themselves are the arguments, as many as are wanted: no option of a command.
            Numbers = new([], numbers => numbers.Count == 0 ? Deciles : [.. numbers.Select(At)]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("p", p.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) =>
            {
                double q = incomes.Quantile(p, QuantileRule.Inverse), sum = incomes.Sum(), share = Point(incomes, p).Number;
                for (var i = 0; i < influence.Length; i++)
                {
                    var y = incomes.Incomes[i];
                    influence[i] = ((y <= q ? y - q : 0) + (p * q) - (share * y)) / sum;
                }
            },
            Aggregate = Asking(p) with { Formula = f => f.Income <= 0 ? Quantity.Undefined(Gini.NoIncome) : Quantity.Known(Share(f, p)) },
            AggregateInfluence = new(f =>
            {
                double q = f.Quantiles[(p, QuantileRule.Inverse)], sum = f.Income, share = Share(f, p);
                return
                [
                    (1 / sum, new Term(TermKind.IncomeBelow, 0, q, PoorRule.AtOrBelow)),
                    (-q / sum, new Term(TermKind.Below, 0, q, PoorRule.AtOrBelow)),
                    (p * q / sum, new Term(TermKind.One)),
                    (-share / sum, new Term(TermKind.Income)),
                ];
            })
            {
                Needs = Asking(p),
            },
        };
    }

    /// <summary>The ten points 0.1 to 1 of a curve as it is drawn.</summary>
    public static ImmutableArray<IncomeMeasure> Deciles { get; } = [.. Enumerable.Range(1, 10).Select(i => At(i / 10.0))];

    /// <summary>What points of the curve ask of a source.</summary>
    internal static AggregateForm Asking(params double[] p) => AggregateForm.Asking with
    {
        Terms = [(TermKind.Income, 0)],
        Quantiles = [.. p.Select(at => (at, (QuantileRule?)QuantileRule.Inverse))],
        Pivots = f => p.Select(at => Math.BitDecrement(Cut(f, at))),
    };

    /// <summary>The income at which the poorest p end.</summary>
    internal static double Cut(Facts f, double p) => f.Quantiles[(p, QuantileRule.Inverse)];

    /// <summary>The weighted income of the poorest p: everyone below the quantile, and of those on it as many as are wanting.</summary>
    internal static double Poorest(Facts f, double p)
    {
        var at = Cut(f, p);
        var (weight, income) = f.AtOrBelow(Math.BitDecrement(at));
        return income + (((p * f.Weight) - weight) * at);
    }

    private static double Share(Facts f, double p) => Math.Min(1, Poorest(f, p) / f.Income);

    /// <summary>The weighted income of the poorest p, the person at the cut shared out.</summary>
    internal static double Poorest(WeightedIncomes incomes, double p)
    {
        double wanted = p * incomes.Total, left = wanted;
        Compensated part = default, taken = default;
        for (var i = 0; i < incomes.Incomes.Length && left > 0; i++)
        {
            var weight = Math.Min(left, incomes.Weights[i]);
            part.Add(weight * incomes.Incomes[i]);
            taken.Add(weight);
            left = wanted - taken.Value;
        }

        return part.Value;
    }

    private static Quantity Point(WeightedIncomes incomes, double p)
    {
        var sum = incomes.Sum();
        if (sum <= 0) return Quantity.Undefined(Gini.NoIncome);
        return Quantity.Known(Math.Min(1, Poorest(incomes, p) / sum));
    }
}

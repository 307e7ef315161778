using System.Collections.Immutable;
using System.Globalization;

namespace Analys.Measure.Income.Inequality;

/// <summary>The Lorenz curve: the share of all income that the poorest share p of the population has.</summary>
/// <remarks>
/// L(p) = Σ w y over the poorest p W persons / Σ w y; where p falls within one person's weight, that person's income is shared out.
/// Undefined where the mean is not positive. Swedish: <i>Lorenzkurva</i>.
/// </remarks>
internal static class Lorenz
{
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
        };
    }

    /// <summary>The ten points 0.1 to 1 of a curve as it is drawn.</summary>
    public static ImmutableArray<IncomeMeasure> Deciles { get; } = [.. Enumerable.Range(1, 10).Select(i => At(i / 10.0))];

    private static Quantity Point(WeightedIncomes incomes, double p)
    {
        var sum = incomes.Sum();
        if (sum <= 0) return Quantity.Undefined(Gini.NoIncome);
        double left = p * incomes.Total, part = 0;
        for (var i = 0; i < incomes.Incomes.Length && left > 0; i++)
        {
            var weight = Math.Min(left, incomes.Weights[i]);
            part += weight * incomes.Incomes[i];
            left -= weight;
        }

        return Quantity.Known(Math.Min(1, part / sum));
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;

namespace Analys.Measure.Inequality;

/// <summary>One quantile of income over another, such as P90/P10.</summary>
/// <remarks>Q(p) / Q(q). Undefined where Q(q) is not positive. Swedish: <i>percentilkvot</i>.</remarks>
public static class QuantileRatio
{
    /// <summary>The measure for two quantiles.</summary>
    /// <param name="p">Above, such as 0.9.</param>
    /// <param name="q">Below, such as 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not between 0 and 1.</exception>
    public static IncomeMeasure Of(double p, double q)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), "A quantile is between 0 and 1.");
        if (!(q > 0 && q < 1)) throw new ArgumentOutOfRangeException(nameof(q), "A quantile is between 0 and 1.");
        return new IncomeMeasure(
            new Definition("quantile-ratio", "Quantile ratio", "Percentilkvot", "Q(p) / Q(q)", Units.Ratio, ValueRange.Any, "OECD Income Distribution Database, terms of reference"),
            (incomes, context) => incomes.Quantile(q, context.Quantiles) is > 0 and var low
                ? Quantity.Known(incomes.Quantile(p, context.Quantiles) / low)
                : Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow))
        {
            Choices = Choices.Quantiles,
            Parameters = ImmutableSortedDictionary<string, string>.Empty
                .Add("p", p.ToString(CultureInfo.InvariantCulture)).Add("q", q.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) =>
            {
                double high = incomes.Quantile(p, context.Quantiles), low = incomes.Quantile(q, context.Quantiles);
                var other = new double[influence.Length];
                QuantileInfluence.Of(incomes, p, context.Quantiles, influence);
                QuantileInfluence.Of(incomes, q, context.Quantiles, other);
                for (var i = 0; i < influence.Length; i++) influence[i] = (influence[i] / low) - (high * other[i] / (low * low));
            },
        };
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality.Curves;

/// <summary>The curve of quantiles: the income that a share p of the population does not exceed (Pen's parade).</summary>
/// <remarks>With <c>--growth</c> its change between years is the growth incidence curve. Swedish: <i>kvantil</i>.</remarks>
internal static class QuantileCurve
{
    /// <summary>The median; a call that says nothing gets nine deciles.</summary>
    public static IncomeMeasure Measure { get; } = At(0.5);

    /// <summary>One quantile.</summary>
    /// <param name="p">Between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not between 0 and 1.</exception>
    public static IncomeMeasure At(double p)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), "A quantile is between 0 and 1.");
        return new IncomeMeasure(
            new Definition("quantile", "Quantile of income", "Inkomstkvantil", "Q(p), the weighted quantile of income", Units.Kronor,
                ValueRange.Any,
                "Hyndman & Fan 1996, The American Statistician 50(4)"),
            (incomes, context) => Quantity.Known(incomes.Quantile(p, context.Quantiles)))
        {
            OnRequest = true,
            Choices = Choices.Quantiles,
            Numbers = new([], numbers => [.. (numbers.Count == 0 ? Points.Deciles.Take(9) : numbers).Select(At)]),
            Parameters = Points.Named(p),
            Positions = (incomes, context) => [new(incomes.Quantile(p, context.Quantiles), 1)],
            Influence = (incomes, context, influence) => QuantileInfluence.Of(incomes, p, context.Quantiles, influence),
            Aggregate = new(f => Quantity.Known(f.Quantile(p))) { Quantiles = [(p, null)] },
            AggregateInfluence = AggregateInfluence.OfQuantiles([p]),
        };
    }
}

/// <summary>The points of curves as they are drawn.</summary>
internal static class Points
{
    /// <summary>0.1 to 1.</summary>
    public static ImmutableArray<double> Deciles { get; } = [.. Enumerable.Range(1, 10).Select(i => i / 10.0)];

    /// <summary>The parameter p.</summary>
    public static ImmutableSortedDictionary<string, string> Named(double p) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("p", p.ToString(CultureInfo.InvariantCulture));
}

/// <summary>The Lorenz curve times the mean: what the poorest p have, per person of all. One population's curve above another's is more
/// welfare
/// for everyone who is averse to inequality.</summary>
/// <remarks>GL(p) = Σ w y over the poorest p W / W. Swedish: <i>generaliserad Lorenzkurva</i>.</remarks>
internal static class GeneralisedLorenz
{
    /// <summary>The curve at the median person; a call that says nothing gets its ten points.</summary>
    public static IncomeMeasure Measure { get; } = At(0.5);

    /// <summary>One point.</summary>
    /// <param name="p">From 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not from 0 to 1.</exception>
    public static IncomeMeasure At(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), "A share of the population is from 0 to 1.");
        return new IncomeMeasure(
            new Definition("generalised-lorenz", "Generalised Lorenz curve", "Generaliserad Lorenzkurva",
                "GL(p) = Σ w y over the poorest p W / W",
                Units.Kronor, ValueRange.Any, "Shorrocks 1983, Economica 50(197); Beach & Davidson 1983, Review of Economic Studies 50(4) "
                    + "(errors)"),
            (incomes, _) => Quantity.Known(Lorenz.Poorest(incomes, p) / incomes.Total))
        {
            OnRequest = true,
            Numbers = new([], numbers => [.. (numbers.Count == 0 ? Points.Deciles : numbers).Select(At)]),
            Parameters = Points.Named(p),
            Influence = (incomes, _, influence) =>
            {
                double q = incomes.Quantile(p, QuantileRule.Inverse), value = Lorenz.Poorest(incomes, p) / incomes.Total;
                for (var i = 0; i < influence.Length; i++)
                    influence[i] = (Math.Min(incomes.Incomes[i] - q, 0) + (p * q) - value) / incomes.Total;
            },
            Aggregate = Lorenz.Asking(p) with { Formula = f => Quantity.Known(Lorenz.Poorest(f, p) / f.Weight) },
            AggregateInfluence = new(f =>
            {
                double q = Lorenz.Cut(f, p), value = Lorenz.Poorest(f, p) / f.Weight;
                return
                [
                    (1 / f.Weight, new Term(TermKind.IncomeBelow, 0, q, PoorRule.AtOrBelow)),
                    (-q / f.Weight, new Term(TermKind.Below, 0, q, PoorRule.AtOrBelow)),
                    (((p * q) - value) / f.Weight, new Term(TermKind.One)),
                ];
            })
            {
                Needs = Lorenz.Asking(p),
            },
        };
    }
}

/// <summary>The share of all income that those between two ranks have, such as the richest fifth.</summary>
/// <remarks>L(to) − L(from). Undefined where the mean is not positive. Swedish: <i>inkomstandel</i>.</remarks>
internal static class QuantileShare
{
    /// <summary>The richest fifth.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.8, 1);

    /// <summary>The measure.</summary>
    /// <param name="from">The lower rank, from 0.</param>
    /// <param name="to">The upper rank, to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not in this order from 0 to 1.</exception>
    public static IncomeMeasure Of(double from, double to)
    {
        if (!(from >= 0 && from < to && to <= 1)) throw new ArgumentOutOfRangeException(nameof(from),
            "Ranks are from 0 to 1, the lower first.");
        IncomeMeasure high = Lorenz.At(to), low = Lorenz.At(from);
        return new IncomeMeasure(
            new Definition("quantile-share", "Share of income between two ranks", "Inkomstandel mellan två ranger", "L(to) − L(from)",
                Units.Share,
                ValueRange.Any, "Beach & Davidson 1983, Review of Economic Studies 50(4); convey, svyqsr"),
            (incomes, context) => high.Of(incomes, context) is { HasNumber: true } upper
                ? Quantity.Known(upper.Number - low.Of(incomes, context).Number) : Quantity.Undefined(Gini.NoIncome))
        {
            OnRequest = true,
            Within = ValueRange.Unit,
            NeedsNonNegative = true,
            Numbers = new([new("share-from", "0.8", "The lower rank of quantile-share"),
                new("share-to", "1", "The upper rank of quantile-share")],
                numbers => [Of(numbers[0], numbers[1])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("share-from", from.ToString(CultureInfo.InvariantCulture))
                .Add("share-to", to.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) =>
            {
                var other = new double[influence.Length];
                high.Influence!(incomes, context, influence);
                low.Influence!(incomes, context, other);
                for (var i = 0; i < influence.Length; i++) influence[i] -= other[i];
            },
            Aggregate = Lorenz.Asking(from, to) with
            {
                Formula = f => f.Income <= 0 ? Quantity.Undefined(Gini.NoIncome)
                    : Quantity.Known((Math.Min(f.Income, Lorenz.Poorest(f, to)) - Lorenz.Poorest(f, from)) / f.Income),
            },
            AggregateInfluence = new(f => [.. high.AggregateInfluence!.Of(f), .. low.AggregateInfluence!.Of(f)
                .Select(term => (-term.Coefficient, term.Term))])
            {
                Needs = Lorenz.Asking(from, to),
            },
        };
    }
}

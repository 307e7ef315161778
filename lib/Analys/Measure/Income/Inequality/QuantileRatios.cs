using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Inequality;

/// <summary>One quantile of income over another, such as P90/P10.</summary>
/// <remarks>Q(p) / Q(q). Undefined where Q(q) is not positive. Swedish: <i>percentilkvot</i>.</remarks>
internal static class QuantileRatio
{
    /// <summary>P90/P10.</summary>
    public static IncomeMeasure Measure { get; } = Of(0.9, 0.1);

    /// <summary>The measure for two quantiles.</summary>
    /// <param name="p">Above, such as 0.9.</param>
    /// <param name="q">Below, such as 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not between 0 and 1.</exception>
    public static IncomeMeasure Of(double p, double q)
    {
        if (!(p > 0 && p < 1)) throw new ArgumentOutOfRangeException(nameof(p), "A quantile is between 0 and 1.");
        if (!(q > 0 && q < 1)) throw new ArgumentOutOfRangeException(nameof(q), "A quantile is between 0 and 1.");
        return new IncomeMeasure(
            new Definition("quantile-ratio", "Quantile ratio", "Percentilkvot", "Q(p) / Q(q)", Units.Ratio, ValueRange.Any,
                "OECD Income Distribution Database, terms of reference"),
            (incomes, context) => incomes.Quantile(q, context.Quantiles) is > 0 and var low
                ? Quantity.Known(incomes.Quantile(p, context.Quantiles) / low)
                : Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow))
        {
            Place = 5,
            Numbers = new([new("p", "0.9", "The upper quantile of quantile-ratio"),
                new("q", "0.1", "The lower quantile of quantile-ratio")],
                numbers => [Of(numbers[0], numbers[1])]),
            Choices = Choices.Quantiles,
            Parameters = ImmutableSortedDictionary<string, string>.Empty
                .Add("p", p.ToString(CultureInfo.InvariantCulture)).Add("q", q.ToString(CultureInfo.InvariantCulture)),
            Positions = (incomes, context) =>
            {
                double high = incomes.Quantile(p, context.Quantiles), low = incomes.Quantile(q, context.Quantiles);
                return low > 0 ? [new(high, 1 / low), new(low, -high / (low * low))] : [];
            },
            Influence = (incomes, context, influence) =>
            {
                double high = incomes.Quantile(p, context.Quantiles), low = incomes.Quantile(q, context.Quantiles);
                var other = new double[influence.Length];
                QuantileInfluence.Of(incomes, p, context.Quantiles, influence);
                QuantileInfluence.Of(incomes, q, context.Quantiles, other);
                for (var i = 0; i < influence.Length; i++) influence[i] = (influence[i] / low) - (high * other[i] / (low * low));
            },
            Aggregate = new(f => f.Quantile(q) is > 0 and var low
                ? Quantity.Known(f.Quantile(p) / low)
                : Quantity.Undefined(IncomeQuintileShareRatio.NoIncomeBelow))
            {
                Quantiles = [(p, null), (q, null)],
            },
            AggregateInfluence = AggregateInfluence.OfQuantiles([p, q],
                (f, i) => i == 0 ? 1 / f.Quantile(q) : -f.Quantile(p) / (f.Quantile(q) * f.Quantile(q))),
        };
    }
}

/// <summary>S80/S20: the income of the richest fifth over that of the poorest fifth.</summary>
/// <remarks>
/// Eurostat's sums: Σ w y over y &gt; Q(0.8), over Σ w y over y ≤ Q(0.2). With few or tied incomes these are no fifths: of equal incomes
/// nobody is
/// above Q(0.8), and the ratio would be 0. Where it falls below the least that fifths can have, 1, persons on a cut are shared between the
/// fifths
/// instead, (1 − L(0.8)) / L(0.2) with L the Lorenz curve, which is never below it. Undefined where the poorest fifth has no positive
/// income. Swedish:
/// <i>kvintilkvot S80/S20</i>.
/// </remarks>
internal static class IncomeQuintileShareRatio
{
    /// <summary>Why the quotient does not exist.</summary>
    public const string NoIncomeBelow = "the poorest have no income";

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = Of(
        new Definition("income-quintile-share-ratio", "Income quintile share ratio S80/S20", "Kvintilkvot S80/S20",
            "S80/S20 = Σ w y [y > Q(0.8)] / Σ w y [y ≤ Q(0.2)]; below 1 persons on a cut are shared: (1 − L(0.8)) / L(0.2)", Units.Ratio,
            new ValueRange(1, double.PositiveInfinity),
            "Eurostat, ilc_di11; Commission Regulation (EC) 1980/2003; Langel & Tillé 2011, Statistica Neerlandica 65(3)"), 0.8, 0.2) with
    {
        Place = 4,
    };

    /// <summary>The income of those above one share of the population over that of those below another.</summary>
    internal static IncomeMeasure Of(Definition definition, double top, double bottom)
    {
        var least = definition.Range.Min;
        return new(definition, (incomes, context) =>
        {
            var (above, below, _) = Tails(incomes, top, bottom, context.Quantiles, least);
            return below <= 0 ? Quantity.Undefined(NoIncomeBelow) : Quantity.Known(Math.Max(least, above / below));
        })
        {
            Choices = Choices.Quantiles,
            NeedsNonNegative = true,
            Influence = (incomes, context, influence) => Influence(incomes, top, bottom, context.Quantiles, least, influence),
            Aggregate = Asking(top, bottom) with
            {
                Formula = f => Tails(f, top, bottom, least) is var tails && tails.Below <= 0 ? Quantity.Undefined(NoIncomeBelow)
                    : Quantity.Known(Math.Max(least, tails.Above / tails.Below)),
            },
            // (y − high)[y > high] = y − high − (y − high)[y ≤ high].
            AggregateInfluence = new(f =>
            {
                var (above, below, shared) = Tails(f, top, bottom, least);
                double high = shared ? Lorenz.Cut(f, top) : f.Quantile(top), low = shared ? Lorenz.Cut(f, bottom) : f.Quantile(bottom),
                    down = above / (below * below);
                return
                [
                    (1 / below, new Term(TermKind.Income)),
                    (-1 / below, new Term(TermKind.IncomeBelow, 0, high, PoorRule.AtOrBelow)),
                    (high / below, new Term(TermKind.Below, 0, high, PoorRule.AtOrBelow)),
                    (-down, new Term(TermKind.IncomeBelow, 0, low, PoorRule.AtOrBelow)),
                    (down * low, new Term(TermKind.Below, 0, low, PoorRule.AtOrBelow)),
                    ((-high * top / below) - (down * low * bottom), new Term(TermKind.One)),
                ];
            })
            {
                Needs = Asking(top, bottom),
                // Who stands at a cut goes to one side whole, and the poorest have little to divide by.
                Margin = 1.65,
            },
        };
    }

    private static AggregateForm Asking(double top, double bottom)
    {
        var points = Lorenz.Asking(top, bottom);
        return points with
        {
            Quantiles = [.. points.Quantiles, (top, null), (bottom, null)],
            Pivots = f => points.Pivots!(f).Concat([f.Quantile(bottom), f.Quantile(top)]),
        };
    }

    // The incomes of the two parts, and whether those on a cut are shared.
    private static (double Above, double Below, bool Shared) Tails(WeightedIncomes incomes, double top, double bottom, QuantileRule rule,
        double least)
    {
        double high = incomes.Quantile(top, rule), low = incomes.Quantile(bottom, rule);
        double above = incomes.From(incomes.CountPoor(high, PoorRule.AtOrBelow)).Sum(), below = incomes.Poor(low, PoorRule.AtOrBelow).Sum();
        return below <= 0 || above >= least * below ? (above, below, false)
            : (incomes.Sum() - Lorenz.Poorest(incomes, top), Lorenz.Poorest(incomes, bottom), true);
    }

    private static (double Above, double Below, bool Shared) Tails(Facts f, double top, double bottom, double least)
    {
        double above = f.IncomeAbove[f.Quantile(top)], below = f.AtOrBelow(f.Quantile(bottom)).Income;
        return below <= 0 || above >= least * below ? (above, below, false)
            : (f.Income - Lorenz.Poorest(f, top), Lorenz.Poorest(f, bottom), true);
    }

    // Langel & Tillé 2011: the quantiles' own densities cancel against the incomes at the cuts.
    private static void Influence(WeightedIncomes incomes, double top, double bottom, QuantileRule rule, double least,
        Span<double> influence)
    {
        var (above, below, shared) = Tails(incomes, top, bottom, rule, least);
        var cut = shared ? QuantileRule.Inverse : rule;
        double high = incomes.Quantile(top, cut), low = incomes.Quantile(bottom, cut);
        for (var i = 0; i < influence.Length; i++)
        {
            var y = incomes.Incomes[i];
            var byTop = (y > high ? y - high : 0) + (high * (1 - top));
            var byBottom = (y <= low ? y - low : 0) + (low * bottom);
            influence[i] = (byTop / below) - (above * byBottom / (below * below));
        }
    }
}

/// <summary>The income of the richest tenth over that of the poorest four tenths.</summary>
/// <remarks>Σ w y over y &gt; Q(0.9), over Σ w y over y ≤ Q(0.4); below the least that these parts can have, ¼, persons on a cut are shared
/// as in
/// S80/S20. Undefined where the poorest have no positive income. Swedish: <i>Palmakvot</i>.</remarks>
internal static class Palma
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = IncomeQuintileShareRatio.Of(
        new Definition("palma", "Palma ratio", "Palmakvot",
            "P = Σ w y [y > Q(0.9)] / Σ w y [y ≤ Q(0.4)]; below 1/4 persons on a cut are shared: (1 − L(0.9)) / L(0.4)", Units.Ratio,
            new ValueRange(0.25, double.PositiveInfinity), "Palma 2011, Development and Change 42(1)"), 0.9, 0.4) with
    {
        Place = 6,
    };
}

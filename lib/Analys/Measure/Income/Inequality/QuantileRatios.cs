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
            Numbers = new([new("p", "0.9", "The upper quantile of quantile-ratio"), new("q", "0.1", "The lower quantile of quantile-ratio")],
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
/// Σ w y over y &gt; Q(0.8), over Σ w y over y ≤ Q(0.2). Undefined where the poorest fifth has no positive income. Swedish: <i>kvintilkvot
/// S80/S20</i>.
/// </remarks>
internal static class IncomeQuintileShareRatio
{
    /// <summary>Why the quotient does not exist.</summary>
    public const string NoIncomeBelow = "the poorest have no income";

    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("income-quintile-share-ratio", "Income quintile share ratio S80/S20", "Kvintilkvot S80/S20",
            "S80/S20 = Σ w y [y > Q(0.8)] / Σ w y [y ≤ Q(0.2)]", Units.Ratio, ValueRange.NonNegative,
            "Eurostat, ilc_di11; Commission Regulation (EC) 1980/2003"),
        (incomes, context) => TailRatio(incomes, 0.8, 0.2, context.Quantiles))
    {
        Place = 4,
        Choices = Choices.Quantiles,
        Influence = (incomes, context, influence) => Influence(incomes, 0.8, 0.2, context.Quantiles, influence),
        Aggregate = Aggregate(0.8, 0.2),
        AggregateInfluence = AggregateInfluence(0.8, 0.2),
    };

    /// <summary>The income above one quantile over the income up to another.</summary>
    internal static Quantity TailRatio(WeightedIncomes incomes, double top, double bottom, QuantileRule rule)
    {
        var (_, _, above, below) = Tails(incomes, top, bottom, rule);
        return below <= 0 ? Quantity.Undefined(NoIncomeBelow) : Quantity.Known(above / below);
    }

    /// <summary>Its influence (Langel &amp; Tillé 2011): the quantiles' own densities cancel against the incomes at the cuts.</summary>
    internal static void Influence(WeightedIncomes incomes, double top, double bottom, QuantileRule rule, Span<double> influence)
    {
        var (high, low, above, below) = Tails(incomes, top, bottom, rule);
        for (var i = 0; i < influence.Length; i++)
        {
            var y = incomes.Incomes[i];
            var byTop = (y > high ? y - high : 0) + (high * (1 - top));
            var byBottom = (y <= low ? y - low : 0) + (low * bottom);
            influence[i] = (byTop / below) - (above * byBottom / (below * below));
        }
    }

    /// <summary>The same from aggregates.</summary>
    internal static AggregateForm Aggregate(double top, double bottom) => Asking(top, bottom) with
    {
        Terms = [(TermKind.Income, 0)],
        Formula = f => f.AtOrBelow(f.Quantile(bottom)).Income is > 0 and var below
            ? Quantity.Known(f.IncomeAbove[f.Quantile(top)] / below) : Quantity.Undefined(NoIncomeBelow),
    };

    /// <summary>Its influence from aggregates: (y − high)[y > high] = y − high − (y − high)[y ≤ high].</summary>
    internal static AggregateInfluence AggregateInfluence(double top, double bottom) => new(f =>
    {
        double high = f.Quantile(top), low = f.Quantile(bottom), below = f.AtOrBelow(low).Income, above = f.IncomeAbove[high];
        var down = above / (below * below);
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
    };

    private static AggregateForm Asking(double top, double bottom) => AggregateForm.Asking with
    {
        Quantiles = [(top, null), (bottom, null)],
        Pivots = f => [f.Quantile(bottom), f.Quantile(top)],
    };

    private static (double High, double Low, double Above, double Below) Tails(WeightedIncomes incomes, double top, double bottom,
        QuantileRule rule)
    {
        double high = incomes.Quantile(top, rule), low = incomes.Quantile(bottom, rule);
        return (high, low, incomes.From(incomes.CountPoor(high, PoorRule.AtOrBelow)).Sum(), incomes.Poor(low, PoorRule.AtOrBelow).Sum());
    }
}

/// <summary>The income of the richest tenth over that of the poorest four tenths.</summary>
/// <remarks>Σ w y over y &gt; Q(0.9), over Σ w y over y ≤ Q(0.4). Undefined where the poorest have no positive income. Swedish:
/// <i>Palmakvot</i>.</remarks>
internal static class Palma
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("palma", "Palma ratio", "Palmakvot", "P = Σ w y [y > Q(0.9)] / Σ w y [y ≤ Q(0.4)]", Units.Ratio,
            ValueRange.NonNegative, "Palma 2011, Development and Change 42(1)"),
        (incomes, context) => IncomeQuintileShareRatio.TailRatio(incomes, 0.9, 0.4, context.Quantiles))
    {
        Place = 6,
        Choices = Choices.Quantiles,
        Influence = (incomes, context, influence) => IncomeQuintileShareRatio.Influence(incomes, 0.9, 0.4, context.Quantiles, influence),
        Aggregate = IncomeQuintileShareRatio.Aggregate(0.9, 0.4),
        AggregateInfluence = IncomeQuintileShareRatio.AggregateInfluence(0.9, 0.4),
    };
}

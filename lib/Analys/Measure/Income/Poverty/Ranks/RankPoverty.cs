using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty.Ranks;

/// <summary>Sen's index with a chosen weight of ranks: the k-th power of the rank among the poor.</summary>
/// <remarks>
/// K(k) = H ∫ (1 − Q_p(t) / z) (k + 1) (1 − t)^k dt over the poor, Q_p their quantiles; the form that does not change when everybody is
/// doubled.
/// k = 0 is the poverty gap, k = 1 Sen's index. Swedish: <i>Kakwanis fattigdomsindex</i>.
/// </remarks>
internal static class KakwaniPoverty
{
    /// <summary>The measure with k = 2.</summary>
    public static IncomeMeasure Measure { get; } = Of(2);

    /// <summary>The measure.</summary>
    /// <param name="k">k, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 0.</exception>
    public static IncomeMeasure Of(double k)
    {
        if (!(k >= 0) || !double.IsFinite(k)) throw new ArgumentOutOfRangeException(nameof(k), "The power of the rank is 0 or above.");
        return new IncomeMeasure(
            new Definition("kakwani-poverty", "Kakwani's poverty index", "Kakwanis fattigdomsindex",
                "K(k) = H ∫ (1 − Q_p(t) / z) (k + 1) (1 − t)^k dt over the poor", Units.Index, ValueRange.NonNegative,
                "Kakwani 1980, Econometrica 48(2)"),
            (incomes, context) => Quantity.Known(Math.Max(0, Value(incomes, context, k))))
        {
            OnRequest = true,
            Choices = Choices.Line | Choices.Poor,
            Within = ValueRange.Unit,
            ByHeadcount = headcount => headcount,
            Numbers = new([new("rank-power", "2", "k of kakwani-poverty: 0 is the poverty gap, 1 Sen's index")], numbers =>
                [Of(numbers[0])]),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.Add("rank-power", k.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) =>
            {
                influence.Clear();
                var poor = incomes.Poor(context.Line, context.Poor);
                if (poor.IsEmpty) return;
                double value = Value(incomes, context, k), ranked = Ranked(poor, k), scale = 1 / (incomes.Total * context.Line);
                var own = influence[..poor.Incomes.Length];
                Inequality.Ranks.RankWeighted.Influence(poor, t => (k + 1) * Math.Pow(1 - t, k), own);
                // K = W_p (z − ∫) / (W z).
                for (var i = 0; i < influence.Length; i++)
                    influence[i] = (i < own.Length ? scale * (context.Line - ranked - (poor.Total * influence[i])) : 0)
                        - (value / incomes.Total);
            },
            Slope = (incomes, context) =>
            {
                var poor = incomes.Poor(context.Line, context.Poor);
                if (poor.IsEmpty) return 0;
                double line = context.Line, ranked = Ranked(poor, k);
                // Those who stand on the line become the last of the poor: their own gap is nothing, but all others' ranks rise.
                var last = Newcomer(poor, line, k);
                return (poor.Total * ranked / (incomes.Total * line * line))
                    + (QuantileInfluence.DensityAt(incomes, line) * (line - ranked - (poor.Total * last)) / line);
            },
        };
    }

    private static double Ranked(WeightedIncomes poor, double k) => Inequality.Ranks.RankWeighted.Value(poor, t =>
        1 - Math.Pow(1 - t, k + 1));

    private static double Value(WeightedIncomes incomes, MeasureContext context, double k)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        return poor.IsEmpty ? 0 : poor.Total * (context.Line - Ranked(poor, k)) / (incomes.Total * context.Line);
    }

    // How the ranked mean of the poor changes when somebody with the line as income joins them.
    private static double Newcomer(WeightedIncomes poor, double line, double k)
    {
        Compensated below = default, sum = default;
        for (var j = 0; j < poor.Incomes.Length; j++)
        {
            below.Add(poor.Weights[j]);
            double share = Math.Min(1, below.Value / poor.Total), next = j + 1 < poor.Incomes.Length ? poor.Incomes[j + 1] : line;
            sum.Add((next - poor.Incomes[j]) * (k + 1) * Math.Pow(1 - share, k) * share);
        }

        return sum.Value / poor.Total;
    }
}

/// <summary>Gini's index of incomes that are cut off at the line.</summary>
/// <remarks>T = G(min(y, z)). Swedish: <i>Takayamas fattigdomsindex</i>.</remarks>
internal static class Takayama
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("takayama", "Takayama's poverty index", "Takayamas fattigdomsindex", "T = G(min(y, z))", Units.Index,
            ValueRange.NonNegative,
            "Takayama 1979, Econometrica 47(3)"),
        (incomes, context) =>
        {
            var (maxima, sum) = Cut(incomes, context);
            return sum <= 0 ? Quantity.Undefined(Gini.NoIncome) : Quantity.Known(Math.Max(0, (maxima / (incomes.Total * sum)) - 1));
        })
    {
        OnRequest = true,
        Choices = Choices.Line | Choices.Poor,
        Within = ValueRange.Unit,
        ByHeadcount = headcount => headcount,
        Influence = (incomes, context, influence) =>
        {
            var (maxima, sum) = Cut(incomes, context);
            var quotient = maxima / (incomes.Total * sum);
            var poor = incomes.Poor(context.Line, context.Poor);
            var rich = incomes.Total - poor.Total;
            Gini.Maxima(poor, influence[..poor.Incomes.Length]);
            for (var i = 0; i < influence.Length; i++)
            {
                double y = Math.Min(incomes.Incomes[i], context.Line), own = i < poor.Incomes.Length
                    ? influence[i] + (rich * context.Line) : incomes.Total * context.Line;
                influence[i] = (2 * own / (incomes.Total * sum)) - (quotient * ((1 / incomes.Total) + (y / sum)));
            }
        },
        Slope = (incomes, context) =>
        {
            var (maxima, sum) = Cut(incomes, context);
            var poor = incomes.Poor(context.Line, context.Poor).Total;
            var rich = incomes.Total - poor;
            return ((((incomes.Total * incomes.Total) - (poor * poor)) / sum) - (maxima * rich / (sum * sum))) / incomes.Total;
        },
        Aggregate = new(f =>
        {
            double poor = f.Sums.PoorWeight, line = f.Context.Line;
            var sum = (line * (f.Weight - poor)) + (line * (poor - f.Sums.Gaps));
            var maxima = f.Maxima + (line * ((f.Weight * f.Weight) - (poor * poor)));
            return sum <= 0 ? Quantity.Undefined(Gini.NoIncome) : Quantity.Known(Math.Max(0, (maxima / (f.Weight * sum)) - 1));
        })
        {
            Maxima = MaximaOf.Poor,
        },
    };

    private static (double Maxima, double Sum) Cut(WeightedIncomes incomes, MeasureContext context)
    {
        var poor = incomes.Poor(context.Line, context.Poor);
        return (poor.SumOfMaxima() + (context.Line * ((incomes.Total * incomes.Total) - (poor.Total * poor.Total))),
            poor.Sum() + (context.Line * (incomes.Total - poor.Total)));
    }
}

/// <summary>Thon's index: everyone's gaps, weighted by rank among all.</summary>
/// <remarks>
/// T = 2 Σ g_i (n + 1 − i) / (n (n + 1)) over the poor, g the gap over the line, i the rank from the poorest: with weights as numbers of
/// persons
/// (W SST + P1) / (W + 1), which comes to the Sen-Shorrocks-Thon index as the population grows. Swedish: <i>Thons fattigdomsindex</i>.
/// </remarks>
internal static class Thon
{
    /// <summary>The measure.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("thon", "Thon's poverty index", "Thons fattigdomsindex",
            "T = 2 Σ g (n + 1 − rank) / (n (n + 1)) = (n SST + P1) / (n + 1)",
            Units.Index, ValueRange.NonNegative, "Thon 1979, Review of Income and Wealth 25(4)"),
        (incomes, context) => Quantity.Known(Value(incomes.Total, SenShorrocksThon.Measure.Of(incomes, context).Number,
            Fgt.Gap.Of(incomes, context).Number)))
    {
        OnRequest = true,
        Choices = Choices.Line | Choices.Poor,
        Within = ValueRange.Unit,
        ByHeadcount = headcount => headcount * (2 - headcount),
        Influence = (incomes, context, influence) =>
        {
            double n = incomes.Total, sst = SenShorrocksThon.Measure.Of(incomes, context).Number, gap = Fgt.Gap.Of(incomes, context).Number;
            var gaps = new double[influence.Length];
            SenShorrocksThon.Measure.Influence!(incomes, context, influence);
            Fgt.Gap.Influence!(incomes, context, gaps);
            for (var i = 0; i < influence.Length; i++) influence[i] = Value(n, influence[i], gaps[i]) + ((sst - gap) / ((n + 1) * (n + 1)));
        },
        Slope = (incomes, context) =>
            Value(incomes.Total, SenShorrocksThon.Measure.Slope!(incomes, context), Fgt.Gap.Slope!(incomes, context)),
        Aggregate = new(f => Quantity.Known(Value(f.Weight, SenShorrocksThon.Measure.Aggregate!.Formula(f).Number, f.Sums.Gaps / f.Weight)))
        {
            Maxima = MaximaOf.Poor,
        },
    };

    private static double Value(double n, double sst, double gap) => ((n * sst) + gap) / (n + 1);
}

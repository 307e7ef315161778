using Analys.Measure.Source;
using Analys.Measure.Study.Beside;

namespace Analys.Measure.Income.Inequality.Joint;

/// <summary>How another number of persons is spread over the ranks of income: −1 where the poorest has all of it, 1 where the richest
/// has.</summary>
/// <remarks>C = 2 cov(h, R) / μ_h, R the rank by income, in the middle of those of one income. Of income itself it is Gini's index.
/// Undefined where
/// the mean of h is not positive. Swedish: <i>koncentrationsindex</i>.</remarks>
internal static class ConcentrationIndex
{
    /// <summary>Why it does not exist.</summary>
    public const string NoMean = "the mean of what is spread over the ranks is not positive";

    /// <summary>The measure; a call names the column with <c>--outcome</c>.</summary>
    public static IncomeMeasure Measure { get; } = new(
        new Definition("concentration-index", "Concentration index", "Koncentrationsindex", "C = 2 cov(h, R) / μ_h, R the rank by income",
            Units.Index,
            new ValueRange(-1, 1), "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77(1)"),
        (incomes, _) => Value(incomes) is { } value ? Quantity.Known(value) : Quantity.Undefined(NoMean))
    {
        OnRequest = true,
        Concept = BesideColumn.Joint(0),
        Influence = (incomes, _, influence) => Influence(incomes, influence),
        Bind = persons => Bound.Each(persons, Besides.Outcome,
            "concentration-index needs what is ranked by income: name its column with --outcome.",
            (column, place) => Measure! with
            {
                Concept = BesideColumn.Joint(place),
                Parameters = Measure.Parameters.Add("outcome", column.Name),
            }),
    };

    /// <summary>The concentration coefficient of what stands beside the incomes; null where its mean is not positive.</summary>
    public static double? Value(WeightedIncomes incomes) =>
        Compensated.Dot(incomes.Beside, incomes.Weights) is > 0 and var sum ? (2 * Ranked(incomes) / sum) - 1 : null;

    /// <summary>Its derivative by each weight.</summary>
    public static void Influence(WeightedIncomes incomes, Span<double> influence)
    {
        influence.Clear();
        var sum = Compensated.Dot(incomes.Beside, incomes.Weights);
        if (!(sum > 0)) return;
        double ranked = Ranked(incomes), total = incomes.Total;
        Compensated below = default, lower = default;
        for (var i = 0; i < influence.Length;)
        {
            var (j, before, less) = (i, below.Value, lower.Value);
            for (; j < influence.Length && incomes.Incomes[j] == incomes.Incomes[i]; j++)
            {
                below.Add(incomes.Weights[j]);
                lower.Add(incomes.Weights[j] * incomes.Beside[j]);
            }

            // One's own rank, and what one adds to the ranks of those above and beside.
            double rank = (before + below.Value) / (2 * total), pushed = (sum - ((less + lower.Value) / 2)) / total;
            for (; i < j; i++)
            {
                var by = (incomes.Beside[i] * rank) + pushed - (ranked / total);
                influence[i] = (2 * by / sum) - (2 * ranked * incomes.Beside[i] / (sum * sum));
            }
        }
    }

    // Σ w h R.
    private static double Ranked(WeightedIncomes incomes)
    {
        Compensated below = default, sum = default;
        for (var i = 0; i < incomes.Incomes.Length;)
        {
            var (j, before) = (i, below.Value);
            for (; j < incomes.Incomes.Length && incomes.Incomes[j] == incomes.Incomes[i]; j++) below.Add(incomes.Weights[j]);
            var rank = (before + below.Value) / (2 * incomes.Total);
            for (; i < j; i++) sum.Add(incomes.Weights[i] * incomes.Beside[i] * rank);
        }

        return sum.Value;
    }
}

/// <summary>What each source of income has to do with Gini's index: G = Σ_k S_k G_k R_k.</summary>
/// <remarks>S_k the source's share of income, G_k its own Gini, R_k the correlation of its rank with that of income. The effect of one
/// percent more
/// of the source on the index is S_k (R_k G_k / G − 1) percent. A call names the columns with <c>--sources</c>. Swedish: <i>Gini efter
/// inkomstslag</i>.</remarks>
internal static class GiniBySource
{
    private const string Paper = "Lerman & Yitzhaki 1985, Review of Economics and Statistics 67(1)";

    /// <summary>S_k.</summary>
    public static IncomeMeasure Share { get; } = Of(new("gini-source-share", "Share of a source in income", "Inkomstslagets andel",
        "S_k = Σ w x_k / Σ w y", Units.Share, ValueRange.Any, Paper), static parts => parts.Share);

    /// <summary>G_k.</summary>
    public static IncomeMeasure Own { get; } = Of(new("gini-source-gini", "Gini coefficient of a source", "Inkomstslagets Gini",
        "G_k, the Gini of x_k", Units.Index, ValueRange.NonNegative, Paper), static parts => parts.Own);

    /// <summary>R_k.</summary>
    public static IncomeMeasure Correlation { get; } = Of(new("gini-source-correlation", "Gini correlation of a source with income",
        "Inkomstslagets Ginikorrelation", "R_k = cov(x_k, R) / cov(x_k, R_k)", Units.Index, new ValueRange(-1, 1), Paper),
        static parts => parts.Concentration.Over(parts.Own));

    /// <summary>S_k G_k R_k / G.</summary>
    public static IncomeMeasure Contribution { get; } = Of(new("gini-source-contribution", "Contribution of a source to the Gini",
        "Inkomstslagets bidrag till Gini", "S_k G_k R_k / G; they add up to 1 where the sources make up the income", Units.Share,
            ValueRange.Any, Paper),
        static parts => parts.Share.Times(parts.Concentration).Over(parts.Whole));

    /// <summary>S_k (G_k R_k / G − 1).</summary>
    public static IncomeMeasure Effect { get; } = Of(new("gini-source-effect", "Effect of a percent more of a source on the Gini",
        "Effekt på Gini av en procent mer av inkomstslaget", "S_k (G_k R_k / G − 1), percent per percent", Units.Index, ValueRange.Any,
            Paper),
        static parts => parts.Share.Times(parts.Concentration.Over(parts.Whole).Plus(-1)));

    private static IncomeMeasure Of(Definition definition, Func<Sources, Moving> of)
    {
        return Of(0, []);

        IncomeMeasure Of(int place, KeyValuePair<string, string>[] parameters) => new(definition, (incomes, _) =>
            Parts(incomes, false) is { } parts && of(parts).Value is var value && double.IsFinite(value)
                ? Quantity.Known(value) : Quantity.Undefined("the mean of the source, or of income, is not positive"))
        {
            OnRequest = true,
            Concept = BesideColumn.Joint(place),
            Parameters = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.AddRange(parameters),
            Influence = (incomes, _, influence) =>
            {
                influence.Clear();
                if (Parts(incomes, true) is { } parts) of(parts).Influence.CopyTo(influence);
            },
            Bind = persons => Bound.Each(persons, Besides.Source,
                $"{definition.Id} needs the sources of income: name their columns with --sources.",
                (column, at) => Of(at, [new("source", column.Name)])),
        };
    }

    private static Sources? Parts(WeightedIncomes incomes, bool withInfluence)
    {
        double sum = incomes.Sum(), own = Compensated.Dot(incomes.Beside, incomes.Weights);
        if (!(sum > 0) || !(own > 0) || ConcentrationIndex.Value(incomes) is not { } concentration) return null;
        double[] x = incomes.Beside.ToArray(), weights = incomes.Weights.ToArray();
        var order = IncomeOrder.Of(x);
        var sorted = new WeightedIncomes(order.Select(i => x[i]).ToArray(), order.Select(i => weights[i]).ToArray());
        var n = withInfluence ? x.Length : 0;
        double[] byShare = new double[n], byConcentration = new double[n], byOwn = new double[n], byWhole = new double[n],
            turned = new double[n];
        if (withInfluence)
        {
            for (var i = 0; i < n; i++) byShare[i] = (x[i] - (own / sum * incomes.Incomes[i])) / sum;
            ConcentrationIndex.Influence(incomes, byConcentration);
            Gini.Measure.Influence!(incomes, new MeasureContext(), byWhole);
            Gini.Measure.Influence!(sorted, new MeasureContext(), turned);
            for (var i = 0; i < n; i++) byOwn[order[i]] = turned[i];
        }

        return new(new(own / sum, byShare), new(concentration, byConcentration),
            new(Gini.Formula(sorted, new MeasureContext()).Number, byOwn), new(Gini.Formula(incomes, new MeasureContext()).Number,
                byWhole));
    }

    private sealed record Sources(Moving Share, Moving Concentration, Moving Own, Moving Whole);

    // A value with its derivative by each weight.
    private sealed record Moving(double Value, double[] Influence)
    {
        public Moving Times(Moving other) => new(Value * other.Value,
            [.. Influence.Select((by, i) => (by * other.Value) + (Value * other.Influence[i]))]);

        public Moving Over(Moving other) => new(Value / other.Value,
            [.. Influence.Select((by, i) => (by - (Value / other.Value * other.Influence[i])) / other.Value)]);

        public Moving Plus(double number) => this with { Value = Value + number };
    }
}

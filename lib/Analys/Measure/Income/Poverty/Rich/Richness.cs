using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;

namespace Analys.Measure.Income.Poverty.Rich;

/// <summary>Richness: the mirror of poverty above a line of affluence, ρ, a multiple of the poverty line (10/3 where a call says nothing:
/// 200 % of
/// the median where poverty is below 60 %).</summary>
/// <remarks>Headcount R(0) = Σ w [y > ρ] / Σ w. Concave: Σ w (1 − (ρ/y)^β) [y > ρ] / Σ w, which a transfer among the rich towards the less
/// rich
/// raises. Convex: Σ w ((y − ρ)/ρ)^β [y > ρ] / Σ w, which it lowers. Swedish: <i>rikedom</i>.</remarks>
internal static class Richness
{
    private const double Usual = 10 / 3.0;

    private const string Paper = "Peichl, Schaefer & Scheicher 2010, Review of Income and Wealth 56(3)";

    /// <summary>The share above the line of affluence.</summary>
    public static IncomeMeasure Headcount { get; } = HeadcountAbove(Usual);

    /// <summary>The concave index with β = 0.3.</summary>
    public static IncomeMeasure Concave { get; } = ConcaveAbove(Usual, 0.3);

    /// <summary>The convex index with β = 2.</summary>
    public static IncomeMeasure Convex { get; } = ConvexAbove(Usual, 2);

    private static MeasureOption Line =>
        new("affluence", Usual.ToString("R", CultureInfo.InvariantCulture),
            "The line of affluence as a multiple of the poverty line, for richness");

    private static IncomeMeasure HeadcountAbove(double multiple) => Of(
        new Definition("richness-headcount", "Share of the rich", "Andel rika", "Σ w [y > ρ] / Σ w, ρ a multiple of the poverty line",
            Units.Share,
            ValueRange.Unit, Paper), multiple, 0, (_, _) => 1, (_, _) => 0) with
    {
        IsPoorShare = true,
        SumPower = 0,
        Slope = (incomes, context) => -QuantileInfluence.DensityAt(incomes, context.Line),
        Aggregate = AggregateForm.OfSums,
        AggregateInfluence = new(f =>
            [(-1 / f.Weight, new Term(TermKind.Below, 0, f.Context.Line, PoorRule.AtOrBelow)),
                ((1 - (Math.Min(f.Sums.PoorWeight, f.Weight) / f.Weight)) / f.Weight, new Term(TermKind.One))])
        {
            Densities = f => [(f.Context.Line, false)],
            Slope = f => -f.Densities[(f.Context.Line, false)],
        },
        Numbers = new([Line], numbers => [HeadcountAbove(numbers[0])]),
    };

    private static IncomeMeasure ConcaveAbove(double multiple, double beta) => Of(
        new Definition("richness-concave", "Concave richness index", "Rikedomsindex, konkavt", "Σ w (1 − (ρ / y)^β) [y > ρ] / Σ w",
            Units.Index,
            ValueRange.Unit, Paper), multiple, beta, (y, line) => 1 - Math.Pow(line / y, beta), (y, line) =>
                -beta * Math.Pow(line / y, beta) / line) with
    {
        Numbers = new([Line, new("concave-beta", "0.3", "β of richness-concave, above 0")], numbers =>
            [ConcaveAbove(numbers[0], Positive(numbers[1]))]),
    };

    private static IncomeMeasure ConvexAbove(double multiple, double beta) => Of(
        new Definition("richness-convex", "Convex richness index", "Rikedomsindex, konvext", "Σ w ((y − ρ) / ρ)^β [y > ρ] / Σ w",
            Units.Index,
            ValueRange.NonNegative, Paper), multiple, beta, (y, line) => Math.Pow((y - line) / line, beta),
        (y, line) => -beta * Math.Pow((y - line) / line, beta - 1) * y / (line * line)) with
    {
        Numbers = new([Line, new("convex-beta", "2", "β of richness-convex, 1 or above")],
            numbers => [ConvexAbove(numbers[0], numbers[1] >= 1 ? numbers[1] : throw new ArgumentOutOfRangeException(nameof(numbers)))]),
    };

    private static double Positive(double beta) => beta > 0 ? beta : throw new ArgumentOutOfRangeException(nameof(beta), "β is above 0.");

    private static IncomeMeasure Of(Definition definition, double multiple, double beta, Func<double, double, double> term,
        Func<double, double, double> slope)
    {
        if (!(multiple > 0)) throw new ArgumentOutOfRangeException(nameof(multiple), "The line of affluence is above 0.");
        var parameters = ImmutableSortedDictionary<string, string>.Empty.Add("affluence",
            multiple.ToString("R", CultureInfo.InvariantCulture));
        return new IncomeMeasure(definition, (incomes, context) => Quantity.Known(Mean(incomes, context.Line, term)))
        {
            OnRequest = true,
            Choices = Choices.Line,
            LineFactor = multiple,
            CountsAbove = true,
            Within = ValueRange.Unit,
            Parameters = beta == 0 ? parameters : parameters.Add("beta", beta.ToString(CultureInfo.InvariantCulture)),
            Influence = (incomes, context, influence) =>
            {
                var value = Mean(incomes, context.Line, term);
                for (var i = 0; i < influence.Length; i++)
                {
                    var y = incomes.Incomes[i];
                    influence[i] = ((y > context.Line ? term(y, context.Line) : 0) - value) / incomes.Total;
                }
            },
            Slope = (incomes, context) => Mean(incomes, context.Line, slope),
        };
    }

    private static double Mean(WeightedIncomes incomes, double line, Func<double, double, double> term)
    {
        var sum = default(Compensated);
        for (var i = incomes.CountPoor(line, PoorRule.AtOrBelow); i < incomes.Incomes.Length; i++) sum.Add(incomes.Weights[i]
            * term(incomes.Incomes[i], line));
        return sum.Value / incomes.Total;
    }
}

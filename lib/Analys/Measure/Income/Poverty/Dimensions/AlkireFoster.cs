using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Source;
using Analys.Measure.Study.Beside;

namespace Analys.Measure.Income.Poverty.Dimensions;

/// <summary>Poverty in several dimensions: persons are poor who are deprived in at least a share <c>--cutoff</c> of the weights of
/// <c>--dimensions</c>.</summary>
/// <remarks>
/// H, the share of the poor; A, the mean share of dimensions in which the poor are deprived; M0 = H A. M1 and M2 count the gap to the
/// cutoff of a
/// dimension, or its square, in the place of 1. The censored headcount of a dimension is the share of persons who are poor and deprived in
/// it: M0
/// is the weighted mean of these, and w_j h_j / M0 the dimension's part (<see cref="Contribution"/>); the parts add up to 1. Persons who
/// are not known in a dimension are left out. Swedish: <i>flerdimensionell fattigdom</i>.
/// </remarks>
internal static class AlkireFoster
{
    private const string Paper = "Alkire & Foster 2011, Journal of Public Economics 95(7-8)";

    private const string Needs =
        "The measure needs what counts as deprived: name it with --dimensions, such as income<120000,education<=2.";

    /// <summary>H.</summary>
    public static IncomeMeasure Headcount { get; } = Share(new("multidimensional-headcount", "Multidimensional headcount",
        "Flerdimensionell fattigdomsandel",
        "H = Σ w [c ≥ k] / Σ w, c the share of dimensions in which a person is deprived", Units.Share, ValueRange.Unit, Paper),
        Study.Beside.Dimensions.Score, cutoff => -(cutoff - 1e-9), "multidimensionally poor");

    /// <summary>A.</summary>
    public static IncomeMeasure Intensity { get; } = Scored(new("multidimensional-intensity", "Intensity of multidimensional poverty",
        "Den flerdimensionella fattigdomens intensitet", "A = Σ w c [c ≥ k] / Σ w [c ≥ k]", Units.Share, ValueRange.Unit, Paper),
            ofPoor: true);

    /// <summary>M0.</summary>
    public static IncomeMeasure Adjusted { get; } = Scored(new("multidimensional-poverty", "Adjusted multidimensional headcount (M0)",
        "Justerad flerdimensionell fattigdom (M0)", "M0 = H A = Σ w c [c ≥ k] / Σ w", Units.Index, ValueRange.Unit, Paper), ofPoor: false);

    /// <summary>M1.</summary>
    public static IncomeMeasure Gap { get; } = Mean(new("multidimensional-gap", "Adjusted multidimensional poverty gap (M1)",
        "Flerdimensionellt fattigdomsgap (M1)", "M1: M0 with the gap (z − x) / z in each dimension", Units.Index, ValueRange.NonNegative,
            Paper),
        Study.Beside.Dimensions.Gap);

    /// <summary>M2.</summary>
    public static IncomeMeasure Severity { get; } = Mean(new("multidimensional-severity", "Adjusted multidimensional squared gap (M2)",
        "Flerdimensionell svårighetsgrad (M2)", "M2: M0 with the squared gap in each dimension", Units.Index, ValueRange.NonNegative,
            Paper),
        Study.Beside.Dimensions.SquaredGap);

    /// <summary>Those deprived in a dimension.</summary>
    public static IncomeMeasure Uncensored { get; } = Share(new("dimension-headcount", "Deprived in a dimension",
        "Andel som saknar i en dimension",
        "Σ w [x < z] / Σ w", Units.Share, ValueRange.Unit, Paper), Study.Beside.Dimensions.Raw, _ => -0.5, "deprived");

    /// <summary>Those deprived in a dimension among the poor.</summary>
    public static IncomeMeasure Censored { get; } = Share(new("dimension-censored-headcount", "Poor and deprived in a dimension",
        "Fattiga som saknar i en dimension", "h_j = Σ w [x < z][c ≥ k] / Σ w", Units.Share, ValueRange.Unit, Paper),
            Study.Beside.Dimensions.Censored,
        _ => -0.5, "poor and deprived");

    /// <summary>What a dimension adds to M0.</summary>
    public static IncomeMeasure Contribution { get; } = Part(new("dimension-contribution", "A dimension's part of M0",
        "En dimensions del av M0", "w_j h_j / M0, w_j the dimension's share of the weights", Units.Share, ValueRange.Unit, Paper));

    /// <summary>Bourguignon and Chakravarty's index with α = 1 and the call's θ (1 where it says nothing): the mean of the weighted sum of
    /// gaps, of everyone who is deprived in anything.</summary>
    public static IncomeMeasure BourguignonChakravarty { get; } = Summed(1);

    private static IncomeMeasure Summed(double alpha)
    {
        return alpha >= 0 ? Mean(new("bourguignon-chakravarty", "Bourguignon and Chakravarty's index",
            "Bourguignon och Chakravartys index",
            "Σ w (Σ_j a_j max(0, 1 − x_j / z_j)^θ)^(α / θ) / Σ w, a_j shares of the weights", Units.Index, ValueRange.NonNegative,
            "Bourguignon & Chakravarty 2003, Journal of Economic Inequality 1(1)"), Study.Beside.Dimensions.Sum, alpha) with
        {
            Numbers = new([new("deprivation-power", "1", "α of bourguignon-chakravarty, 0 or above")], numbers => [Summed(numbers[0])]),
        } : throw new ArgumentOutOfRangeException(nameof(alpha), "α is 0 or above.");
    }

    private static IncomeMeasure Share(Definition definition, string role, Func<double, double> line, string whom)
    {
        return Of(0, 0.5, []);

        IncomeMeasure Of(int place, double own, KeyValuePair<string, string>[] parameters)
        {
            var context = new MeasureContext(own, Poor: PoorRule.AtOrBelow);
            return new(definition, (incomes, _) => Fgt.Headcount.Formula(incomes, context))
            {
                OnRequest = true,
                Concept = BesideColumn.Own(place),
                OwnLine = own,
                IsPoorShare = true,
                SumPower = 0,
                CountsNamed = whom,
                Parameters = ImmutableSortedDictionary<string, string>.Empty.AddRange(parameters),
                Influence = (incomes, _, influence) => Fgt.Headcount.Influence!(incomes, context, influence),
                Bind = persons => Bound.Each(persons, role, Needs, (column, at) => Of(at, line(persons.Cutoff), Named(persons, column))),
            };
        }
    }

    private static IncomeMeasure Scored(Definition definition, bool ofPoor)
    {
        return Of(0, 0.5, []);

        // −c of those at or below −k.
        IncomeMeasure Of(int place, double cutoff, KeyValuePair<string, string>[] parameters) => new(definition, (incomes, _) =>
        {
            var poor = incomes.Poor(-(cutoff - 1e-9), PoorRule.AtOrBelow);
            return ofPoor && poor.IsEmpty ? Quantity.Undefined("nobody is poor")
                : Quantity.Known(-poor.Sum() / (ofPoor ? poor : incomes).Total);
        })
        {
            OnRequest = true,
            Concept = BesideColumn.Own(place),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.AddRange(parameters),
            Influence = (incomes, _, influence) =>
            {
                influence.Clear();
                var poor = incomes.Poor(-(cutoff - 1e-9), PoorRule.AtOrBelow);
                if (poor.IsEmpty) return;
                var total = (ofPoor ? poor : incomes).Total;
                var value = -poor.Sum() / total;
                for (var i = 0; i < (ofPoor ? poor : incomes).Incomes.Length; i++)
                    influence[i] = ((i < poor.Incomes.Length ? -incomes.Incomes[i] : 0) - value) / total;
            },
            Bind = persons => Bound.Each(persons, Study.Beside.Dimensions.Score, Needs, (column, at) =>
                Of(at, persons.Cutoff, Named(persons, column))),
        };
    }

    private static IncomeMeasure Part(Definition definition)
    {
        return Of(0, 1, []);

        // c of the poor, −c of those of them who are deprived in the dimension.
        IncomeMeasure Of(int place, double factor, KeyValuePair<string, string>[] parameters) => new(definition, (incomes, _) =>
        {
            var (own, all) = Sums(incomes);
            return all > 0 ? Quantity.Known(Math.Min(1, factor * own / all)) : Quantity.Undefined("nobody is poor");
        })
        {
            OnRequest = true,
            Concept = BesideColumn.Own(place),
            Parameters = ImmutableSortedDictionary<string, string>.Empty.AddRange(parameters),
            Influence = (incomes, _, influence) =>
            {
                influence.Clear();
                var (own, all) = Sums(incomes);
                if (!(all > 0)) return;
                for (var i = 0; i < influence.Length; i++)
                {
                    var score = incomes.Incomes[i];
                    influence[i] = ((score < 0 ? factor : 0) - (factor * own / all * Math.Abs(score))) / all;
                }
            },
            Bind = persons => Bound.Each(persons, Study.Beside.Dimensions.Part, Needs, (column, at) =>
                Of(at, column.Factor, Named(persons, column))),
        };

        static (double Own, double All) Sums(WeightedIncomes incomes)
        {
            Compensated own = default, all = default;
            for (var i = 0; i < incomes.Incomes.Length; i++)
            {
                all.Add(incomes.Weights[i] * Math.Abs(incomes.Incomes[i]));
                if (incomes.Incomes[i] < 0) own.Add(incomes.Weights[i]);
            }

            return (own.Value, all.Value);
        }
    }

    private static IncomeMeasure Mean(Definition definition, string role, double power = 1)
    {
        return Of(0, []);

        IncomeMeasure Of(int place, KeyValuePair<string, string>[] parameters) => new(definition, (incomes, _) =>
            Quantity.Known(Value(incomes)))
        {
            OnRequest = true,
            Concept = BesideColumn.Own(place),
            Within = ValueRange.Unit,
            Parameters = ImmutableSortedDictionary<string, string>.Empty.AddRange(parameters),
            Influence = (incomes, _, influence) =>
            {
                var value = Value(incomes);
                for (var i = 0; i < influence.Length; i++) influence[i] = (Raised(incomes.Incomes[i]) - value) / incomes.Total;
            },
            Bind = persons => Bound.Each(persons, role, Needs, (column, at) => Of(at, [.. Named(persons, column), .. Powers(persons)])),
        };

        IEnumerable<KeyValuePair<string, string>> Powers(PersonTable persons)
        {
            if (power != 1) yield return new("deprivation-power", power.ToString(CultureInfo.InvariantCulture));
            if (role == Study.Beside.Dimensions.Sum && persons.Substitution != 1)
                yield return new("substitution", persons.Substitution.ToString(CultureInfo.InvariantCulture));
        }

        double Value(WeightedIncomes incomes)
        {
            var sum = default(Compensated);
            for (var i = 0; i < incomes.Incomes.Length; i++) sum.Add(incomes.Weights[i] * Raised(incomes.Incomes[i]));
            return sum.Value / incomes.Total;
        }

        // Somebody without any gap is not poor, whatever the power.
        double Raised(double sum) => sum <= 0 ? 0 : power == 1 ? sum : Math.Pow(sum, power);
    }

    private static KeyValuePair<string, string>[] Named(PersonTable persons, BesideColumn column) =>
        [new("cutoff", persons.Cutoff.ToString(CultureInfo.InvariantCulture)), new("dimension", column.Name)];
}

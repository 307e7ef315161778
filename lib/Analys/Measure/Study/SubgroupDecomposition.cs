using Analys.Measure.Income;
using Analys.Measure.Income.Inequality;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;

namespace Analys.Measure.Study;

/// <summary>How much of a poverty or inequality index each group, and the differences between groups, account for.</summary>
/// <remarks>
/// FGT: P = Σ_g (W_g / W) P_g. Theil: T = Σ_g s_g T_g + Σ_g s_g ln(μ_g / μ), s_g the group's share of all income. MLD: L = Σ_g v_g L_g +
/// Σ_g v_g ln(μ / μ_g), v_g the group's share of all persons. Sources: Foster, Greer &amp; Thorbecke 1984; Shorrocks 1980.
/// </remarks>
internal static class SubgroupDecomposition
{
    /// <summary>The part of poverty that is a group's: (W_g / W) P_g / P.</summary>
    public static Definition PovertyContribution { get; } = new(
        "subgroup-contribution", "Contribution of a group to poverty", "Gruppens bidrag till fattigdomen", "(W_g / W) P_g(α) / P(α)",
        Units.Share, ValueRange.Any, "Foster, Greer & Thorbecke 1984, Econometrica 52(3)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The inequality within groups.</summary>
    public static Definition Within { get; } = new(
        "within-groups", "Inequality within groups", "Ojämlikhet inom grupper",
        "Σ_g s_g I_g, s_g the share of income (Theil) or of persons (MLD)", Units.Index, ValueRange.NonNegative,
        "Shorrocks 1980, Econometrica 48(3)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>The inequality between groups.</summary>
    public static Definition Between { get; } = new(
        "between-groups", "Inequality between groups", "Ojämlikhet mellan grupper",
        "Σ_g s_g ln(μ_g / μ) (Theil), Σ_g v_g ln(μ / μ_g) (MLD)", Units.Index, ValueRange.NonNegative,
        "Shorrocks 1980, Econometrica 48(3)")
    {
        Tells = Tells.Amount,
    };

    /// <summary>The contributions of the groups of a breakdown to an FGT index, and the Theil index and mean log deviation within and
    /// between them.</summary>
    /// <param name="study">The persons, with one breakdown, and the choices; incomes of zero and below are left out of Theil and
    /// MLD.</param>
    /// <param name="alpha">α of the FGT index.</param>
    /// <exception cref="ArgumentException">There is not one breakdown.</exception>
    public static Results Of(IncomeStudy study, double alpha = 1)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Persons.Breakdowns.Length != 1)
            throw new ArgumentException("A decomposition needs one breakdown: its groups are what the index is divided among.",
                nameof(study));
        // A person without a group would be in no part: the parts would not add up.
        var codes = study.Persons.Breakdowns[0].Codes;
        if (codes.Span.Contains(-1))
            study = study
                with
            { Persons = study.Persons.Pick([.. Enumerable.Range(0, study.Persons.Count).Where(row => codes.Span[row] >= 0)]) };

        return Of(new Part(study, (own, _) => own), new Part(PositiveOnly(study), (own, _) => own), alpha);
    }

    /// <summary>The same, wherever the aggregates come from.</summary>
    /// <param name="everyone">All who have a group.</param>
    /// <param name="positive">Those of them whose income is above zero.</param>
    /// <param name="alpha">α of the FGT index.</param>
    internal static Results Of(Part everyone, Part positive, double alpha)
    {
        var study = everyone.Study;
        var fgt = Fgt.Of(alpha);
        var poverty = everyone.Run([fgt, Mean.Measure]);
        var inequality = positive.Run([Mean.Measure, GeneralisedEntropy.Theil, GeneralisedEntropy.MeanLogDeviation]);
        var weights = new WeightTable(everyone);
        var rows = new List<Result>();
        foreach (var whole in poverty.Where(result => result.Measure == fgt.Definition && IsWhole(study, result)))
        {
            foreach (var part in poverty.Where(result => result.Measure == fgt.Definition && !IsWhole(study, result)
                && SamePlace(study, result, whole) && result.Parameters.SequenceEqual(whole.Parameters)))
            {
                var share = weights.Of(part) / weights.Of(whole);
                rows.Add(part with
                {
                    Measure = PovertyContribution,
                    Value = !part.Value.HasNumber ? Quantity.Known(0)
                    : Quantity.Ratio(share * part.Value.Number, whole.Value.HasNumber ? whole.Value.Number : 0, "nobody is poor"),
                });
            }
        }

        rows.AddRange(Inequality(positive, inequality));
        return new Results(rows, study.Persons.Confidentiality, study.Persons.Provenance.With("decomposed by group"));
    }

    private static IEnumerable<Result> Inequality(Part part, Results results)
    {
        var study = part.Study;
        var weights = new WeightTable(part);
        foreach (var whole in results.Where(result => result.Measure.Id is "theil" or "mean-log-deviation" && IsWhole(study, result)
            && result.Value.HasNumber))
        {
            var mean = results.Single(result => result.Measure.Id == "mean" && IsWhole(study, result) && result.Period == whole.Period
                && result.Population == whole.Population).Value.Number;
            double within = 0, between = 0;
            foreach (var group in results.Where(result => result.Measure == whole.Measure && !IsWhole(study, result)
                && result.Value.HasNumber && SamePlace(study, result, whole)))
            {
                var own = results.Single(result => result.Measure.Id == "mean" && result.Area == group.Area
                    && result.Population == group.Population && result.Period == group.Period).Value.Number;
                var persons = weights.Of(group) / weights.Of(whole);
                var share = whole.Measure.Id == "theil" ? persons * own / mean : persons;
                within += share * group.Value.Number;
                between += share * (whole.Measure.Id == "theil" ? Math.Log(own / mean) : Math.Log(mean / own));
            }

            var parameters = whole.Parameters.SetItem("of", whole.Measure.Id).SetItem("by", study.Persons.Breakdowns[0].Name);
            yield return whole with { Measure = Within, Value = Quantity.Known(Math.Max(0, within)), Parameters = parameters };
            yield return whole with { Measure = Between, Value = Quantity.Known(Math.Max(0, between)), Parameters = parameters };
        }
    }

    private static IncomeStudy PositiveOnly(IncomeStudy study)
    {
        var incomes = study.Persons.Incomes;
        return study
            with
        { Persons = study.Persons.Pick([.. Enumerable.Range(0, study.Persons.Count).Where(row => incomes.Span[row] > 0)]) };
    }

    private static bool IsWhole(IncomeStudy study, Result result) =>
        study.Persons.Breakdowns[0].IsArea ? result.Area is null
        : result.Population?.Properties.ContainsKey(study.Persons.Breakdowns[0].Name) != true;

    private static bool SamePlace(IncomeStudy study, Result part, Result whole) =>
        part.Period == whole.Period && (study.Persons.Breakdowns[0].IsArea
            ? part.Population == whole.Population
            : part.Population!.Without(study.Persons.Breakdowns[0].Name).Equals(whole.Population ?? Population.Everyone));

    /// <summary>Persons of a decomposition, and how a study of them gets its aggregates.</summary>
    /// <param name="Study">The study.</param>
    /// <param name="Prepared">The study ready to compute some measures.</param>
    internal sealed record Part(IncomeStudy Study, Func<IncomeStudy, IReadOnlyList<IncomeMeasure>, IncomeStudy> Prepared)
    {
        private IncomeStudy Plain =>
            Study with { Uncertainty = new(IntervalMethod.None), Comparison = Comparison.None };

        public Results Run(IReadOnlyList<IncomeMeasure> measures) => Prepared(Plain, measures).Run(measures);

        public StudyPlan Plan(IReadOnlyList<IncomeMeasure> measures) => new(Prepared(Plain, measures), measures);
    }

    // The sums of weights by place, from the same plan that the measures have.
    private sealed class WeightTable
    {
        private readonly Dictionary<(string?, string?, Population?), double> weights = [];

        public WeightTable(Part part)
        {
            var plan = part.Plan([Fgt.Headcount]);
            foreach (var estimate in plan.Estimates)
            {
                weights[(plan.Periods[estimate.Period].Period, estimate.Domain.Area,
                    StudyRecords.Population(estimate.Ages, estimate.Domain.Population))] = estimate.Sums.Weight;
            }
        }

        public double Of(Result result) => weights[(result.Period, result.Area, result.Population)];
    }
}

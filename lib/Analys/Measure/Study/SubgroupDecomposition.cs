using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;

namespace Analys.Measure.Study;

/// <summary>How much of a poverty or inequality index each group, and the differences between groups, account for.</summary>
/// <remarks>
/// Poverty: P = Σ_g (W_g / W) P_g, of FGT indices and Watts's. Inequality: see <see cref="GroupInequality"/>. Persons without a group are
/// in no
/// part and left out of the whole. Incomes of zero and below follow the study's choice in the whole and in every part alike, so that the
/// parts add
/// up. Sources: Foster, Greer &amp; Thorbecke 1984; Shorrocks 1980.
/// </remarks>
internal static class SubgroupDecomposition
{
    /// <summary>The part of poverty that is a group's: (W_g / W) P_g / P.</summary>
    public static Definition PovertyContribution { get; } = new(
        "subgroup-contribution", "Contribution of a group to poverty", "Gruppens bidrag till fattigdomen", "(W_g / W) P_g / P",
        Units.Share, ValueRange.Any, "Foster, Greer & Thorbecke 1984, Econometrica 52(3)")
    {
        Tells = Tells.Summary,
    };

    /// <summary>The contributions of the groups of a breakdown to poverty, and inequality within and between them.</summary>
    /// <param name="study">The persons, with one breakdown, and the choices.</param>
    /// <param name="alpha">α of the FGT and entropy indices.</param>
    /// <param name="epsilon">ε of Atkinson's index.</param>
    /// <exception cref="ArgumentException">There is not one breakdown.</exception>
    public static Results Of(IncomeStudy study, double alpha = 1, double epsilon = 0.5)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Persons.Breakdowns.Length != 1)
            throw new ArgumentException("A decomposition needs one breakdown: its groups are what the index is divided among.",
                nameof(study));
        // A person without a group would be in no part: the parts would not add up.
        var codes = study.Persons.Breakdowns[0].Codes;
        if (codes.Span.Contains(-1)) study = Where(study, row => codes.Span[row] >= 0);
        return Of(new Part(study, (own, _) => own), new Part(Measured(study), (own, _) => own), alpha, epsilon, inOneOrder: true);
    }

    /// <summary>The same, wherever the aggregates come from.</summary>
    /// <param name="everyone">All who have a group.</param>
    /// <param name="measured">Those of them whom measures of logarithms take, with the incomes that they take.</param>
    /// <param name="alpha">α of the FGT and entropy indices.</param>
    /// <param name="epsilon">ε of Atkinson's index.</param>
    /// <param name="inOneOrder">Whether the source can put all incomes in one order, as Gini's index needs it.</param>
    internal static Results Of(Part everyone, Part measured, double alpha, double epsilon, bool inOneOrder)
    {
        var study = everyone.Study;
        var fgt = Fgt.Of(alpha);
        var poverty = everyone.Run([fgt, Watts.Measure]);
        var (all, some) = (new GroupWeights(everyone), new GroupWeights(measured));
        var excluding = study.NonPositive == NonPositiveIncomes.Exclude;
        var rows = new List<Result>();
        foreach (var (whole, parts) in GroupedRows.Of(study, poverty))
        {
            // Logarithms divide among those whom they take.
            var watts = whole.Measure == Watts.Measure.Definition;
            var weights = watts && excluding ? some : all;
            foreach (var part in parts.Where(part => part.Parameters.SequenceEqual(whole.Parameters)))
            {
                rows.Add(part with
                {
                    Measure = PovertyContribution,
                    Parameters = watts ? part.Parameters.SetItem("of", "watts") : part.Parameters,
                    Value = watts && whole.Value is { HasNumber: false } undefined ? undefined
                        : !part.Value.HasNumber ? Quantity.Known(0)
                        : Quantity.Ratio(weights.Of(part) / weights.Of(whole) * part.Value.Number, whole.Value.HasNumber
                            ? whole.Value.Number : 0,
                            "nobody is poor"),
                });
            }
        }

        rows.AddRange(GroupInequality.Logarithmic(measured, some, alpha, epsilon));
        if (inOneOrder) rows.AddRange(GroupInequality.Ginis(everyone, all));
        return new Results(rows, study.Persons.Confidentiality, study.Persons.Provenance.With("decomposed by group"));
    }

    // Whom logarithms take: those above zero, or everyone with nothing in place of a debt. An undefined figure stays undefined.
    private static IncomeStudy Measured(IncomeStudy study)
    {
        var incomes = study.Persons.Incomes;
        return study.NonPositive switch
        {
            NonPositiveIncomes.Exclude => Where(study, row => incomes.Span[row] > 0),
            NonPositiveIncomes.Denominator => study with
            {
                Persons = study.Persons with { Incomes = incomes.ToArray().Select(income => Math.Max(0, income)).ToArray() },
            },
            _ => study,
        };
    }

    private static IncomeStudy Where(IncomeStudy study, Func<int, bool> which) =>
        study with { Persons = study.Persons.Pick([.. Enumerable.Range(0, study.Persons.Count).Where(which)]) };

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
}

/// <summary>The records of wholes, each with those of its groups.</summary>
internal static class GroupedRows
{
    /// <summary>Every whole, and the figures of the same measure, period and other population by the groups of the study's
    /// breakdown.</summary>
    public static IEnumerable<(Result Whole, Result[] Parts)> Of(IncomeStudy study, Results results)
    {
        var by = study.Persons.Breakdowns[0];
        foreach (var whole in results.Where(result => IsWhole(by, result)))
        {
            yield return (whole, [.. results.Where(result => result.Measure == whole.Measure && !IsWhole(by, result)
                && SamePlace(by, result, whole)
                && result.Parameters.SequenceEqual(whole.Parameters))]);
        }
    }

    private static bool IsWhole(Breakdown by, Result result) =>
        by.IsArea ? result.Area is null : result.Population?.Properties.ContainsKey(by.Name) != true;

    private static bool SamePlace(Breakdown by, Result part, Result whole) =>
        part.Period == whole.Period && (by.IsArea
            ? part.Population == whole.Population
            : part.Population!.Without(by.Name).Equals(whole.Population ?? Population.Everyone));
}

/// <summary>The sums of weights by place, from the same plan that the measures have.</summary>
internal sealed class GroupWeights
{
    private readonly Dictionary<(string?, string?, Population?), double> weights = [];

    public GroupWeights(SubgroupDecomposition.Part part)
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

using System.Collections.Immutable;
using System.Globalization;
using Analys.Measure.Income;
using Analys.Measure.Income.Poverty;
using Analys.Measure.Inference;
using Analys.Measure.Source;

namespace Analys.Measure.Study;

/// <summary>The record of a figure: who, where, when, by which choices, and the counts behind it.</summary>
internal static class StudyRecords
{
    public static Result Of(StudyPlan plan, Estimate estimate, Quantity value) => new()
    {
        Measure = estimate.Measure.Definition,
        Area = estimate.Domain.Area,
        Period = plan.Periods[estimate.Period].Period,
        Population = Population(estimate.Ages, estimate.Domain.Population),
        Parameters = Parameters(plan, estimate),
        Value = value,
        N = estimate.Behind.Count,
    };

    public static Result Of(StudyPlan plan, Derived derived, double value)
    {
        var estimate = plan.Estimates[derived.Of];
        var unit = derived.Definition == Comparison.Difference || derived.Definition == Comparison.ChangeOverTime
            ? estimate.Measure.Definition.Unit : null;
        return new Result
        {
            Measure = derived.Definition,
            Area = derived.OfWhole ? null : estimate.Domain.Area,
            Period = plan.Periods[estimate.Period].Period,
            Population = Population(estimate.Ages, estimate.Domain.Population),
            Reference = derived.Minus is { } before && derived.Definition == Comparison.ChangeOverTime
            ? plan.Periods[plan.Estimates[before].Period].Period : derived.Reference,
            Parameters = derived.Parameters,
            Value = double.IsFinite(value) ? Quantity.Known(value)
            : Quantity.Undefined("a value that it follows from is not defined, or zero"),
            UnitOverride = unit,
            N = estimate.Behind.Count,
            Basis = derived.Basis,
        };
    }

    public static Basis Basis(StudyPlan plan, Estimate estimate)
    {
        var poor = (estimate.Measure.Choices.HasFlag(Choices.Line) || estimate.Measure.OwnLine is not null) && !estimate.Measure.OfWhole;
        return estimate.Behind.Basis(poor || estimate.Measure.HasSides, plan.Study.Persons.Has(PersonParts.Household)) with
        {
            Tells = estimate.Measure.Tells,
            Counted = poor ? Counted(plan, estimate) : null,
        };
    }

    // Who is poor depends on the line, and on what incomes are: those who have support for months are counted whatever their income.
    private static CountedSet Counted(StudyPlan plan, Estimate estimate)
    {
        var measure = estimate.Measure;
        if (measure.Concept == IncomeConcept.SupportMonths)
            return new("income-support", string.Create(CultureInfo.InvariantCulture, $"months {-measure.OwnLine}"));
        var rule = Parameters(plan, estimate).Where(pair => OfCounted.Contains(pair.Key)).Select(pair => $"{pair.Key}={pair.Value}");
        if (measure.CountsNamed is { } whom) return new(whom, string.Join(';', measure.Parameters.Select(pair =>
            $"{pair.Key}={pair.Value}")));
        return new(measure.CountsAbove ? "rich" : "poor", string.Join(';', measure.Concept == IncomeConcept.Disposable ? rule
            : rule.Append($"{measure.Concept}")));
    }

    private static readonly string[] OfCounted = ["line", "poor", "quantiles", "negative", "anchor", "housing-line", "affluence",
        "equivalence"];

    /// <summary>The choices in force that this measure depends on, under the names of their options.</summary>
    public static ImmutableSortedDictionary<string, string> Parameters(StudyPlan plan, Estimate estimate)
    {
        var study = plan.Study;
        var (measure, choices) = (estimate.Measure, estimate.Measure.Choices);
        var parameters = measure.Parameters.ToBuilder();
        var quantiles = choices.HasFlag(Choices.Quantiles);
        if (choices.HasFlag(Choices.Line))
        {
            parameters["line"] = study.Lines[estimate.Line].ToString();
            quantiles |= study.Lines[estimate.Line].Kind == LineKind.Median;
        }

        if (study.Equivalence is { } elasticity) parameters["equivalence"] = elasticity.ToString(CultureInfo.InvariantCulture);
        if (measure.IsAnchored) parameters["anchor"] = study.Anchor!.BasePeriod;
        if (choices.HasFlag(Choices.Poor)) parameters["poor"] = study.Poor == PoorRule.Below ? "below" : "at-or-below";
        if (quantiles) parameters["quantiles"] = Lower(study.Quantiles);
        if (choices.HasFlag(Choices.NonPositive)) parameters["nonpositive"] = Lower(study.NonPositive);
        if (measure.Concept == IncomeConcept.AfterHousing) parameters["housing-line"] = study.KeepLineAfterHousing ? "before" : "after";
        if (measure.Concept != IncomeConcept.SupportMonths && (BesideColumn.PlaceOf(measure.Concept) is null
            || BesideColumn.IsJoint(measure.Concept)))
            parameters["negative"] = Lower(study.Negative);
        return parameters.ToImmutable();
    }

    /// <summary>The same with the way in which the interval was found.</summary>
    public static Result WithInterval(this Result result, Uncertainty how, double? error, double? lower, double? upper, int replicates = 0)
    {
        if (error is null && lower is null) return result;
        var parameters =
            result.Parameters.SetItem("interval", how.Method == IntervalMethod.ReplicateWeights ? "replicate-weights" : Lower(how.Method))
            .SetItem("level", how.Level.ToString(CultureInfo.InvariantCulture));
        if (replicates > 0) parameters = parameters.SetItem("replicates", replicates.ToString(CultureInfo.InvariantCulture));
        if (how.Method == IntervalMethod.Bootstrap)
            parameters = parameters.SetItem("seed", how.Seed.ToString(CultureInfo.InvariantCulture));
        return result with { StandardError = error, Lower = lower, Upper = upper, Parameters = parameters };
    }

    /// <summary>How far a weighted share must be left open so that it does not tell how many of each weight have the property.</summary>
    /// <remarks>One of any weight may then as well be one of the nearest other weight: the largest of those distances, over the sum of all.
    /// With the weights of two strata it is their difference; with weights that all differ a little it is small.</remarks>
    /// <param name="parts">What one person each adds to the numerator.</param>
    /// <param name="all">The weight of all.</param>
    public static double Exchange(IEnumerable<double> parts, double all)
    {
        var weights = new List<double>();
        foreach (var part in parts.Where(part => part > 0).Order())
            if (weights.Count == 0 || part > weights[^1] * (1 + 1e-9)) weights.Add(part);
        if (weights.Count < 2) return 0;
        var most = 0.0;
        for (var i = 0; i < weights.Count; i++)
        {
            var below = i > 0 ? weights[i] - weights[i - 1] : double.PositiveInfinity;
            var above = i + 1 < weights.Count ? weights[i + 1] - weights[i] : double.PositiveInfinity;
            most = Math.Max(most, Math.Min(below, above));
        }

        return most / all;
    }

    /// <summary>The same with the number of replicates.</summary>
    public static Result WithReplicates(this Result result, int replicates) =>
        result with { Parameters = result.Parameters.SetItem("replicates", replicates.ToString(CultureInfo.InvariantCulture)) };

    internal static Population? Population(AgeSpan? ages, Population? population) =>
        ages is null ? population : (population ?? Analys.Population.Everyone).At(ages);

#pragma warning disable CA1308 // The names of options are lower case.
    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>Finds the figures that are to be compared among those of a plan.</summary>
internal static class ComparisonPlan
{
    public static List<Derived> Of(StudyPlan plan)
    {
        var comparison = plan.Study.Comparison;
        var derived = new List<Derived>();
        if (comparison == Comparison.None) return derived;
        var index = new Dictionary<object, int>();
        for (var i = 0; i < plan.Estimates.Count; i++) index[Key(plan.Estimates[i], plan.Estimates[i].Domain)] = i;
        for (var i = 0; i < plan.Estimates.Count; i++)
        {
            var estimate = plan.Estimates[i];
            if (comparison.Reference is { } reference && estimate.Domain.Area is { } area && area != reference)
            {
                var other = estimate.Domain with { Area = reference == Comparison.Whole ? null : reference };
                if (index.TryGetValue(Key(estimate, other), out var j)) derived.AddRange(Gaps(plan, i, j, reference));
            }

            if (comparison.Change && estimate.Period > 0
                && index.TryGetValue(Key(estimate with { Period = estimate.Period - 1 }, estimate.Domain), out var before))
            {
                var now = i;
                derived.Add(Make(plan, Comparison.ChangeOverTime, now, values => values[now] - values[before], before)
                    with
                { Minus = before });
            }

            if (comparison.Growth && estimate.Period > 0
                && index.TryGetValue(Key(estimate with { Period = estimate.Period - 1 }, estimate.Domain), out var start))
            {
                var now = i;
                derived.Add(Make(plan, Comparison.GrowthRate, now, values => values[start] > 0 ? (values[now] / values[start]) - 1
                    : double.NaN,
                    start) with
                { Reference = plan.Periods[estimate.Period - 1].Period });
            }

            if (estimate.Measure.IsPoorShare && estimate.Domain.Area is null) derived.AddRange(OfAllAreas(plan, i));
        }

        return derived;
    }

    private static IEnumerable<Derived> Gaps(StudyPlan plan, int i, int j, string reference)
    {
        yield return Make(plan, Comparison.Difference, i, values => values[i] - values[j], j) with { Minus = j, Reference = reference };
        yield return Make(plan, Comparison.Ratio, i, values => values[j] == 0 ? double.NaN : values[i] / values[j], j)
            with
        { Reference = reference };
    }

    // Figures of the city that need the shares of all its areas.
    private static IEnumerable<Derived> OfAllAreas(StudyPlan plan, int whole)
    {
        var estimate = plan.Estimates[whole];
        var comparison = plan.Study.Comparison;
        var areas = Enumerable.Range(0, plan.Estimates.Count).Where(i => plan.Estimates[i] is var other
            && other.Period == estimate.Period && other.AgesIndex == estimate.AgesIndex && other.Line == estimate.Line
            && other.Measure == estimate.Measure
            && other.Domain.Area is not null && other.Domain.Population == estimate.Domain.Population && other.Sums.Count > 0).ToArray();
        if (areas.Length == 0) yield break;
        var smallest = areas.Select(i => Basis(plan, i)).Aggregate(Stricter);
        if (comparison.Reference is { } reference)
        {
            var named = Array.Find(areas, i => plan.Estimates[i].Domain.Area == reference);
            var fixedReference = areas.Any(i => plan.Estimates[i].Domain.Area == reference);
            yield return new Derived(Comparison.AttributableShare, whole, values =>
                {
                    var low = fixedReference ? values[named]
                        : areas.Select(i => values[i]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
                    return values[whole] > 0 ? (values[whole] - low) / values[whole] : double.NaN;
                })
            { Basis = smallest, OfWhole = true, Reference = fixedReference ? reference : "lowest", Parameters = Named(plan, whole) };
        }

        foreach (var k in comparison.Poorest)
        {
            yield return new Derived(Comparison.PoorestAreas, whole, values =>
                {
                    // A replicate has its own shares; the areas' sizes are those of the data.
                    var poor = areas.Where(i => double.IsFinite(values[i]))
                        .Select(i => (Share: values[i], Poor: values[i] * plan.Estimates[i].Sums.Weight)).ToArray();
                    var all = poor.Sum(area => area.Poor);
                    return all > 0 ? poor.OrderByDescending(area => area.Share).Take(k).Sum(area => area.Poor) / all : double.NaN;
                })
            { Basis = smallest, OfWhole = true, Parameters = Named(plan, whole).Add("k", k.ToString(CultureInfo.InvariantCulture)) };
        }
    }

    private static Derived Make(StudyPlan plan, Definition definition, int i, Func<double[], double> value, int other) =>
        new(definition, i, value) { Basis = Stricter(Basis(plan, i), Basis(plan, other)), Parameters = Named(plan, i) };

    private static ImmutableSortedDictionary<string, string> Named(StudyPlan plan, int i) =>
        StudyRecords.Parameters(plan, plan.Estimates[i]).SetItem("of", plan.Estimates[i].Measure.Definition.Id);

    internal static Basis Basis(StudyPlan plan, int i) => StudyRecords.Basis(plan, plan.Estimates[i]);

    // A figure made of two is as safe as the less safe of them.
    private static Basis Stricter(Basis a, Basis b) => Smallest(a) <= Smallest(b) ? a : b;

    private static double Smallest(Basis basis)
    {
        double[] counts = [basis.Denominator, basis.Numerator ?? basis.Denominator, basis.Complement ?? basis.Denominator,
            basis.Contributors ?? basis.Denominator];
        return counts.Where(count => count > 0).DefaultIfEmpty(0).Min();
    }

    private static object Key(Estimate estimate, Domain domain) =>
        (estimate.Period, estimate.AgesIndex, estimate.Ages, estimate.Line, estimate.Measure, domain);
}

/// <summary>A figure that follows from others: a difference, a ratio, a share of the poor.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Of">The estimate that it is about; its place in the record is this one's.</param>
/// <param name="Value">How it follows from all values; NaN where it does not exist.</param>
internal sealed record Derived(Definition Definition, int Of, Func<double[], double> Value)
{
    /// <summary>The estimate that is subtracted, where it is a difference of two.</summary>
    public int? Minus { get; init; }

    public string? Reference { get; init; }

    public required Basis Basis { get; init; }

    /// <summary>Whether it is about the whole population rather than the domain of <see cref="Of"/>.</summary>
    public bool OfWhole { get; init; }

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>What a reader of figures must be told of the persons behind them: each begins with "note: ", and the command says it.</summary>
internal static class StudyNotes
{
    /// <summary>That incomes below zero are among them, and measures relative to the mean.</summary>
    public const string Negative =
        "note: some incomes are below zero, so that measures relative to the mean (gini, hoover, lorenz, quantile shares) may exceed their "
            + "usual bounds: see normalised-gini, or --negative zero or exclude";

    /// <summary>That logarithms left persons out.</summary>
    public const string NonPositive =
        "note: persons whose income is zero or below were left out of measures with logarithms and powers, and are not in their n: see "
            + "--nonpositive";

    /// <summary>That a stratum has one cluster.</summary>
    public const string Lonely =
        "note: a stratum with one cluster tells nothing of how its clusters differ; what it adds to the errors is chosen by --lonely";

    /// <summary>The notes of a plan whose figures are computed.</summary>
    public static IEnumerable<string> Of(StudyPlan plan)
    {
        if (plan.Estimates.Any(estimate => estimate.LeftOut is { PoorCount: > 0 })) yield return NonPositive;
        if (plan.Study.Negative == NegativeIncomes.Keep && plan.HasNegative()) yield return Negative;
        var method = plan.Study.Uncertainty.Method;
        if (method is not (IntervalMethod.Linearised or IntervalMethod.Bootstrap)) yield break;
        if (plan.Source.HasLonely)
        {
            yield return Lonely;
        }
    }
}

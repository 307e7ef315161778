using System.Collections.Immutable;
using System.Globalization;
using Analys.Domain;
using Analys.Measure.Inequality;
using Analys.Measure.Inference;

namespace Analys.Measure.Poverty;

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
        N = estimate.Sums.Count,
        Basis = Basis(plan, estimate),
    };

    public static Result Of(StudyPlan plan, Derived derived, double value)
    {
        var estimate = plan.Estimates[derived.Of];
        var unit = derived.Definition == Comparison.Difference || derived.Definition == Comparison.ChangeOverTime ? estimate.Measure.Definition.Unit : null;
        return new Result
        {
            Measure = derived.Definition,
            Area = derived.OfWhole ? null : estimate.Domain.Area,
            Period = plan.Periods[estimate.Period].Period,
            Population = Population(estimate.Ages, estimate.Domain.Population),
            Reference = derived.Minus is { } before && derived.Definition == Comparison.ChangeOverTime ? plan.Periods[plan.Estimates[before].Period].Period : derived.Reference,
            Parameters = derived.Parameters,
            Value = double.IsFinite(value) ? Quantity.Known(value) : Quantity.Undefined("a value that it follows from is not defined, or zero"),
            UnitOverride = unit,
            N = estimate.Sums.Count,
            Basis = derived.Basis,
        };
    }

    public static Basis Basis(StudyPlan plan, Estimate estimate)
    {
        var poor = (estimate.Measure.Choices.HasFlag(Choices.Line) || estimate.Measure.OwnLine is not null) && !estimate.Measure.OfWhole;
        return estimate.Sums.Basis(poor, !plan.Study.Persons.Households.IsEmpty);
    }

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

        if (measure.IsAnchored) parameters["anchor"] = study.Anchor!.BasePeriod;
        if (choices.HasFlag(Choices.Poor)) parameters["poor"] = study.Poor == PoorRule.Below ? "below" : "at-or-below";
        if (quantiles) parameters["quantiles"] = Lower(study.Quantiles);
        if (choices.HasFlag(Choices.NonPositive)) parameters["nonpositive"] = Lower(study.NonPositive);
        if (measure.Concept == IncomeConcept.AfterHousing) parameters["housing-line"] = study.KeepLineAfterHousing ? "before" : "after";
        if (measure.Concept != IncomeConcept.SupportMonths) parameters["negative"] = Lower(study.Negative);
        return parameters.ToImmutable();
    }

    /// <summary>The same with the way in which the interval was found.</summary>
    public static Result WithInterval(this Result result, Uncertainty how, double? error, double? lower, double? upper, int replicates = 0)
    {
        if (error is null && lower is null) return result;
        var parameters = result.Parameters.SetItem("interval", how.Method == IntervalMethod.ReplicateWeights ? "replicate-weights" : Lower(how.Method))
            .SetItem("level", how.Level.ToString(CultureInfo.InvariantCulture));
        if (replicates > 0) parameters = parameters.SetItem("replicates", replicates.ToString(CultureInfo.InvariantCulture));
        if (how.Method == IntervalMethod.Bootstrap) parameters = parameters.SetItem("seed", how.Seed.ToString(CultureInfo.InvariantCulture));
        return result with { StandardError = error, Lower = lower, Upper = upper, Parameters = parameters };
    }

    internal static string? Population(AgeSpan? ages, string? population) =>
        ages is { } span ? population is null ? span.ToString() : $"{span}, {population}" : population;

#pragma warning disable CA1308 // The names of options are lower case.
    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Inference;

namespace Analys.Measure.Poverty.Swedish;

/// <summary>The weighted share of persons of some ages who have a property, by period and area, and for the whole.</summary>
/// <remarks>
/// Persons for whom it is not known are in neither numerator nor denominator. The interval is Wilson's with households as the units,
/// since members of a household share its fate: n = (Σ w_h)² / Σ w_h². On a full register it is a superpopulation interval.
/// </remarks>
public static class FlagShare
{
    private const string NoOne = "nobody of these ages";

    /// <summary>The shares.</summary>
    /// <param name="definition">The measure.</param>
    /// <param name="households">The persons in their households.</param>
    /// <param name="flags">The property.</param>
    /// <param name="ages">Who is counted.</param>
    /// <param name="parameters">The options that were in force.</param>
    public static Results Of(
        Definition definition, RegisterHouseholds households, PersonFlags flags, AgeSpan ages, ImmutableSortedDictionary<string, string>? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(households);
        ArgumentNullException.ThrowIfNull(flags);
        var cells = FlagCount.Count(households, flags, ages);
        return new Results(
            cells.Select(cell => ToResult(definition, cell, ages, parameters ?? ImmutableSortedDictionary<string, string>.Empty)),
            households.Extract.Confidentiality,
            households.Extract.Provenance);
    }

    private static Result ToResult(Definition definition, FlagCount cell, AgeSpan ages, ImmutableSortedDictionary<string, string> parameters)
    {
        var value = Quantity.Ratio(cell.WeightWith, cell.Weight, NoOne);
        var result = new Result
        {
            Measure = definition,
            Area = cell.Area,
            Period = cell.Period,
            Population = ages == Ages.All ? null : ages.ToString(),
            Parameters = parameters,
            Value = value,
            N = cell.Persons,
            Basis = new Basis(cell.PersonsWith, cell.Persons, cell.Households),
        };
        if (!value.HasNumber || cell.EffectiveHouseholds <= 0) return result;
        var (lower, upper) = Wilson.Interval(value.Number * cell.EffectiveHouseholds, cell.EffectiveHouseholds);
        return result with { Lower = lower, Upper = upper };
    }
}

using System.Collections.Immutable;
using Analys.Measure.Poverty;

namespace Analys.Database.Pushed;

/// <summary>Which measures of persons are asked of a source as aggregates, and why the others are not.</summary>
public static class PushDown
{
    private static readonly ImmutableSortedDictionary<string, string> Reasons = ImmutableSortedDictionary<string, string>.Empty
        .Add("persistent-at-risk-of-poverty-rate", "it follows a person over four years: load the panel's columns into memory")
        .Add("persistent-low-economic-standard", "it follows a person over four years: load the panel's columns into memory")
        .Add("poverty-entry-rate", "it follows a person over two years: load the panel's columns into memory")
        .Add("poverty-exit-rate", "it follows a person over two years: load the panel's columns into memory")
        .Add("poverty-spell-length", "it follows each person's spells over all years: load the panel's columns into memory")
        .Add("panel-stayed", "it follows a person over two years: load the panel's columns into memory")
        .Add("panel-left", "it follows a person over two years: load the panel's columns into memory")
        .Add("panel-entered", "it follows a person over two years: load the panel's columns into memory");

    /// <summary>The ids of the measures that are asked of a source.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. MeasureCatalogue.Definitions.Select(definition => definition.Id).Where(id => !Reasons.ContainsKey(id))];

    /// <summary>The measures that are not, with the reason.</summary>
    public static ImmutableSortedDictionary<string, string> NotPushed => Reasons;

    /// <summary>Why a measure is not asked of a source.</summary>
    /// <param name="id">The id of the measure.</param>
    public static string Reason(string id) => Reasons.GetValueOrDefault(id, "no aggregate form of it is known here");
}

using System.Collections.Immutable;
using Analys.Domain;
using Analys.Measure.Poverty;

namespace Analys.Database.Pushed;

/// <summary>Which measures of persons are asked of a source as aggregates, and what is not.</summary>
public static class PushDown
{
    /// <summary>The measures of one year, and of persons who are followed over years, that are asked of a source: all.</summary>
    public static ImmutableArray<string> Ids { get; } = [.. MeasureCatalogue.Definitions.Concat(PanelMeasures.All.Select(measure => measure.Definition)).Select((Definition definition) => definition.Id)];

    /// <summary>What is not asked of a source, or not of every source, with the reason.</summary>
    public static ImmutableSortedDictionary<string, string> NotPushed { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add("gini, sen, sen-shorrocks-thon with --interval linearised", "the influence of a person depends on the order of all incomes: take bootstrap")
        .Add("gini, sen, sen-shorrocks-thon of servers side by side", "they need all incomes in one order: name one database that knows all parts")
        .Add("panel measures of servers side by side", "a person may have moved from one server to another: name one database that knows all parts")
        .Add("child-poverty-index and the other measures of the income standard", "households are held against the norm one by one: load them into memory");
}

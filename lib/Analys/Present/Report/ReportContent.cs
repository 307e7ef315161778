using Analys.Disclosure;
using Analys.Domain;
using Analys.Present.Figures;

namespace Analys.Present.Report;

/// <summary>What the report is made of: released results, each null where the data at hand have nothing of the kind.</summary>
public sealed record ReportContent
{
    /// <summary>Share of children in families with income support by district, with the city.</summary>
    public Released? Children { get; init; }

    /// <summary>Number of children in families with income support by district, with the city.</summary>
    public Released? ChildrenCount { get; init; }

    /// <summary>The gap between the highest and the lowest district.</summary>
    public Released? ChildrenGap { get; init; }

    /// <summary>The city's share of children over the years.</summary>
    public Released? ChildrenSeries { get; init; }

    /// <summary>By how much totals exceed the sums of the districts.</summary>
    public Released? Disagreements { get; init; }

    /// <summary>Rädda Barnen's index.</summary>
    public Released? ChildPovertyIndex { get; init; }

    /// <summary>Segregation of persons with foreign background, with the parameter <c>division</c>.</summary>
    public Released? Segregation { get; init; }

    /// <summary>Dissimilarity by origin.</summary>
    public Released? Origins { get; init; }

    /// <summary>The points of the segregation curve.</summary>
    public Released? Curve { get; init; }

    /// <summary>Mean disposable income of households by district.</summary>
    public Released? Income { get; init; }

    /// <summary>Share of households below an income limit by district.</summary>
    public Released? LowIncome { get; init; }

    /// <summary>Indicators of the plan: targets, joint values, margins, outcomes.</summary>
    public Released? Indicators { get; init; }

    /// <summary>Sums of the plan's budget.</summary>
    public Released? Budget { get; init; }

    /// <summary>Share of districts that offer a service.</summary>
    public Released? Coverage { get; init; }

    /// <summary>Participants in courses.</summary>
    public Released? Participants { get; init; }

    /// <summary>Outlines of the districts; without them the map is of tiles.</summary>
    public IReadOnlyList<MapOutline>? Outlines { get; init; }

    /// <summary>The file that the outlines come from.</summary>
    public SourceFile? OutlineSource { get; init; }

    /// <summary>Everything that there is.</summary>
    public IEnumerable<Released> All => new[]
    {
        Children, ChildrenCount, ChildrenGap, ChildrenSeries, Disagreements, ChildPovertyIndex, Segregation, Origins, Curve, Income, LowIncome, Indicators, Budget, Coverage, Participants,
    }.OfType<Released>();

    /// <summary>The provenance of everything together.</summary>
    public Provenance Provenance => All.Select(released => released.Provenance)
        .Concat(OutlineSource is null ? [] : [new Provenance { Sources = [OutlineSource] }])
        .Aggregate(Provenance.None, (all, more) => all.Merge(more));
}

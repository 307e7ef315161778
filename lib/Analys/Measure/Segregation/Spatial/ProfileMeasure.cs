using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Environment indices at several scales, and how much of each is left at the largest: the macro/micro ratio.</summary>
/// <remarks>
/// For each scale: H̃, D̃ and R̃ of all groups and each group's isolation in its environments, named by the parameter <c>statistic</c>. The ratio of the
/// largest scale to the smallest is near one where segregation is of large areas, near zero where it is of small ones (Reardon et al. 2008).
/// </remarks>
/// <param name="Definition">What it is.</param>
/// <param name="ScaleName">The name of the scale in the records: <c>k</c> or <c>width</c>.</param>
public sealed record ProfileMeasure(Definition Definition, string ScaleName) : SegregationMeasure(Definition)
{
    private static readonly ImmutableArray<string> Statistics = ["spatial-information-theory", "spatial-dissimilarity", "spatial-relative-diversity"];

    /// <summary>The scales as they stand in the records, from the smallest.</summary>
    public ImmutableArray<string> Scales { get; init; } = [];

    /// <summary>For each scale the sums around each unit, from counts by unit and group and the number of groups; null before the measure is made ready.</summary>
    internal Func<double[], int, double[][]>? Around { get; init; }

    /// <summary>What part of the geography is missing.</summary>
    public string? Lack { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var figures = new List<Figure>();
        for (var scale = 0; scale <= Scales.Length; scale++)
        {
            // After the scales, the ratios of the last to the first.
            if (scale == Scales.Length && scale < 2) break;
            for (var statistic = 0; statistic < Statistics.Length; statistic++) figures.Add(new Figure(Variant: (scale * Statistics.Length) + statistic));
            for (var group = 0; scale < Scales.Length && group < counts.Groups.Length; group++)
            {
                figures.Add(new Figure(group, Variant: scale * Statistics.Length));
            }
        }

        return figures;
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(figures);
        if (Around is null || counts.Total == 0 || counts.GroupsOverlap)
        {
            values.Fill(Quantity.Undefined(Lack ?? (counts.Total == 0 ? UndefinedReason.NoPersons : UndefinedReason.Overlap)));
            return;
        }

        var complete = counts.Complete();
        var table = new CountTable(complete.Counts, complete.Groups.Length);
        var around = Around(complete.Counts.ToArray(), table.Groups);
        for (var i = 0; i < figures.Count; i++)
        {
            var (scale, statistic) = (figures[i].Variant / Statistics.Length, figures[i].Variant % Statistics.Length);
            values[i] = figures[i].Group is { } group
                ? table.GroupTotals[group] > 0 ? EnvironmentIndices.Exposure(table, around[scale], group, group) : Quantity.Undefined(UndefinedReason.EmptyGroup)
                : table.GroupsWithMembers < 2 ? Quantity.Undefined(UndefinedReason.OneGroup)
                : table.InhabitedUnits < 2 ? Quantity.Undefined(UndefinedReason.OneUnit)
                : scale < around.Length ? Statistic(statistic, table, around[scale])
                : Ratio(Statistic(statistic, table, around[^1]), Statistic(statistic, table, around[0]));
        }
    }

    /// <inheritdoc/>
    protected override ImmutableSortedDictionary<string, string> ParametersOf(Figure figure)
    {
        var scale = figure.Variant / Statistics.Length;
        var statistic = figure.Group is null ? Statistics[figure.Variant % Statistics.Length] : "spatial-isolation";
        return scale < Scales.Length
            ? Parameters.SetItem(ScaleName, Scales[scale]).SetItem("statistic", statistic)
            : Parameters.SetItem(ScaleName, $"{Scales[^1]}/{Scales[0]}").SetItem("statistic", $"{statistic}, macro/micro ratio");
    }

    private static Quantity Statistic(int statistic, CountTable table, ReadOnlySpan<double> around) => statistic switch
    {
        0 => EnvironmentIndices.InformationTheory(table, around),
        1 => EnvironmentIndices.Dissimilarity(table, around),
        _ => EnvironmentIndices.RelativeDiversity(table, around),
    };

    private static Quantity Ratio(Quantity macro, Quantity micro) =>
        !macro.HasNumber ? macro : !micro.HasNumber ? micro : Quantity.Ratio(macro.Number, micro.Number, "there is no segregation at the smallest scale");
}

using System.Collections.Immutable;
using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>Environment indices at several scales, and how much of each is left at the largest: the macro/micro ratio.</summary>
/// <remarks>
/// For each scale: H̃, D̃ and R̃ of all groups and each group's isolation in its environments, named by the parameter <c>statistic</c>. The
/// ratio of the largest scale to the smallest is near one where segregation is of large areas, near zero where it is of small ones (Reardon
/// et al. 2008).
/// </remarks>
/// <param name="Definition">What it is.</param>
/// <param name="ScaleName">The name of the scale in the records: <c>k</c> or <c>width</c>.</param>
internal sealed record ProfileMeasure(Definition Definition, string ScaleName) : SegregationMeasure(Definition)
{
    private static readonly ImmutableArray<string> Statistics =
        ["spatial-information-theory", "spatial-dissimilarity", "spatial-relative-diversity"];

    /// <summary>The scales as they stand in the records, from the smallest.</summary>
    public ImmutableArray<string> Scales { get; init; } = [];

    /// <summary>For each scale the sums around each unit, from counts by unit and group and the number of groups; null before the measure
    /// is made ready.</summary>
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
            for (var statistic = 0; statistic < Statistics.Length; statistic++)
                figures.Add(new Figure(Variant: (scale * Statistics.Length) + statistic));
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
                ? table.GroupTotals[group] > 0 ? EnvironmentIndices.Exposure(table, around[scale], group, group)
                : Quantity.Undefined(UndefinedReason.EmptyGroup)
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
        !macro.HasNumber ? macro : !micro.HasNumber
        ? micro : Quantity.Ratio(macro.Number, micro.Number, "there is no segregation at the smallest scale");
}

/// <summary>Segregation among environments of several widths, and the macro/micro ratio.</summary>
/// <remarks>
/// By default biweight kernels of 500 m to 4 km, as in Reardon et al.; the shape is that of the option kernel, where k nearest people may
/// stand instead of widths. Swedish: <i>segregation efter skala</i>.
/// </remarks>
internal static class MultiscalarProfile
{
    private static readonly MeasureOption Widths =
        new("widths", "500m,1km,2km,4km", "Multiscalar profile: widths of the kernel with their unit, with commas between");

    /// <summary>The measure.</summary>
    public static ProfileMeasure Measure { get; } = new(
        new Definition(
            "multiscalar-profile", "Segregation by scale", "Segregation efter skala",
            "H̃, D̃, R̃ and isolation by the kernel's width; macro/micro = largest over smallest",
            Units.Index, ValueRange.Any, "Reardon et al. 2008, Demography 45(3)"),
        "width")
    {
        NeedsGeography = true,
        Options = [SpatialOptions.Kernel, Widths, SpatialOptions.SelfDistance],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("multiscalar-profile", arguments, counts);
            var shape = SpatialCall.Read(call.Given(SpatialOptions.Kernel.Name), Kernel.Parse)?.Shape;
            if (shape is null or KernelShape.NearestPeople) shape = KernelShape.Biweight;
            Length[] widths = [.. (call.Given(Widths.Name) ?? Widths.Default!).Split(',')
                .Select(text => SpatialCall.Read<Length?>(text, part => Length.Parse(part))!.Value).Distinct()
                .OrderBy(width => width.Metres)];
            var kernels = widths.Select(width => new Kernel(shape.Value, width)).ToArray();
            var ready = Measure! with { Scales = [.. widths.Select(width => width.ToString())] };
            var around = kernels.Select(kernel => call.Surroundings(kernel, SelfDistance.Zero)).ToArray();
            var parameters = call.Parameters.SetItem(SpatialOptions.Kernel.Name, kernels[0].ToString().Split(':')[0]);
            return around[0].Surroundings is null
                ? ready with { Lack = around[0].Lack, Parameters = parameters }
                : ready with
                {
                    Around = (rows, groups) => Array.ConvertAll(around, scale => scale.Surroundings!.Sums(rows, groups)),
                    Parameters = parameters,
                };
        },
    };
}

/// <summary>Segregation among each unit's k nearest people, for several k.</summary>
/// <remarks>
/// The unit's own people come first, then by distance, the last unit in proportion (EquiPop); a k above the population is everyone.
/// Swedish:
/// <i>närmaste grannar-profil</i>.
/// </remarks>
internal static class NearestPeopleProfile
{
    private static readonly MeasureOption People =
        new("k", "200,400,...,51200",
            "Nearest people profile: numbers of people, with commas between; by default doublings from 200, up to 51200 and below the "
                + "population");

    /// <summary>The measure.</summary>
    public static ProfileMeasure Measure { get; } = new(
        new Definition(
            "nearest-people-profile", "Segregation by number of nearest people", "Närmaste grannar-profil",
            "H̃, D̃, R̃ and isolation with environments of the k nearest people",
            Units.Index, ValueRange.Any, "Östh, Malmberg & Andersson 2014; Östh, Clark & Malmberg 2015, Geographical Analysis 47(1)"),
        "k")
    {
        NeedsGeography = true,
        Options = [People, SpatialOptions.Ties],
        Configure = (arguments, counts) =>
        {
            var call = new SpatialCall("nearest-people-profile", arguments, counts);
            var people = call.Numbers(People.Name) ?? Doublings(counts.Total);
            if (people.Length == 0 || people.Any(k => !(k > 0)))
                throw new MeasureOptionException("The option k must be numbers of people above 0, with commas between.");
            people = [.. people.Distinct().Order()];
            var ready = Measure! with { Scales = [.. people.Select(MeasureArguments.Text)] };
            var (around, lack) = call.Surroundings(Kernel.Nearest(people[0]), SelfDistance.Zero);
            return around is null
                ? ready with { Lack = lack, Parameters = call.Parameters }
                : ready with { Around = (rows, groups) => around.NearestSums(rows, groups, people), Parameters = call.Parameters };
        },
    };

    private static double[] Doublings(double total) =>
        [.. Enumerable.Range(0, 9).Select(step => 200.0 * (1 << step)).Where((k, step) => step == 0 || k < total)];
}

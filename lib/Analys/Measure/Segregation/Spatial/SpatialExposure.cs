using System.Collections.Immutable;
using Analys.Measure.Space;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>The mean share of a group in the environments of the members of another, or of its own.</summary>
/// <remarks>
/// P̃ of g for m: Σ_i (n_im / N_m) π̃_ig, π̃ the composition of the environment. All groups are met by all, their own too (spatial
/// isolation); those of one group add up to one. Swedish: <i>rumslig exponering</i>.
/// </remarks>
internal static class SpatialExposure
{
    /// <summary>The measure.</summary>
    public static SpatialExposureMeasure Measure { get; } = new(
        new Definition(
            "spatial-exposure", "Spatial exposure and isolation", "Rumslig exponering och isolering",
            "P̃ = Σ_i (n_im / N_m) π̃_ig, π̃_ig = Σ_j w_ij n_jg / Σ_j w_ij t_j",
            Units.Index, ValueRange.Unit, "Reardon & O'Sullivan 2004, Sociological Methodology 34"),
        null, null)
    {
        NeedsGeography = true,
        Options = [SpatialOptions.Kernel, SpatialOptions.SelfDistance, SpatialOptions.Ties],
        Configure = (arguments, counts) => SpatialExposureMeasure.Ready(Measure!, arguments, counts),
    };

    /// <summary>The formula for two groups.</summary>
    /// <param name="x">The group whose surroundings are described, by unit; not empty.</param>
    /// <param name="y">The group that it meets.</param>
    /// <param name="t">Everyone.</param>
    /// <param name="surroundings">The environments of the units, by a kernel of distance.</param>
    public static Quantity Formula(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> t, Surroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        var around = surroundings.Sums(SpatialCall.SideBySide(y, t), 2);
        double sumX = Sums.Of(x), sum = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i] <= 0) continue;
            if (around[(2 * i) + 1] <= 0) return Quantity.Undefined(EnvironmentIndices.EmptyEnvironment);
            sum += x[i] / sumX * (around[2 * i] / around[(2 * i) + 1]);
        }

        return Quantity.Known(Math.Clamp(sum, 0, 1));
    }
}

/// <summary>Spatial exposure of every group to every group: a figure for each pair, own group included.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Surroundings">The environments; null before the measure is made ready.</param>
/// <param name="Lack">What part of the geography is missing.</param>
internal sealed record SpatialExposureMeasure(Definition Definition, Surroundings? Surroundings, string? Lack)
    : SegregationMeasure(Definition)
{
    internal static SpatialExposureMeasure Ready(SpatialExposureMeasure measure, MeasureArguments arguments, GroupCounts counts)
    {
        var call = new SpatialCall(measure.Definition.Id, arguments, counts);
        var (around, lack) = call.Environments();
        return measure with { Surroundings = around, Lack = lack, Parameters = call.Parameters };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Figure> Figures(GroupCounts counts, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var groups = Enumerable.Range(0, counts.Groups.Length).ToImmutableArray();
        return [.. groups.SelectMany(group => groups.Select(met => new Figure(group, met)).Prepend(new Figure(group)))];
    }

    /// <inheritdoc/>
    public override void Evaluate(GroupCounts counts, IReadOnlyList<Figure> figures, Span<Quantity> values)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(figures);
        if (Surroundings is null || counts.GroupsOverlap || counts.Total == 0)
        {
            values.Fill(Quantity.Undefined(Surroundings is null ? Lack ?? "needs geography" : counts.Total == 0 ? UndefinedReason.NoPersons
                : UndefinedReason.Overlap));
            return;
        }

        var complete = counts.Complete();
        var table = new CountTable(complete.Counts, complete.Groups.Length);
        var around = Surroundings.Sums(table.Counts, table.Groups);
        for (var i = 0; i < values.Length; i++)
        {
            var group = figures[i].Group!.Value;
            values[i] = table.GroupTotals[group] == 0 ? Quantity.Undefined(UndefinedReason.EmptyGroup)
                : figures[i].Reference is { } met ? EnvironmentIndices.Exposure(table, around, group, met)
                : EnvironmentIndices.Exposure(table, around, group, group).Select(own => 1 - own);
        }
    }

    /// <inheritdoc/>
    protected override double Persons(GroupCounts counts, Figure figure) => base.Persons(counts, figure with { Reference = null });
}

/// <summary>The chance that someone whom a member of the group meets, the likelier the nearer they live, is of the other group.</summary>
/// <remarks>
/// DP_xy = Σ_i (x_i / X) Σ_j k_ij y_j / t_j, k_ij = c_ij t_j / Σ_j c_ij t_j, c_ij = exp(−d_ij), d in kilometres. Exposure and isolation add
/// up to one. Swedish: <i>exponeringsindex med avståndsavtagande</i>.
/// </remarks>
internal static class DistanceDecayExposure
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = Of(
        new Definition(
            "distance-decay-exposure", "Distance-decay exposure", "Exponeringsindex med avståndsavtagande",
            "DP_xy = Σ_i (x_i/X) Σ_j k_ij y_j/t_j, k_ij = exp(−d_ij) t_j / Σ_j exp(−d_ij) t_j",
            Units.Index, ValueRange.Unit, "Morgan 1983, Area 15(3); Massey & Denton 1988, Social Forces 67(2)"),
        ownGroup: false);

    /// <summary>A measure of whom members of a group meet, the likelier the nearer they live.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="ownGroup">Whether it is of meeting one's own.</param>
    public static ExposureMeasure Of(Definition definition, bool ownGroup)
    {
        var measure = new ExposureMeasure(definition, (_, _, _) => throw new MeasureOptionException($"{definition.Id} needs geography."))
        {
            OwnGroup = ownGroup,
            NeedsGeography = true,
            Options = [SpatialOptions.Decay, SpatialOptions.SelfDistance],
        };
        return measure with
        {
            Configure = (arguments, counts) =>
            {
                var call = new SpatialCall(definition.Id, arguments, counts);
                var (decay, lack) = call.Decay();
                return measure with
                {
                    Formula = decay is null ? (_, _, _) => Quantity.Undefined(lack!)
                        : (x, y, t) => SpatialExposure.Formula(x, y, t, decay),
                    Parameters = call.Parameters,
                };
            },
        };
    }
}

/// <summary>The chance that someone whom a member of the group meets, the likelier the nearer they live, is of the group too.</summary>
/// <remarks>
/// DP_xx = Σ_i (x_i / X) Σ_j k_ij x_j / t_j, k_ij = c_ij t_j / Σ_j c_ij t_j, c_ij = exp(−d_ij), d in kilometres. Isolation and exposure to
/// everyone else add up to one. Swedish: <i>isoleringsindex med avståndsavtagande</i>.
/// </remarks>
internal static class DistanceDecayIsolation
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = DistanceDecayExposure.Of(
        new Definition(
            "distance-decay-isolation", "Distance-decay isolation", "Isoleringsindex med avståndsavtagande",
            "DP_xx = Σ_i (x_i/X) Σ_j k_ij x_j/t_j, k_ij = exp(−d_ij) t_j / Σ_j exp(−d_ij) t_j",
            Units.Index, ValueRange.Unit, "Morgan 1983, Area 15(3); Massey & Denton 1988, Social Forces 67(2)"),
        ownGroup: true);
}

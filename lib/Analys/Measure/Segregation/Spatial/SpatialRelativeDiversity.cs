using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How much less likely two people of an environment are to be of different groups than two people of the whole.</summary>
/// <remarks>1 where every environment holds one group, 0 where every environment is like the whole; below 0 where environments are more diverse than the whole. Swedish: <i>rumslig relativ mångfald</i>.</remarks>
public static class SpatialRelativeDiversity
{
    private static readonly Definition Definition = new(
        "spatial-relative-diversity", "Spatial relative diversity", "Rumslig relativ mångfald", "R̃ = 1 − Σ t_i Ĩ_i / (T I), I = Σ P_g (1 − P_g)",
        Units.Index, new ValueRange(double.NegativeInfinity, 1), "Reardon & O'Sullivan 2004, Sociological Methodology 34");

    /// <summary>The measure of all groups at once.</summary>
    public static MultigroupMeasure Measure { get; } = SpatialCall.Multigroup(
        Definition, [SpatialOptions.Kernel, SpatialOptions.SelfDistance, SpatialOptions.Ties],
        call =>
        {
            var (around, lack) = call.Environments();
            return around is null ? (null, lack) : (table => Formula(table, around), null);
        });

    /// <summary>The measure of one group and another.</summary>
    public static TwoGroupMeasure TwoGroup { get; } = SpatialCall.TwoGroup(
        Definition, [SpatialOptions.Kernel, SpatialOptions.SelfDistance, SpatialOptions.Ties],
        call =>
        {
            var (around, lack) = call.Environments();
            return around is null ? (null, lack) : ((x, y) => Formula(new CountTable(SpatialCall.SideBySide(x, y), 2), around), null);
        });

    /// <summary>The formula.</summary>
    /// <param name="table">Persons by unit and group.</param>
    /// <param name="surroundings">The environments of the units.</param>
    public static Quantity Formula(CountTable table, Surroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        return EnvironmentIndices.RelativeDiversity(table, surroundings.Sums(table.Counts, table.Groups));
    }
}

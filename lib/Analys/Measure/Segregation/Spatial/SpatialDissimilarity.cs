using Analys.Domain;
using Analys.Measure.Spatial;

namespace Analys.Measure.Segregation.Spatial;

/// <summary>How far the composition of people's environments is from that of the whole.</summary>
/// <remarks>0 where every environment is like the whole. Swedish: <i>rumsligt dissimilaritetsindex</i>.</remarks>
public static class SpatialDissimilarity
{
    private static readonly Definition Definition = new(
        "spatial-dissimilarity", "Spatial dissimilarity", "Rumsligt dissimilaritetsindex", "D̃ = Σ_g Σ_i t_i |π̃_ig − P_g| / (2 T I), I = Σ P_g (1 − P_g)",
        Units.Index, ValueRange.NonNegative, "Reardon & O'Sullivan 2004, Sociological Methodology 34");

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
        return EnvironmentIndices.Dissimilarity(table, surroundings.Sums(table.Counts, table.Groups));
    }
}

using Analys.Domain;

namespace Analys.Measure.Segregation;

/// <summary>xPx: the chance that someone else drawn from the unit of a member of the group is of the group too.</summary>
/// <remarks>xPx = Σ (x_i / X)(x_i / t_i). With one group against the rest isolation + exposure = 1. Swedish: <i>isoleringsindex</i>.</remarks>
public static class Isolation
{
    /// <summary>The measure.</summary>
    public static ExposureMeasure Measure { get; } = new(
        new Definition(
            "isolation", "Isolation index", "Isoleringsindex", "xPx = Σ (x_i / X)(x_i / t_i)",
            Units.Index, ValueRange.Unit, "Bell 1954, Social Forces 32(4); Lieberson 1981"),
        Exposure.Formula)
    { OwnGroup = true, ComparesUnits = false };
}

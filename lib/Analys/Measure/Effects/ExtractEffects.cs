using Analys.Measure.Effects;
using Analys.Measure.Effects.Panel;

namespace Analys;

/// <summary>Effect studies of an extract: what a measure did to those who got it.</summary>
public static class ExtractEffects
{
    /// <summary>Follows units that get a measure at different times, or compares persons who got it with others.</summary>
    /// <remarks>Ids, conventions and the choice of a method stand in <c>Measure/Effects/README.md</c>. Swedish:
    /// <i>effektstudie</i>.</remarks>
    /// <param name="extract">The rows: one for each unit and period, or one for each person.</param>
    /// <param name="outcome">The column of the outcome.</param>
    /// <param name="unit">The column of the unit; needed for a panel.</param>
    /// <param name="time">Of a panel: the column of the period.</param>
    /// <param name="start">Of a panel: the column of the period from which the unit has the measure; empty for never.</param>
    /// <param name="treated">Of persons: the column that says who got the measure.</param>
    /// <param name="covariates">Columns from before the measure.</param>
    /// <param name="cluster">The column of clusters coarser than the unit.</param>
    /// <param name="notYet">Of a panel: whether units that start later are compared, too.</param>
    /// <param name="measures">The ids; null for all that the data allow.</param>
    /// <param name="level">The level of intervals.</param>
    /// <param name="seed">The seed of random draws, where all draws are too many.</param>
    /// <exception cref="ColumnNotFoundException">A column is not there.</exception>
    /// <exception cref="ArgumentException">The arguments are neither those of a panel nor those of persons, or a measure is not
    /// known.</exception>
    public static Results Effect(
        this Extract extract, string outcome, string? unit = null, string? time = null, string? start = null, string? treated = null,
        IReadOnlyList<string>? covariates = null, string? cluster = null, bool notYet = false, IReadOnlyList<string>? measures = null,
        double level = 0.95, long seed = 1)
    {
        ArgumentNullException.ThrowIfNull(extract);
        var isPanel = unit is not null && time is not null && start is not null && treated is null;
        if (!isPanel && (treated is null || time is not null || start is not null))
            throw new ArgumentException("A panel has unit, time and start; persons have treated.", nameof(treated));
        if (measures?.FirstOrDefault(id => !EffectMeasures.Has(id) || !EffectMeasures.Serves(id, isPanel)) is { } unknown)
            throw new ArgumentException($"There is no measure {unknown} of {(isPanel ? "a panel" : "persons")}.", nameof(measures));
        EffectColumns columns = new()
        {
            Unit = unit,
            Outcome = outcome,
            Time = time,
            Start = start,
            Treated = treated,
            Cluster = cluster,
            Covariates = covariates ?? [],
        };
        EffectCall call = new()
        {
            Measures = [.. measures ?? []],
            Comparison = notYet ? ComparisonGroup.NotYet
                : ComparisonGroup.Never,
            Level = level,
            Seed = seed,
        };
        return EffectRun.Of(extract, columns, call, null, leaves: true).Results;
    }
}

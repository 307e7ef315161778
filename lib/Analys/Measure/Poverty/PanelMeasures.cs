using System.Collections.Immutable;
using Analys.Domain;

namespace Analys.Measure.Poverty;

/// <summary>A measure of persons who are followed over years.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Kind">Who counts.</param>
public sealed record PanelMeasure(Definition Definition, PanelKind Kind);

/// <summary>Who counts in a panel measure.</summary>
public enum PanelKind
{
    /// <summary>Poor now and in at least two of the three years before, among those observed in all four.</summary>
    Persistent,

    /// <summary>Poor now, among those observed in both years who were not poor the year before.</summary>
    Entry,

    /// <summary>Not poor now, among those observed in both years who were poor the year before.</summary>
    Exit,

    /// <summary>The length of spells whose start was observed.</summary>
    Spell,

    /// <summary>Persons observed in the year before and now.</summary>
    Stayed,

    /// <summary>Persons observed in the year before, not now.</summary>
    Left,

    /// <summary>Persons observed now, not in the year before.</summary>
    Entered,
}

/// <summary>The catalogue of panel measures.</summary>
public static class PanelMeasures
{
    private const string Persistence = "Σ w [poor at t and in ≥ 2 of t − 1, t − 2, t − 3] / Σ w, over those observed in all four years";

    /// <summary>All panel measures; the last three say who left the panel and who came.</summary>
    /// <remarks>
    /// A person's age, area and other values are those of the year t, for leavers those of the year before. Each year has its own line. The length of a spell
    /// is the restricted Kaplan-Meier mean over the years observed: spells that began before the first year are left out, those that had not ended are censored.
    /// </remarks>
    public static ImmutableArray<PanelMeasure> All { get; } =
    [
        new(new("persistent-at-risk-of-poverty-rate", "Persistent at-risk-of-poverty rate", "Andel med varaktig risk för fattigdom", Persistence, Units.Share, ValueRange.Unit, "Eurostat, ilc_li21"), PanelKind.Persistent),
        new(new("persistent-low-economic-standard", "Persistent low economic standard", "Varaktigt låg ekonomisk standard", Persistence, Units.Share, ValueRange.Unit, "SCB, Inkomster och skatter (HE0110)"), PanelKind.Persistent),
        new(new("poverty-entry-rate", "Poverty entry rate", "Inträde i fattigdom", "Σ w [not poor at t − 1, poor at t] / Σ w [not poor at t − 1], over those observed in both years", Units.Share, ValueRange.Unit, "Bane & Ellwood 1986, Journal of Human Resources 21(1)"), PanelKind.Entry),
        new(new("poverty-exit-rate", "Poverty exit rate", "Utträde ur fattigdom", "Σ w [poor at t − 1, not poor at t] / Σ w [poor at t − 1], over those observed in both years", Units.Share, ValueRange.Unit, "Bane & Ellwood 1986, Journal of Human Resources 21(1)"), PanelKind.Exit),
        new(new("poverty-spell-length", "Mean length of poverty spells", "Fattigdomsperiodernas medellängd", "Σ_k S(k), S the Kaplan-Meier survival in poverty of spells whose start was observed, k below the years of the panel", Units.Years, ValueRange.NonNegative, "Bane & Ellwood 1986, Journal of Human Resources 21(1); Kaplan & Meier 1958, JASA 53"), PanelKind.Spell),
        new(new("panel-stayed", "Persons observed in both years", "Personer som finns i båda åren", "Σ w [observed at t − 1 and t], w of t", Units.Persons, ValueRange.NonNegative, "count"), PanelKind.Stayed),
        new(new("panel-left", "Persons who left the panel", "Personer som lämnat panelen", "Σ w [observed at t − 1, not at t], w of t − 1", Units.Persons, ValueRange.NonNegative, "count"), PanelKind.Left),
        new(new("panel-entered", "Persons who entered the panel", "Personer som tillkommit i panelen", "Σ w [observed at t, not at t − 1], w of t", Units.Persons, ValueRange.NonNegative, "count"), PanelKind.Entered),
    ];
}

namespace Analys.Report.Charts;

/// <summary>A chart that a call asks for.</summary>
/// <param name="X">The column or role that tells bars, points or places in time apart.</param>
/// <param name="Y">The column or role of the values.</param>
internal sealed record ChartRequest(string X, string Y)
{
    /// <summary>The kind; null for a line over periods, else bars.</summary>
    public string? Kind { get; init; }

    /// <summary>The column or role that tells series, columns or kinds apart; null for none.</summary>
    public string? Color { get; init; }

    /// <summary>The period; null for all that the kind shows, the latest where it shows one.</summary>
    public string? Period { get; init; }

    /// <summary>Rows to keep: column and value.</summary>
    public IReadOnlyList<(string Column, string Value)> Where { get; init; } = [];

    /// <summary>Areas in full colour.</summary>
    public IReadOnlyList<string> Highlight { get; init; } = [];

    /// <summary>The title; null for one made of the measure.</summary>
    public string? Title { get; init; }

    /// <summary>The language.</summary>
    public Language Language { get; init; }

    /// <summary>Outlines of areas for a map; empty for tiles.</summary>
    public IReadOnlyList<MapOutline> Outlines { get; init; } = [];
}


namespace Analys.Report;

/// <summary>A finished report: one page that needs nothing beside it, and its figures for files.</summary>
/// <param name="Html">The page.</param>
/// <param name="Figures">The figures, in the order of the page.</param>
/// <param name="Provenance">Where the numbers come from.</param>
/// <param name="Made">Which table feeds which section.</param>
/// <param name="LeftOut">What was left out: table, column, rule and remedy.</param>
/// <param name="Profiles">The profile of each area as a page of its own, by the area's name.</param>
internal sealed record ReportDocument(
    string Html, IReadOnlyList<Figure> Figures, Provenance Provenance, IReadOnlyList<string> Made, IReadOnlyList<string> LeftOut,
        IReadOnlyDictionary<string, Func<string>> Profiles)
{
    /// <summary>How many sections have figures or sentences of data.</summary>
    public int Sections { get; init; }

    /// <summary>Whether anything was left out because its release was refused.</summary>
    public bool AnyRefused { get; init; }
}

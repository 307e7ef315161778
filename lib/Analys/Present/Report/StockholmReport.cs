using Analys.Present.Figures;

namespace Analys.Present.Report;

/// <summary>A report: one self-contained page, and its figures for the files beside it.</summary>
/// <param name="Html">The page.</param>
/// <param name="Figures">The figures, in the order of the page.</param>
public sealed record ReportDocument(string Html, IReadOnlyList<Figure> Figures);

/// <summary>The commission's report on Stockholm: children, segregation, incomes, targets, support groups.</summary>
/// <remarks>Swedish by default. Every number in a sentence is computed from the released results; a section without data is left out.</remarks>
public static class StockholmReport
{
    /// <summary>Composes the report.</summary>
    /// <param name="content">The released results.</param>
    /// <param name="language">The language.</param>
    public static ReportDocument Compose(ReportContent content, Language language = Language.Swedish)
    {
        ArgumentNullException.ThrowIfNull(content);
        var page = new ReportPage(language);
        Introduction.Write(page, content);
        page.Contents();
        KeyFigures.Write(page, content);
        ChildrenSection.Write(page, content);
        SegregationSection.Write(page, content);
        IncomeSection.Write(page, content);
        TargetSection.Write(page, content);
        SupportGroupSection.Write(page, content);
        MethodSection.Write(page, content);
        SourceSection.Write(page, content);
        return page.Finish();
    }
}

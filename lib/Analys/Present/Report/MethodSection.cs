using Analys.Domain;

namespace Analys.Present.Report;

/// <summary>6 How we calculated: definitions with citations, uncertainty, disclosure control, known disagreements.</summary>
internal static class MethodSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        page.Section("6");
        page.Table(
            page.Text("6.definitions"),
            [page.Text("6.measure"), page.Text("6.formula"), page.Text("6.citation")],
            content.All.SelectMany(released => released).Select(row => row.Measure).DistinctBy(measure => measure.Id)
                .Select(measure => (IReadOnlyList<string>)[page.Language == Language.English ? measure.Name : measure.Swedish, page.Language == Language.English ? measure.Formula : measure.SwedishFormula ?? measure.Formula, measure.Citation]));
        page.Subheading(page.Text("6.uncertainty"));
        page.Paragraph(page.Text("6.uncertainty.text"));
        page.Paragraph(page.Text("6.rounding.text"));
        page.Subheading(page.Text("6.disclosure"));
        var confidential = content.All.Where(released => released.Origin == Confidentiality.Confidential).ToList();
        page.Paragraph(confidential.Count == 0
            ? page.Text("6.disclosure.public")
            : page.Text("6.disclosure.released", ("policy", confidential[0].Policy.Name), ("suppressed", page.Numbers.Number(confidential.Sum(released => released.SuppressedCount)))));
        page.Subheading(page.Text("6.disagreements"));
        if (ChildrenSection.Residual(content) is { } residual)
        {
            page.Paragraph(page.Text("6.disagreements.residual", ("persons", page.Numbers.Number(residual.Persons)), ("children", page.Numbers.Number(residual.Children))));
        }

        if (ChildrenSection.TwoShares(page, content) is { } two) page.Paragraph(page.Text("6.disagreements.two", two));
        page.Paragraph(page.Text("6.disagreements.five"));
        page.Subheading(page.Text("6.reproduce"));
        page.Paragraph(page.Text("6.reproduce.text"));
    }
}

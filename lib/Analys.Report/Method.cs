namespace Analys.Report;

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
                .Select(measure => (IReadOnlyList<string>)[page.Language == Language.English ? measure.Name : measure.Swedish,
                    page.Language == Language.English ? measure.Formula : measure.SwedishFormula ?? measure.Formula, measure.Citation]));
        page.Subheading(page.Text("6.uncertainty"));
        page.Paragraph(page.Text("6.uncertainty.text"));
        page.Paragraph(page.Text("6.rounding.text"));
        page.Subheading(page.Text("6.disclosure"));
        var confidential = content.All.Where(released => released.Origin == Confidentiality.Confidential).ToList();
        page.Paragraph(confidential.Count == 0
            ? page.Text("6.disclosure.public")
            : page.Text("6.disclosure.released", ("policy", confidential[0].Policy.Name),
                ("suppressed", page.Numbers.Number(confidential.Sum(released => released.SuppressedCount)))));
        page.Subheading(page.Text("6.disagreements"));
        if (ChildrenSection.Residual(content) is { } residual)
        {
            page.Paragraph(page.Text("6.disagreements.residual", ("persons", page.Numbers.Number(residual.Persons)),
                ("children", page.Numbers.Number(residual.Children))));
        }

        if (ChildrenSection.TwoShares(page, content) is { } two) page.Paragraph(page.Text("6.disagreements.two", two));
        page.Paragraph(page.Text("6.disagreements.five"));
        page.Subheading(page.Text("6.reproduce"));
        page.Paragraph(page.Text("6.reproduce.text"));
    }
}

/// <summary>7 Sources: the files, who published them, when.</summary>
internal static class SourceSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        page.Section("7");
        page.Table(
            page.Text("7"),
            [page.Text("7.title"), page.Text("7.publisher"), page.Text("7.table"), page.Text("7.date"), page.Text("7.licence"),
                page.Text("7.file"), page.Text("7.rows")],
            content.Provenance.Sources.Select(source => (IReadOnlyList<string>)
            [
                source.Origin?.Title ?? source.File,
                source.Origin?.Publisher ?? "",
                source.Origin?.TableId ?? "",
                source.Origin?.Date ?? "",
                source.Origin?.Licence ?? "",
                source.File,
                page.Numbers.Number(source.Rows),
            ]),
            [6]);
    }
}

/// <summary>What the report is and for whom, in three sentences.</summary>
internal static class Introduction
{
    public static void Write(ReportPage page, ReportContent content)
    {
        var confidential = content.All.FirstOrDefault(released => released.Origin == Confidentiality.Confidential);
        page.Title(
            page.Text("title"),
            page.Text("subtitle"),
            [
                page.Text("intro.what"),
                page.Text("intro.who"),
                confidential is null ? page.Text("intro.public") : page.Text("intro.released", ("policy", confidential.Policy.Name)),
            ],
            content.All.Any(released => released.IsConfidential) ? page.Texts["figure.confidential"] : null);
    }
}

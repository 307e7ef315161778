namespace Analys.Report;

/// <summary>2 Segregation: the indices with a sentence each, the curve, the origins, and how the answer changes with the division of the
/// city.</summary>
internal static class SegregationSection
{
    private const string Division = "division";

    public static void Write(ReportPage page, ReportContent content)
    {
        if (content.Segregation is not { Count: > 0 } all) return;
        page.Section("2");
        var year = all[0].Period ?? "";
        page.Paragraph(page.Text("2.lead", ("year", year)));
        var first = all[0].Parameters[Division];
        page.Table(
            page.Text("2.table", ("year", year)),
            [page.Text("2.measure"), page.Text("2.value"), page.Text("2.meaning")],
            all.Where(row => row.Parameters[Division] == first)
            .Select(row => (IReadOnlyList<string>)[Name(page, row.Measure), page.Numbers.Value(row.Value, row.Unit), Meaning(page, row)]),
            [1]);
        if (content.Curve is { Count: > 0 } curve)
        {
            page.Figure(curve.Curve(new CurveOptions
            {
                Id = "segregationskurva",
                Language = page.Language,
                Title = page.Text("2.curve.title"),
                Note = page.Text("2.curve"),
                XName = page.Text("2.curve.x"),
                YName = page.Text("2.curve.y"),
                Series = _ => page.Text("2.curve.y"),
            }));
        }

        Origins(page, content.Origins);
        Divisions(page, all, year);
    }

    private static void Origins(ReportPage page, Released? origins)
    {
        if (origins is null) return;
        var known = origins.Where(row => row.Value.HasNumber).OrderBy(row => row.Value.Number).ToList();
        if (known.Count < 2) return;
        page.Figure(origins.RankedBar(new RankedBarOptions
        {
            Id = "segregation-ursprung",
            Language = page.Language,
            Title = page.Text("2.origin.title", ("high", known[^1].Group!), ("low", known[0].Group!)),
            Note = page.Text("2.origin"),
            Label = row => row.Group ?? "",
        }));
    }

    private static void Divisions(ReportPage page, Released all, string year)
    {
        var divisions = all.Select(row => row.Parameters[Division]).Distinct().ToList();
        if (divisions.Count < 2) return;
        page.Subheading(page.Text("2.division.title"));
        page.Paragraph(
            page.Text("2.division", ("values", string.Join(", ", all.Where(row => row.Measure.Id == "dissimilarity" && row.Value.HasNumber)
            .Select(row =>
                page.Text("2.division.item", ("value", page.Numbers.Number(row.Value.Number, 3)), ("units", row.Parameters["units"])))))));
        // Isolation and exposure follow from the others and the group's size; six columns do not fit on a page.
        var measures = all.Select(row => row.Measure).DistinctBy(measure => measure.Id).Take(4).ToList();
        page.Table(
            page.Text("2.division.table", ("year", year)),
            [page.Text("2.division.column"), .. measures.Select(measure => Name(page, measure))],
            divisions.Select(division => (IReadOnlyList<string>)
            [
                page.Text("2.division." + division),
                .. measures.Select(measure => all.First(row => row.Measure.Id == measure.Id && row.Parameters[Division] == division))
                .Select(row => page.Numbers.Value(row.Value, row.Unit)),
            ]),
            [.. Enumerable.Range(1, measures.Count)]);
    }

    private static string Meaning(ReportPage page, Result row) => !row.Value.HasNumber
        ? row.Value.Reason ?? ""
        : row.Measure.Id == "gini" ? page.Text("2.gini")
        : page.Text("2." + row.Measure.Id, ("percent", page.Numbers.Percent(row.Value.Number, 0)));

    private static string Name(ReportPage page, Definition measure) => page.Language == Language.English ? measure.Name : measure.Swedish;
}

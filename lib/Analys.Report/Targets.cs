namespace Analys.Report;

/// <summary>4 Follow-up of targets: the joint unit's indicators against the board's and the council's targets.</summary>
internal static class TargetSection
{
    private const string Council = "indicator-council-target", Board = "indicator-board-target", District = "indicator-district-target",
        Joint = "indicator-joint-value", Outcome = "indicator-outcome";

    public static void Write(ReportPage page, ReportContent content)
    {
        if (content.Indicators is not { Count: > 0 } all) return;
        page.Section("4");
        page.Paragraph(page.Text(all.Any(row => row.Measure.Id == District) ? "4.lead" : "4.lead.plain"));
        // Shares can stand beside the city's target; numbers of places in one unit cannot stand beside those of the whole city.
        var both = all.Where(row => row.Measure.Id == Council && row.Unit is Units.Share or Units.Index).Select(row => row.Group)
            .ToHashSet();
        var bullets =
            all.Where(row => both.Contains(row.Group) && row.Measure.Id is Council or Board or Outcome && both.Contains(row.Group));
        if (bullets.Count > 0)
        {
            page.Figure(bullets.TargetBullets(new BulletOptions
            {
                Id = "mal",
                Language = page.Language,
                Title = page.Text("4.bullet.title"),
                Note = page.Text("4.bullet.note"),
                Indicator = row => row.Group ?? "",
                Role = row => row.Measure.Id switch { Council => TargetRole.Council, Board => TargetRole.Board, _ => TargetRole.Outcome },
                Direction = row => row.Parameters.GetValueOrDefault("better") == "lower" ? TargetDirection.Lower : TargetDirection.Higher,
            }));
        }

        Table(page, all);
        if (content.Budget is { } budget && budget.Where(row => row.Value.HasNumber).ToList() is { Count: >= 3 } sums)
        {
            page.Paragraph(page.Text("4.budget", ("cost", page.Numbers.Number(sums[0].Value.Number, 1)),
                ("net", page.Numbers.Number(sums[2].Value.Number, 1))));
        }
    }

    private static void Table(ReportPage page, Released all)
    {
        var districts = all.Where(row => row.Measure.Id == District).Select(row => row.Area!).Distinct().ToList();
        page.Table(
            page.Text("4.table"),
            [page.Text("4.indicator"), page.Text("4.better"), page.Text("4.council"), page.Text("4.board"), .. districts,
                page.Text("4.joint")],
            all.GroupBy(row => row.Group!).Select(group => (IReadOnlyList<string>)
            [
                group.Key,
                page.Text("4.better." + group.First().Parameters.GetValueOrDefault("better", "higher")),
                Print(page, group.FirstOrDefault(row => row.Measure.Id == Council)),
                Print(page, group.FirstOrDefault(row => row.Measure.Id == Board)),
                .. districts.Select(district =>
                    Print(page, group.FirstOrDefault(row => row.Measure.Id == District && row.Area == district))),
                Print(page, group.FirstOrDefault(row => row.Measure.Id == Joint)),
            ]),
            [.. Enumerable.Range(2, districts.Count + 3)]);
        if (districts.Count > 0) page.Paragraph(page.Text("4.joint.note"));
    }

    private static string Print(ReportPage page, Result? row)
    {
        if (row is null) return "";
        if (row.Value.HasNumber) return Number(row.Value.Number);
        return row is { Lower: { } lower, Upper: { } upper } ? page.Text("4.between", ("lower", Number(lower)), ("upper", Number(upper)))
            : page.Numbers.Value(row.Value, row.Unit);

        string Number(double value) =>
            page.Numbers.Value(value, row.Unit, NumberFormat.DecimalsNeeded([value], row.Unit, 2));
    }
}

/// <summary>5 Support groups for children: coverage over time, and the courses.</summary>
internal static class SupportGroupSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        var known = content.Coverage?.Where(row => row.Value.HasNumber).ToList();
        if (known is not { Count: > 0 }) return;
        page.Section("5");
        page.Paragraph(known.Count > 1 ? page.Text("5.lead", ("first", Of(known[0])), ("last", Of(known[^1])))
            : page.Text("5.lead.same", ("last", Of(known[0]))));
        page.Figure(content.Coverage!.RankedBar(new RankedBarOptions
        {
            Id = "stodgrupper",
            Language = page.Language,
            Title = page.Text("5.coverage.title", ("count", Count(known[^1])), ("total", page.Numbers.Number(known[^1].N ?? 0))),
            Label = row => row.Period ?? "",
        }));
        if (content.Participants is not { Count: > 1 } courses) return;
        var top = courses.Where(row => row.Value.HasNumber).MaxBy(row => row.Value.Number)!;
        page.Paragraph(page.Text("5.courses"));
        page.Figure(
            courses.RankedBar(new RankedBarOptions { Id = "utbildningar", Language = page.Language,
                Title = page.Text("5.courses.title", ("top", top.Group ?? "")), Label = row => row.Group ?? "" }));

        string Of(Result row) => page.Text("5.of", ("count", Count(row)), ("total", page.Numbers.Number(row.N ?? 0)));
        string Count(Result row) => page.Numbers.Number(Math.Round(row.Value.Number * (row.N ?? 0)));
    }
}

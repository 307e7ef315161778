using System.Globalization;

namespace Analys.Report;

/// <summary>Five key figures and what they mean; one whose data are not at hand is left out.</summary>
internal static class KeyFigures
{
    public static void Write(ReportPage page, ReportContent content)
    {
        List<(string Value, string Meaning)> items =
            [.. new[] { Children(page, content), Gap(page, content), Series(page, content), Segregation(page, content),
                Income(page, content) }.OfType<(string, string)>()];
        if (items.Count == 0) return;
        page.Section("key");
        page.KeyFigures(items);
    }

    private static (string, string)? Children(ReportPage page, ReportContent content)
    {
        if (content.Children?.FirstOrDefault(row => row.Area is null && row.Value.HasNumber) is not { } city) return null;
        var count = content.ChildrenCount?.FirstOrDefault(row => row.Area is null && row.Value.HasNumber);
        return (page.Numbers.Percent(city.Value.Number), count is null
            ? page.Text("key.children.nocount", ("year", city.Period ?? ""))
            : page.Text("key.children", ("year", city.Period ?? ""), ("count", page.Numbers.Number(count.Value.Number))));
    }

    private static (string, string)? Gap(ReportPage page, ReportContent content)
    {
        if (Ranking.Of(content.Children) is not { } ranking
            || content.ChildrenGap?.FirstOrDefault(row => row.Unit == Units.Ratio && row.Value.HasNumber) is not { } gap) return null;
        (string, string) high = ("high", ranking.Highest.Area!), top = ("top", page.Numbers.Percent(ranking.Highest.Value.Number));
        (string, string) low = ("low", ranking.Lowest.Area!), bottom = ("bottom", page.Numbers.Percent(ranking.Lowest.Value.Number));
        return (page.Text("key.gap.value", ("ratio", page.Numbers.Number(gap.Value.Number))), gap is { Lower: { } lower, Upper: { } upper }
            ? page.Text("key.gap", high, top, low, bottom, ("lower", page.Numbers.Number(lower)), ("upper", page.Numbers.Number(upper)))
            : page.Text("key.gap.exact", high, top, low, bottom));
    }

    private static (string, string)? Series(ReportPage page, ReportContent content)
    {
        if (content.ChildrenSeries is not { } series || Known(series) is not { Count: > 1 } known) return null;
        var highest = known.MaxBy(row => row.Value.Number)!;
        return (
            page.Text("key.series.value", ("first", page.Numbers.Percent(known[0].Value.Number)),
                ("last", page.Numbers.Percent(known[^1].Value.Number))),
            page.Text("key.series", ("firstyear", known[0].Period!), ("lastyear", known[^1].Period!), ("maxyear", highest.Period!),
                ("max", page.Numbers.Percent(highest.Value.Number))));
    }

    private static (string, string)? Segregation(ReportPage page, ReportContent content) =>
        content.Segregation?.FirstOrDefault(row => row.Measure.Id == "dissimilarity" && row.Value.HasNumber) is { } index
            ? (page.Numbers.Percent(index.Value.Number, 0), page.Text("key.segregation", ("year", index.Period ?? "")))
            : null;

    private static (string, string)? Income(ReportPage page, ReportContent content) => Ranking.Of(content.Income) is { } ranking
        ? (
            page.Text("key.income.value", ("ratio", page.Numbers.Number(ranking.Highest.Value.Number / ranking.Lowest.Value.Number, 1))),
            page.Text(
                "key.income", ("high", ranking.Highest.Area!), ("top", page.Numbers.ThousandKronor(ranking.Highest.Value.Number)),
                ("low", ranking.Lowest.Area!), ("bottom", page.Numbers.ThousandKronor(ranking.Lowest.Value.Number)),
                ("year", ranking.Highest.Period ?? "")))
        : null;

    /// <summary>The values of a series in order of time.</summary>
    internal static List<Result> Known(Released series) =>
        [.. series.Where(row => row.Value.HasNumber && row.Period is not null).OrderBy(row => row.Period, StringComparer.Ordinal)];
}

/// <summary>3 Incomes of households by district.</summary>
internal static class IncomeSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        if (Ranking.Of(content.Income) is not { } income) return;
        page.Section("3");
        page.Paragraph(page.Text("3.mean"));
        page.Figure(content.Income!.RankedBar(new RankedBarOptions
        {
            Id = "medelinkomst",
            Language = page.Language,
            Title = page.Text("3.mean.title", ("high", income.Highest.Area!), ("low", income.Lowest.Area!)),
        }));
        if (Ranking.Of(content.LowIncome) is not { Whole: { } city } low) return;
        var limit = page.Numbers.ThousandKronor(double.Parse(low.Highest.Parameters["limit"], CultureInfo.InvariantCulture));
        page.Paragraph(page.Text("3.low", ("limit", limit), ("city", page.Numbers.Percent(city.Value.Number))));
        page.Figure(content.LowIncome!.RankedBar(new RankedBarOptions
        {
            Id = "hushall-lag-inkomst",
            Language = page.Language,
            Title = page.Text("3.low.title", ("limit", limit), ("high", low.Highest.Area!)),
        }));
    }
}

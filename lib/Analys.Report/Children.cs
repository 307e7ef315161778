using Analys.Domain;

namespace Analys.Report;

/// <summary>1 Children in families with income support: districts, map, years, Rädda Barnen's index beside it.</summary>
internal static class ChildrenSection
{
    public static void Write(ReportPage page, ReportContent content)
    {
        if (content.Children is null && content.ChildrenSeries is null && content.ChildPovertyIndex is null) return;
        page.Section("1");
        Districts(page, content);
        Series(page, content);
        Index(page, content);
    }

    private static void Districts(ReportPage page, ReportContent content)
    {
        if (content.Children is not { } children || Ranking.Of(children) is not { } ranking) return;
        if (ranking.Whole is { } city)
        {
            page.Paragraph(page.Text(
                "1.ranked", ("above", page.Numbers.Number(ranking.Areas.Count(row => row.Value.Number > city.Value.Number))),
                ("count", page.Numbers.Number(ranking.Areas.Count)),
                ("city", page.Numbers.Percent(city.Value.Number)), ("high", ranking.Highest.Area!), ("low", ranking.Lowest.Area!),
                ("difference", page.Numbers.Points(ranking.Highest.Value.Number - ranking.Lowest.Value.Number))));
        }

        page.Figure(children.RankedBar(new RankedBarOptions
        {
            Id = "barn-bistand-stadsdelsomraden",
            Language = page.Language,
            Title = page.Text("1.ranked.title", ("high", ranking.Highest.Area!), ("low", ranking.Lowest.Area!)),
            Note = page.Text("1.ranked.note"),
        }));
        if (Residual(content) is { } residual)
        {
            page.Paragraph(page.Text("1.residual", ("year", residual.Year), ("persons", page.Numbers.Number(residual.Persons)),
                ("children", page.Numbers.Number(residual.Children))));
        }

        var map = new MapOptions { Id = "barn-bistand-karta", Language = page.Language, Title = page.Text("1.map.title.plain"), Note = "",
            Classing = Classing.Quantiles };
        if (content.Outlines is { } outlines)
        {
            page.Figure(children.Choropleth(outlines, map));
            return;
        }

        page.Paragraph(page.Text("1.map"));
        page.Figure(children.TileMap(map));
    }

    private static void Series(ReportPage page, ReportContent content)
    {
        if (content.ChildrenSeries is not { } series || KeyFigures.Known(series) is not { Count: > 1 } known) return;
        var breaks = known.Where(row => row.Parameters.ContainsKey("break"))
            .Select(row => new SeriesBreak(row.Period!, row.Parameters["break"])).ToList();
        page.Figure(series.Line(new LineOptions
        {
            Id = "barn-bistand-over-tid",
            Language = page.Language,
            Title = page.Text(
                "1.series.title",
                ("first", page.Numbers.Percent(known[0].Value.Number)), ("last", page.Numbers.Percent(known[^1].Value.Number)),
                ("firstyear", known[0].Period!), ("lastyear", known[^1].Period!)),
            Breaks = breaks,
            Note = "",
        }));
        if (breaks.Count > 0) page.Paragraph(page.Text("1.series", ("breaks", string.Join("; ", breaks.Select(item => item.Text)))));
        if (TwoShares(page, content) is { } two) page.Paragraph(page.Text("1.two", two));
    }

    private static void Index(ReportPage page, ReportContent content)
    {
        if (content.ChildPovertyIndex is not { } index) return;
        page.Paragraph(page.Text("1.index"));
        // The latest year for which both measures tell about the whole city.
        var both = content.ChildrenSeries is { } series
            ? (from row in index.Where(row => row.Area == "Stockholm" && row.Value.HasNumber)
               from share in KeyFigures.Known(series)
               where share.Period == row.Period
               orderby row.Period descending
               select (row, share)).FirstOrDefault()
            : default;
        if (both.row is not null)
        {
            page.Paragraph(page.Text("1.index.both", ("year", both.row.Period!), ("index", page.Numbers.Percent(both.row.Value.Number)),
                ("share", page.Numbers.Percent(both.share.Value.Number))));
        }

        // The two years that most areas have in common.
        var years = index.Where(row => row.Value.HasNumber).Select(row => row.Period!).Distinct().Order(StringComparer.Ordinal).ToList();
        var pairs = from first in years
                    from last in years
                    where string.CompareOrdinal(first, last) < 0
                    select (first, last, common: Common(index, first, last).Count);
        var best = pairs.OrderByDescending(pair => pair.common).FirstOrDefault();
        if (best.common < 2) return;
        var areas = Common(index, best.first, best.last);
        page.Figure(index.Where(row => (row.Period == best.first || row.Period == best.last) && areas.Contains(row.Area!))
            .Dumbbell(new PairOptions
        {
            Id = "radda-barnens-index",
            Language = page.Language,
            Title = page.Text("1.index.title", ("firstyear", best.first), ("lastyear", best.last)),
            Note = page.Text("1.index.note"),
        }));
    }

    private static HashSet<string> Common(IEnumerable<Result> index, string first, string last) => [.. index
        .Where(row => row.Area is not null && row.Value.HasNumber && (row.Period == first || row.Period == last))
        .GroupBy(row => row.Area!).Where(group => group.Select(row => row.Period).Distinct().Count() == 2 && group.Count() == 2)
        .Select(group => group.Key)];

    /// <summary>How many persons and children belong to the city but to no district.</summary>
    internal static (string Year, double Persons, double Children)? Residual(ReportContent content)
    {
        if (content.Disagreements is not { } all) return null;
        var city = all.Where(row => row.Area is null && row.Value.HasNumber).ToList();
        return city.Find(row => row.Population is null) is { } persons
            && city.Find(row => row.Population == Population.Of(Ages.Children)) is { } children
            ? (persons.Period ?? "", persons.Value.Number, children.Value.Number)
            : null;
    }

    /// <summary>The two shares that the city's own tables give for one year, where they differ.</summary>
    internal static (string, string)[]? TwoShares(ReportPage page, ReportContent content)
    {
        var table = content.Children?.FirstOrDefault(row => row.Area is null && row.Value.HasNumber);
        var series = content.ChildrenSeries?.FirstOrDefault(row => row.Period == table?.Period && row.Value.HasNumber);
        return table is null || series is null || table.Value.Number == series.Value.Number
            ? null
            : [("year", table.Period ?? ""), ("a", page.Numbers.Percent(table.Value.Number)),
                ("b", page.Numbers.Percent(series.Value.Number))];
    }
}

/// <summary>The highest and the lowest area of a measure and the whole, for sentences.</summary>
internal sealed class Ranking
{
    private Ranking(IReadOnlyList<Result> sorted, Result? whole)
    {
        Areas = sorted;
        Whole = whole;
    }

    /// <summary>Areas with a number, lowest first.</summary>
    public IReadOnlyList<Result> Areas { get; }

    /// <summary>The whole city; null where it has no number.</summary>
    public Result? Whole { get; }

    public Result Lowest => Areas[0];

    public Result Highest => Areas[^1];

    /// <summary>The ranking; null where fewer than two areas have a number.</summary>
    public static Ranking? Of(Released? released)
    {
        if (released is null) return null;
        var areas = released.Where(row => row.Area is not null && row.Value.HasNumber).OrderBy(row => row.Value.Number)
            .ThenBy(row => row.Area, SwedishOrder.Comparer).ToList();
        return areas.Count < 2 ? null : new Ranking(areas, released.FirstOrDefault(row => row.Area is null && row.Value.HasNumber));
    }
}
